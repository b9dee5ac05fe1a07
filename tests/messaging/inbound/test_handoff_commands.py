"""Going on elsewhere: a code made by text opens the needs and answers on another phone or page."""

import re

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.conversation_state import ConversationState, NewConversation
from navigator.domain.handover import Speaker
from navigator.domain.stored_conversation_state import load_state
from navigator.messaging.inbound.handoff_commands import MOST_TRIED, code_in
from navigator.services.interview import handoff_codes
from navigator.services.interview.handoff_codes import HandoffPayload
from navigator.storage import conversations
from navigator.storage.conversations import Conversation
from sms.segments import Encoding, measure
from tests.makers import Clock, text

OLD, NEW = "+14165550101", "+14165550102"


def say_all(client: FlaskClient, *bodies: str, sender: str = OLD) -> str:
    return [text(client, body, sender=sender) for body in bodies][-1]


def code_from(client: FlaskClient, *bodies: str, sender: str = OLD) -> str:
    said = say_all(client, *bodies, "code", sender=sender)
    found = re.search(r"\b[A-Z2-9]{3}-[A-Z2-9]{3}\b", said)
    assert found, said
    return found.group()


def talk_of(container: Container, number: str) -> Conversation:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, number)
    assert talk is not None
    return talk


def state_of(container: Container, number: str) -> ConversationState:
    return load_state(talk_of(container, number).state)


@pytest.mark.parametrize("wrap", ["{}", "my code is {}", "Code: {}.", " {} "])
def test_a_talk_goes_on_on_another_phone_with_its_code(
    client: FlaskClient, container: Container, wrap: str
) -> None:
    code = code_from(client, "I need food", "Milton", "41")
    said = text(client, wrap.format(code.lower().replace("-", " ")), sender=NEW)
    assert said.startswith("Welcome back")
    assert "live or stay" not in said, "what was answered is not asked again"
    here = state_of(container, NEW)
    known = (here.person.needs, dict(here.person.answers))
    assert known == (("food",), {"municipality": "Milton", "age": 41})


def test_nothing_goes_along_but_needs_and_answers(
    client: FlaskClient, container: Container
) -> None:
    text(client, "I need food, my ex Robin knows my number")
    code = code_from(client, "Milton")
    said = text(client, code, sender=NEW)
    assert "Robin" not in said
    assert "0101" not in said
    here = state_of(container, NEW)
    assert (here.person.words, here.person.name, here.memory.referral_code) == ("", "", "")


def test_the_old_phone_shows_nothing_of_the_talk_that_moved(
    client: FlaskClient, container: Container
) -> None:
    code = code_from(client, "I need food", "Milton")
    text(client, code, sender=NEW)
    assert state_of(container, OLD) == NewConversation()
    said = say_all(client, "list")
    assert said.startswith("Hi, this is Community Navigator")


def test_a_code_opened_on_the_web_leaves_the_talk_where_it_was(
    client: FlaskClient, container: Container
) -> None:
    code = code_from(client, "I need food", "Milton")
    with container.database.unit_of_work() as uow:
        opened = handoff_codes.redeem_code(uow, code, who=None, now=container.now())
    assert isinstance(opened, HandoffPayload)
    assert opened.needs == ("food",)
    assert state_of(container, OLD).person.needs == ("food",)


def test_whoever_waited_for_a_person_waits_on_the_new_phone(
    client: FlaskClient, container: Container
) -> None:
    code = code_from(client, "I need food")
    assert "navigators" in text(client, "9")
    said = text(client, code, sender=NEW)
    assert "Welcome back" in said
    assert "navigators" in said
    assert talk_of(container, NEW).speaker is Speaker.WAITING
    assert talk_of(container, OLD).speaker is Speaker.BOT


def test_a_code_made_in_french_goes_on_in_french(client: FlaskClient) -> None:
    code = code_from(client, "bonjour, j'ai faim, à Burlington")
    assert "Re-bonjour" in text(client, code, sender=NEW)


def test_a_code_of_the_web_is_taken_up_by_text(client: FlaskClient, container: Container) -> None:
    carried = HandoffPayload(("food",), {"age": 41}, ("age",), for_other=False, language="en")
    with container.database.unit_of_work() as uow:
        code = handoff_codes.create_code(uow, carried, now=container.now())
    assert code
    assert "Welcome back" in text(client, handoff_codes.format_code(code), sender=NEW)
    assert state_of(container, NEW).person.answers == {"age": 41}


