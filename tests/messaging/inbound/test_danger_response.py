"""Danger is answered first: inside answers, while a person has the word, after an opt-out."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.handover import Speaker
from navigator.messaging.outbox import sender
from navigator.storage import conversations, outbox
from tests.makers import Clock, text

NUMBER = "+14165550101"
DANGER = "I am going to kill myself"


def is_card(said: str) -> bool:
    return "911" in said and "9-8-8" in said and ("Call" in said or "ppel" in said)


@pytest.mark.parametrize(
    "before",
    [
        (),
        ("I need food",),
        ("food in Milton, I am 40", "0", "0", "1", "1"),
        ("food in Milton, I am 40", "0", "0", "1", "1", "Sam"),
        ("food in Milton, I am 40", "0", "0", "1", "1", "Sam", "1"),
        ("9",),
        ("STOP",),
        ("ERASE",),
    ],
)
def test_danger_is_answered_in_the_same_response_wherever_it_comes(
    client: FlaskClient, before: tuple[str, ...]
) -> None:
    for body in before:
        text(client, body)
    assert is_card(text(client, DANGER))


def test_danger_is_answered_while_a_navigator_has_the_word(
    container: Container, client: FlaskClient
) -> None:
    text(client, "9")
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
        assert talk is not None
        conversations.set_speaker(uow, talk, Speaker.PERSON, now=container.now())
    assert text(client, "are you there") == ""
    assert is_card(text(client, DANGER))


def test_french_danger_is_answered_in_french(client: FlaskClient) -> None:
    assert "Appelez" in text(client, "je veux me tuer ce soir, j'ai des pilules")


def test_after_the_card_the_talk_goes_on_with_the_need_that_was_heard(client: FlaskClient) -> None:
    assert is_card(text(client, "my husband beats me and I need somewhere to sleep"))
    assert "place to sleep" in text(client, "ok")


def test_after_the_card_an_answer_is_still_an_answer(client: FlaskClient) -> None:
    asked = text(client, "I need food")
    assert "live or stay" in asked
    assert is_card(text(client, DANGER))
    said = text(client, "Milton")
    assert "live or stay" not in said
    assert "did not get" not in said


def test_after_the_card_no_word_is_a_misunderstanding(client: FlaskClient) -> None:
    text(client, "I need food")
    text(client, DANGER)
    assert "live or stay" in text(client, "sorry about that")


def test_the_second_safety_text_does_not_come_out_of_nothing(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    text(client, "I am 16 and want to kill myself")
    clock.forward(hours=2)
    sender.send_due(container)
    with container.database.unit_of_work() as uow:
        letters = outbox.list_to_number(uow, NUMBER)
    assert letters
    assert {message.state for message in letters} == {outbox.OutboxState.STOPPED}


def test_danger_brings_no_text_unasked_a_day_later(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    text(client, "my husband beats me and I need somewhere to sleep")
    with container.database.unit_of_work() as uow:
        assert conversations.list_idle(uow, now=clock() + timedelta(days=9)) == []
