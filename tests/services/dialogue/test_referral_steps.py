"""The whole referral by text: list, name, safe way, consent in so many words, taking it back."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.messaging.outbox.carrier_erasure import redact_due_messages
from navigator.storage import carrier_erasures, conversations, inbound_messages, outbox
from sms.segments import GSM_SINGLE, measure
from sms.twilio_carrier import TwilioCarrier
from tests.fakes.twilio_server import FakeTwilio
from tests.makers import Clock, text

NUMBER = "+14165550101"


def to_the_name(client: FlaskClient, first: str = "food in Milton, I am 40") -> str:
    said = text(client, first)
    for _ in range(3):
        if "2 = " in said:
            break
        said = text(client, "0")
    said = text(client, "1")
    return text(client, "1") if "\n1 " in said else said


def to_the_consent(client: FlaskClient) -> str:
    to_the_name(client)
    text(client, "Sam")
    return text(client, "1")


def code_in(said: str) -> str | None:
    found = re.search(r"\b([A-HJ-NP-Z2-9]{6})\b", said)
    return found.group(1) if found else None


def consents(container: Container) -> int:
    with container.database.unit_of_work() as uow:
        return len(uow.session.connection().exec_driver_sql("SELECT id FROM consent").all())


@pytest.mark.parametrize("body", ["1", " 1. ", "one", "1 = I agree", "I agree", "1️⃣"])
def test_consent_is_given_in_so_many_words(
    client: FlaskClient, container: Container, body: str
) -> None:
    to_the_consent(client)
    assert code_in(text(client, body))
    assert consents(container) == 1


@pytest.mark.parametrize(
    "body",
    ["yes", "ok", "1?", "maybe 1", "I think 1", "1 or 2", "not 1", "11", "sure", "what is shared",
     "I guess 1", "1 but not my number"],
)  # fmt: skip
def test_anything_else_is_no_consent(client: FlaskClient, container: Container, body: str) -> None:
    to_the_consent(client)
    assert code_in(text(client, body)) is None
    assert consents(container) == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_consent_is_read_back_in_one_segment_where_names_allow(
    client: FlaskClient, language: str
) -> None:
    first = {"en": "food in Milton, I am 40", "fr": "nourriture à Milton, j'ai 40 ans"}[language]
    to_the_name(client, first)
    text(client, "Sam")
    said = text(client, "1")
    assert "UNSHARE" in said
    assert measure(said).units <= GSM_SINGLE


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Sam", "Sam"),
        ("my name is Sam", "Sam"),
        ("I'm Marie-Ève", "Marie-Eve"),
        ("Milton", "Milton"),
        ("je m'appelle Léa", "Léa"),
        ("Sam O'Neil", "Sam O'Neil"),
    ],
)
def test_a_name_is_taken_as_it_is_said(client: FlaskClient, said: str, name: str) -> None:
    to_the_name(client)
    assert f"{name}?" in text(client, said)


def test_how_to_reach_somebody_may_stand_behind_the_name(client: FlaskClient) -> None:
    to_the_name(client)
    assert "1 = I agree" in text(client, "Sam, text only please")


@pytest.mark.parametrize("body", ["no", "why?", "12345", "I would rather not say that to you"])
def test_what_is_no_name_is_not_taken_for_one(client: FlaskClient, body: str) -> None:
    to_the_name(client)
    assert "How is it safe" not in text(client, body)


def test_a_person_and_the_menu_can_be_asked_for_at_the_name(client: FlaskClient) -> None:
    to_the_name(client)
    assert "navigators" in text(client, "9")
    text(client, "back")
    assert "need most" in text(client, "MENU")


def test_a_new_need_at_the_name_is_heard(client: FlaskClient) -> None:
    to_the_name(client)
    said = text(client, "wait, I got evicted today and need a lawyer")
    assert "I got: " in said
    assert "first name" not in said


def test_unshare_takes_back_and_says_so(client: FlaskClient) -> None:
    assert "nothing to take back" in text(client, "UNSHARE")
    to_the_consent(client)
    text(client, "1")
    assert "taken back" in text(client, "unshare")


def test_erase_can_be_thought_better_of(client: FlaskClient) -> None:
    to_the_consent(client)
    text(client, "ERASE")
    assert "nothing is erased" in text(client, "2")
    assert code_in(text(client, "1")), "the consent was still open"


def test_erase_forgets_here_and_at_the_carrier(
    container: Container, client: FlaskClient, clock: Clock
) -> None:
    with FakeTwilio(clock=clock) as fake:
        carrier = TwilioCarrier(
            fake.account_sid, fake.auth_token, fake.number, None, base_url=fake.base_url
        )
        here = replace(container, carrier=carrier)
        first = fake.receive(NUMBER, "I am Zed and need food in Milton")
        said = text(client, "I am Zed and need food in Milton", sid=first.sid)
        answer = fake.messages.add(
            to=NUMBER, sender=fake.number, body=said, direction="outbound-reply"
        )
        text(client, "EFFACER")
        text(client, "1")
        with container.database.unit_of_work() as uow:
            assert conversations.find_by_number(uow, NUMBER) is None
            assert inbound_messages.find_reply(uow, first.sid) == ""
            assert outbox.list_to_number(uow, NUMBER) == []
            assert carrier_erasures.count(uow) > 1
        while redact_due_messages(here):
            pass
        for sid in (first.sid, answer.sid):
            kept = fake.messages.get(sid)
            assert kept is not None
            assert kept.body == ""
        with container.database.unit_of_work() as uow:
            assert carrier_erasures.count(uow) == 0
        carrier.close()


def test_a_late_copy_of_an_erased_text_has_no_effect(
    container: Container, client: FlaskClient
) -> None:
    text(client, "I need food in Milton", sid="SM-early")
    text(client, "ERASE")
    text(client, "1")
    assert text(client, "I need food in Milton", sid="SM-early") == ""
    with container.database.unit_of_work() as uow:
        assert conversations.find_by_number(uow, NUMBER) is None


def test_after_an_opt_out_erase_and_unshare_still_work_in_silence(
    container: Container, client: FlaskClient
) -> None:
    to_the_consent(client)
    text(client, "1")
    text(client, "STOP")
    assert text(client, "UNSHARE") == ""
    assert text(client, "ERASE") == ""
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    assert talk.opted_out, "that nothing may be sent is not forgotten"
    assert talk.number == ""
    assert "back" in text(client, "START")
    assert text(client, "food")