def test_a_wrong_code_is_answered_kindly_and_never_twice_alike(client: FlaskClient) -> None:
    first, second = (text(client, code) for code in ("K7F-3PQ", "K7F 4PQ"))
    assert "K7F-3PQ opens nothing" in first
    assert "K7F-4PQ does not open either" in second
    assert "food" in text(client, "I need food"), "the talk goes on"


def test_a_code_with_a_letter_that_none_has_is_answered_as_a_wrong_one(
    client: FlaskClient,
) -> None:
    assert "K7F-3P0 opens nothing" in text(client, "my code is K7F-3P0")


def test_a_code_that_has_ended_opens_nothing(client: FlaskClient, clock: Clock) -> None:
    code = code_from(client, "I need food")
    clock.forward(days=14, minutes=1)
    assert "opens nothing" in text(client, code, sender=NEW)


def test_a_number_may_guess_only_a_few_times_an_hour(client: FlaskClient, clock: Clock) -> None:
    code = code_from(client, "I need food")
    for place in range(MOST_TRIED):
        assert "open" in text(client, f"K7F-{place + 2}PQ", sender=NEW)
        clock.forward(minutes=1)
    assert "too many codes" in text(client, code, sender=NEW)
    assert "Welcome back" in text(client, code, sender="+14165550103"), "others may"
    clock.forward(minutes=61)
    assert "Welcome back" in text(client, code, sender=NEW)


def test_the_number_of_a_request_is_told_from_a_code_to_go_on(client: FlaskClient) -> None:
    said = say_all(client, "food in Milton, I am 41", "0", "1", "1", "Sam", "1", "1")
    found = re.search(r"request is ([A-Z0-9]{6})", said)
    assert found, said
    assert f"Your request {found[1]} is with" in text(client, found[1])
    made = text(client, "code")
    assert f"request {found[1]} still goes to this number" in made
    assert "Welcome back" not in text(client, f"code {found[1]}", sender=NEW)


def test_erase_deletes_what_is_kept_under_the_codes_of_a_talk(client: FlaskClient) -> None:
    code = code_from(client, "I need food")
    assert "erased" in say_all(client, "erase", "1")
    assert "opens nothing" in text(client, code, sender=NEW)


def test_a_new_phone_without_a_code_is_told_what_to_do(client: FlaskClient) -> None:
    assert "such as K7F-3PQ" in text(client, "I have a new phone")
    assert "food" in text(client, "food")


def test_a_text_that_opens_a_code_has_one_effect_however_often_it_comes(
    client: FlaskClient, container: Container
) -> None:
    code = code_from(client, "I need food")
    said = text(client, code, sender=NEW, sid="SM" + "1" * 32)
    text(client, "Milton", sender=NEW)
    assert text(client, code, sender=NEW, sid="SM" + "1" * 32) == said
    assert state_of(container, NEW).person.answers == {"municipality": "Milton"}


def test_a_code_opens_nothing_for_a_number_that_opted_out(client: FlaskClient) -> None:
    code = code_from(client, "I need food")
    text(client, "stop", sender=NEW)
    assert text(client, code, sender=NEW) == ""


@pytest.mark.parametrize(
    "body",
    ["hungry", "dental", "5 years", "5years", "grade9", "M5V 2T6", "234-567", "K7F3P", "ABC-DEF",
     "my code of conduct", "i have a code for you", "drop in"],
)  # fmt: skip
def test_a_word_an_age_or_a_postal_code_is_no_code(body: str) -> None:
    assert code_in(body) is None


def test_every_code_that_is_made_can_be_told_from_words(container: Container) -> None:
    carried = HandoffPayload(("food",), {}, (), for_other=False, language="en")
    with container.database.unit_of_work() as uow:
        for _ in range(50):
            code = handoff_codes.create_code(uow, carried, now=container.now())
            assert code
            assert code_in(code.lower()) == code


@pytest.mark.parametrize("hello", ["I need food in Milton", "j'ai faim, à Milton"])
def test_what_is_said_of_codes_fits_two_segments(client: FlaskClient, hello: str) -> None:
    say_all(client, hello, "0", "0", "1", "1", "Sam", "1", "1")
    code = code_from(client)
    for said in (text(client, "code"), text(client, code, sender=NEW), text(client, "K7F-3PQ")):
        assert measure(said).segments <= 2
        assert measure(said).encoding is Encoding.GSM7
