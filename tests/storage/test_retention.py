"""What is not needed any more is deleted, and what is still needed stays."""

from datetime import timedelta
from pathlib import Path

import pytest

from navigator.container import Container
from navigator.messaging.outbox import sender
from navigator.services.retention import delete_expired_data
from navigator.storage import conversations, outbox
from tests.makers import Clock, make_app, make_container, text

NUMBER = "+14165550101"


@pytest.fixture
def container(tmp_path: Path, database_url: str, clock: Clock) -> Container:
    return make_container(tmp_path, url=database_url, now=clock)


def a_letter(container: Container) -> None:
    now = container.now()
    with container.database.unit_of_work() as uow:
        outbox.enqueue(uow, number=NUMBER, body="hi", kind="notice", now=now, not_before=now)
    sender.send_due(container)


def forget(container: Container) -> int:
    with container.database.unit_of_work() as uow:
        return delete_expired_data(uow, now=container.now())


def test_a_sent_letter_goes_after_its_time(container: Container, clock: Clock) -> None:
    a_letter(container)
    clock.forward(days=29)
    assert forget(container) == 0
    clock.forward(days=2)
    assert forget(container) == 1
    with container.database.unit_of_work() as uow:
        assert outbox.list_to_number(uow, NUMBER) == []


def test_a_silent_talk_goes_and_one_that_goes_on_stays(container: Container, clock: Clock) -> None:
    client = make_app(container).test_client()
    text(client, "food", sender=NUMBER)
    text(client, "food", sender="+14165550102")
    clock.forward(days=20)
    text(client, "hello again", sender="+14165550102")
    clock.forward(days=11)
    assert forget(container) == 1
    with container.database.unit_of_work() as uow:
        assert conversations.find_by_number(uow, NUMBER) is None
        assert conversations.find_by_number(uow, "+14165550102") is not None


def test_an_opt_out_is_never_forgotten(container: Container, clock: Clock) -> None:
    client = make_app(container).test_client()
    text(client, "food", sender=NUMBER)
    text(client, "STOP", sender=NUMBER)
    clock.forward(days=400)
    forget(container)
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
        assert talk is not None
        assert talk.opted_out
        assert talk.state == ""


def test_a_talk_with_an_open_referral_stays(container: Container, clock: Clock) -> None:
    client = make_app(container).test_client()
    for body in ("I'm 17 in Milton and couch surfing", "0", "0", "0", "1", "1", "Sam", "1", "1"):
        text(client, body, sender=NUMBER)
    clock.forward(days=60)
    forget(container)
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
        assert talk is not None
        assert talk.heard_at <= clock.moment - timedelta(days=59)
