"""The real client against the fake carrier over real HTTP: every fault, no doubles, no leaks."""

import logging
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sms.carrier_errors import (
    CarrierError,
    Misconfigured,
    OptedOut,
    TryLater,
    Uncertain,
    UnreachableByText,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PERSON = "+15550100123"
CALLBACK = "https://help.example.org/sms/status"


def send(carrier, body="hello", reference="letter-1"):
    return carrier.send(to=PERSON, body=body, reference=reference)


def test_a_message_is_sent_with_its_reference(fake, carrier):
    sent = send(carrier, "Bonjour, ça va? 🙂", "letter/7&8")
    (message,) = fake.accepted
    assert message.sid == sent.sid
    assert (message.to, message.sender, message.body) == (PERSON, fake.number, "Bonjour, ça va? 🙂")
    assert message.status_callback == CALLBACK + "?ref=letter%2F7%268"


def test_without_a_place_for_reports_none_is_named(fake, connected):
    with connected(fake, status_callback=None) as carrier:
        send(carrier)
    assert fake.accepted[0].status_callback is None


def test_a_callback_with_a_query_keeps_it(fake, connected):
    with connected(fake, status_callback=CALLBACK + "?a=1") as carrier:
        send(carrier)
    assert fake.accepted[0].status_callback == CALLBACK + "?a=1&ref=letter-1"


@pytest.mark.parametrize(
    ("fault", "kind", "code", "taken"),
    [
        ("429", TryLater, 20429, 0),
        ("queue_full", TryLater, 21611, 0),
        ("500", Uncertain, 20500, 0),
        ("503", Uncertain, 20503, 0),
        ("500_after_accept", Uncertain, 20500, 1),
        ("timeout", Uncertain, None, 0),
        ("timeout_after_accept", Uncertain, None, 1),
        ("reset_after_accept", Uncertain, None, 1),
        ("garbage_after_accept", Uncertain, None, 1),
        ("opted_out", OptedOut, 21610, 0),
        ("invalid", UnreachableByText, 21211, 0),
        ("not_mobile", UnreachableByText, 21614, 0),
        ("unauthorized", Misconfigured, 20003, 0),
    ],
)
def test_each_fault_is_told_apart_and_nothing_personal_is_in_it(
    fake, carrier, fault, kind, code, taken
):
    fake.script(fault)
    with pytest.raises(CarrierError) as caught:
        send(carrier, "a secret")
    assert type(caught.value) is kind
    assert caught.value.code == code
    assert len(fake.accepted) == taken
    assert caught.value.__context__ is None
    assert "555" not in str(caught.value)
    assert "secret" not in repr(caught.value)


def test_a_slow_answer_within_the_time_limit_is_an_answer(fake, carrier):
    fake.script("slow")
    assert send(carrier).sid == fake.accepted[0].sid


def test_a_carrier_that_cannot_be_reached_has_taken_nothing(fake, connected):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with connected(fake, base_url=address) as carrier, pytest.raises(TryLater):
            send(carrier)


def test_a_wrong_token_is_a_mistake_of_ours(fake, connected):
    with connected(fake, auth_token="wrong") as carrier:
        for request in (
            lambda: send(carrier),
            lambda: carrier.find(to=PERSON, body="hello", since=NOW),
            lambda: list(carrier.received_since(NOW)),
            lambda: carrier.redact("SM1"),
        ):
            with pytest.raises(CarrierError) as caught:
                request()
            assert type(caught.value) is Misconfigured


AMBIGUOUS = [
    "500",
    "503",
    "500_after_accept",
    "timeout",
    "timeout_after_accept",
    "reset_after_accept",
    "garbage_after_accept",
]


@pytest.mark.parametrize("fault", AMBIGUOUS)
def test_looking_up_before_resending_leaves_exactly_one_message(fake, carrier, fault):
    fake.script(fault)
    with pytest.raises(Uncertain):
        send(carrier, "Your bed is ready")
    found = carrier.find(to=PERSON, body="Your bed is ready", since=NOW)
    sent = found or send(carrier, "Your bed is ready")
    assert [message.sid for message in fake.accepted] == [sent.sid]


def test_a_queued_message_without_a_date_of_sending_is_found(fake, carrier):
    sent = send(carrier)
    assert fake.accepted[0].sent_at is None
    assert carrier.find(to=PERSON, body="hello", since=NOW) == sent


def test_only_the_same_words_to_the_same_person_in_that_time_are_found(fake, carrier):
    sent = send(carrier)
    fake.receive(PERSON, "hello there")
    later = NOW + timedelta(hours=1)
    assert carrier.find(to="+15550100199", body="hello", since=NOW) is None
    assert carrier.find(to=PERSON, body="hello there", since=NOW) is None
    assert carrier.find(to=PERSON, body="hello", since=later) is None
    assert carrier.find(to=PERSON, body="hello", since=NOW, known={sent.sid}) is None
    assert carrier.find(to=PERSON, body=" hello\n", since=NOW) == sent


def test_what_somebody_else_was_sent_is_not_taken_for_ours(fake, carrier):
    first = send(carrier, "See you at 9", "letter-1")
    second = send(carrier, "See you at 9", "letter-2")
    assert carrier.find(to=PERSON, body="See you at 9", since=NOW) == second
    assert carrier.find(to=PERSON, body="See you at 9", since=NOW, known={second.sid}) == first


def test_words_are_redacted_and_messages_deleted_at_the_carrier(fake, carrier):
    sent = send(carrier, "a secret")
    carrier.redact(sent.sid)
    carrier.redact(sent.sid)
    assert fake.accepted[0].body == ""
    carrier.delete(sent.sid)
    carrier.delete(sent.sid)
    carrier.redact(sent.sid)
    assert fake.messages.get(sent.sid) is None
    assert len(fake.accepted) == 1


def test_the_status_of_a_message_can_be_asked_for(fake, carrier):
    sent = send(carrier)
    assert carrier.status_of(sent.sid) == "queued"
    fake.call_back(sent.sid, ["delivered"])
    assert carrier.status_of(sent.sid) == "delivered"
    assert carrier.status_of("SM" + "f" * 32) is None


def test_what_was_missed_is_caught_up_with_in_order_and_with_pages(fake, carrier):
    long_ago = fake.receive(PERSON, "before")
    since = long_ago.created_at + timedelta(milliseconds=1)
    expected = [fake.receive(PERSON, f"message {count}\0") for count in range(450)]
    send(carrier)
    fake.receive("+15550100199", "", media_count=2)
    found = list(carrier.received_since(since))
    assert [message.sid for message in found[:-1]] == [message.sid for message in expected]
    assert found[0].body == "message 0"
    assert (found[-1].sender, found[-1].media_count) == ("+15550100199", 2)
    assert sum("GET" in request for request in fake.requests) == 3


def test_a_moment_of_another_time_zone_is_the_same_moment(fake, carrier):
    fake.receive(PERSON, "hello")
    toronto = NOW.astimezone(ZoneInfo("America/Toronto"))
    assert len(list(carrier.received_since(toronto))) == 1


def test_threads_sharing_a_client_get_each_their_own_answer(fake, connected):
    with connected(fake, timeout=5) as carrier, ThreadPoolExecutor(8) as pool:
        bodies = [f"message {count}" for count in range(80)]
        sids = list(pool.map(lambda body: send(carrier, body).sid, bodies))
    taken = {message.sid: message.body for message in fake.accepted}
    assert [taken[sid] for sid in sids] == bodies
    assert Counter(taken.values()) == Counter(bodies)


def test_no_log_at_any_level_holds_a_number_or_a_message(fake, carrier, caplog):
    caplog.set_level(logging.DEBUG)
    fake.script("ok", "429", "opted_out", "timeout_after_accept")
    words = "a very " + "secret" + " message"
    for _ in range(4):
        try:
            send(carrier, words)
        except CarrierError:
            logging.getLogger("test").exception("trouble")
    carrier.find(to=PERSON, body="x", since=NOW)
    written = caplog.text
    assert "trouble" in written
    assert words not in written
    assert "5550100" not in written
