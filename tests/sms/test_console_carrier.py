"""The console: a carrier that shows what it would send."""

from datetime import UTC, datetime, timedelta

from sms.console_carrier import ConsoleCarrier

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PERSON = "+15550100123"


def send(carrier, body="hello", reference="letter-1"):
    return carrier.send(to=PERSON, body=body, reference=reference)


def test_the_console_shows_what_would_be_sent_and_works_like_a_carrier(make_clock):
    shown = []
    clock = make_clock()
    carrier = ConsoleCarrier(shown.append, clock)
    sent = send(carrier)
    assert sent.sid.startswith("SM")
    assert len(sent.sid) == 34
    assert [(message.to, message.body, message.reference) for message in shown] == [
        (PERSON, "hello", "letter-1")
    ]
    assert carrier.find(to=PERSON, body="hello", since=NOW) == sent
    assert carrier.find(to=PERSON, body="hello", since=NOW, known={sent.sid}) is None
    assert carrier.find(to=PERSON, body="hello", since=clock.now + timedelta(seconds=1)) is None
    assert carrier.status_of(sent.sid) == "delivered"
    assert list(carrier.received_since(NOW)) == []
    carrier.redact(sent.sid)
    assert carrier.find(to=PERSON, body="hello", since=NOW) is None
    assert carrier.status_of(sent.sid) is None
