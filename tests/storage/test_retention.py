"""What is not needed any more is deleted, and what is still needed stays."""

from datetime import timedelta
from pathlib import Path

import pytest

from navigator import postman
from navigator.actions.forgetting import forget_old
from navigator.parts import Parts
from navigator.storage import conversations, outbox
from tests.makers import Clock, make_app, make_parts, text

NUMBER = "+14165550101"


@pytest.fixture
def parts(tmp_path: Path, database_url: str, clock: Clock) -> Parts:
    return make_parts(tmp_path, url=database_url, now=clock)


def a_letter(parts: Parts) -> None:
    now = parts.now()
    with parts.database.transaction() as tx:
        outbox.put(
            tx, parts.vault, number=NUMBER, body="hi", kind="notice", now=now, not_before=now
        )
    postman.deliver_all(parts)


def forget(parts: Parts) -> int:
    with parts.database.transaction() as tx:
        return forget_old(tx, parts.vault, now=parts.now())


def test_a_sent_letter_goes_after_its_time(parts: Parts, clock: Clock) -> None:
    a_letter(parts)
    clock.forward(days=29)
    assert forget(parts) == 0
    clock.forward(days=2)
    assert forget(parts) == 1
    with parts.database.transaction() as tx:
        assert outbox.to_number(tx, parts.vault, NUMBER) == []


def test_a_silent_talk_goes_and_one_that_goes_on_stays(parts: Parts, clock: Clock) -> None:
    client = make_app(parts).test_client()
    text(client, "food", sender=NUMBER)
    text(client, "food", sender="+14165550102")
    clock.forward(days=20)
    text(client, "hello again", sender="+14165550102")
    clock.forward(days=11)
    assert forget(parts) == 1
    with parts.database.transaction() as tx:
        assert conversations.of_number(tx, parts.vault, NUMBER) is None
        assert conversations.of_number(tx, parts.vault, "+14165550102") is not None


def test_an_opt_out_is_never_forgotten(parts: Parts, clock: Clock) -> None:
    client = make_app(parts).test_client()
    text(client, "food", sender=NUMBER)
    text(client, "STOP", sender=NUMBER)
    clock.forward(days=400)
    forget(parts)
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, NUMBER)
        assert talk is not None
        assert talk.opted_out
        assert talk.state == ""


def test_a_talk_with_an_open_referral_stays(parts: Parts, clock: Clock) -> None:
    client = make_app(parts).test_client()
    for body in ("I'm 17 in Milton and couch surfing", "0", "0", "0", "1", "1", "Sam", "1", "1"):
        text(client, body, sender=NUMBER)
    clock.forward(days=60)
    forget(parts)
    with parts.database.transaction() as tx:
        talk = conversations.of_number(tx, parts.vault, NUMBER)
        assert talk is not None
        assert talk.heard_at <= clock.moment - timedelta(days=59)
