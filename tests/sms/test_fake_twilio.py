"""The fake carrier: what it posts, and what it keeps to itself."""

import http.client

import pytest

from sms.carrier_errors import OptedOut, Uncertain
from sms.delivery_status import derive_status
from sms.inbound_message import read_inbound_message
from tests.fakes.twilio_server import FakeTwilio

PERSON = "+15550100123"
CALLBACK = "https://help.example.org/sms/status"


def send(carrier, body="hello", reference="letter-1"):
    return carrier.send(to=PERSON, body=body, reference=reference)


def test_after_stop_at_the_carrier_nothing_is_taken_until_start(fake, carrier):
    fake.opt_out(PERSON)
    with pytest.raises(OptedOut):
        send(carrier)
    fake.opt_in(PERSON)
    assert send(carrier).sid == fake.accepted[0].sid


def test_reports_come_signed_in_any_order_and_doubled(fake, carrier, application):
    sent = send(carrier)
    answers = fake.call_back(sent.sid, ["delivered", "sent", "queued", "sent", "brand-new"])
    assert answers == [204] * 5
    reported = [dict(params)["MessageStatus"] for _, params in application.received]
    assert reported == ["delivered", "sent", "queued", "sent", "brand-new"]
    assert {url for url, _ in application.received} == {CALLBACK + "?ref=letter-1"}
    assert derive_status(reported) == "delivered"


def test_a_failure_is_reported_with_its_code(fake, carrier, application):
    sent = send(carrier)
    fake.call_back(sent.sid, ["sent", "undelivered"], error_code=30003)
    codes = [dict(params).get("ErrorCode") for _, params in application.received]
    assert codes == [None, "30003"]


def test_a_text_is_posted_as_the_carrier_does_with_retries_of_the_same_sid(fake, application):
    url = "https://help.example.org/sms/messages"
    posted, answers = fake.text(url, PERSON, "aide", copies=2, more={"OptOutType": "HELP"})
    assert answers == [204, 204]
    readings = [read_inbound_message(params) for _, params in application.received]
    assert [message.sid for message in readings] == [posted.sid] * 2
    assert readings[0].opt_out_type == "HELP"


def test_a_report_with_another_token_is_turned_away(fake, carrier, make_application):
    sent = send(carrier)
    other = make_application(token="another")
    with FakeTwilio(deliver=other) as stranger:
        message = stranger.receive(PERSON, "x")
        assert stranger.post(CALLBACK, message.report_fields("sent")) == 403
    assert other.received == []
    assert sent.sid


def test_a_fault_that_nobody_knows_is_a_mistake_in_the_script(fake):
    with pytest.raises(ValueError, match="no such fault: earthquake"):
        fake.script("earthquake")


def test_the_fake_speaks_to_its_own_account_only(fake):
    connection = http.client.HTTPConnection("127.0.0.1", int(fake.base_url.rsplit(":", 1)[1]))
    try:
        connection.request("GET", "/2010-04-01/Accounts/AC1/Messages.json")
        assert connection.getresponse().status == 401
    finally:
        connection.close()
    with pytest.raises(RuntimeError):
        _ = FakeTwilio().base_url


def test_the_fake_can_post_over_real_http(fake):
    class Receiver(FakeTwilio):
        pass

    with Receiver() as receiver, FakeTwilio() as sender:
        # Any server will do: it answers 401, so the post went out and an answer came back.
        assert sender.post(receiver.base_url + "/sms?x=1", [("A", "b")]) == 401
        assert receiver.requests == ["POST /sms"]


def test_clients_that_have_given_up_do_not_fill_the_fake(fake, connected):
    fake.script(*["timeout_after_accept"] * 40)
    with connected(fake, timeout=0.1) as carrier:
        for _ in range(40):
            with pytest.raises(Uncertain):
                send(carrier)
        assert send(carrier).sid == fake.accepted[40].sid
