"""Somebody who is lost: explained once in other words, then a person; nothing twice in a row."""

from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.conversation_state import ConversationState
from navigator.domain.handover import Speaker
from navigator.domain.stored_conversation_state import load_state
from navigator.services.dialogue.age_corrections import late_age
from navigator.services.dialogue.dialogue_turn import parse_message
from navigator.services.dialogue.list_steps import ordinal_choice
from navigator.storage import conversations
from sms.segments import Encoding, measure
from tests.makers import Clock, text

NUMBER = "+14165550101"
TO_A_LIST = ("food in Milton, I am 40", "0")


def say_all(client: FlaskClient, *bodies: str) -> str:
    return [text(client, body) for body in bodies][-1]


def state_of(container: Container) -> ConversationState:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    return load_state(talk.state)


def speaker_of(container: Container) -> Speaker:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    return talk.speaker


STEPS = (
    (),
    ("hello", "idk"),
    ("I need food",),
    ("food in Milton",),
    ("I need a job in Milton",),
    TO_A_LIST,
    (*TO_A_LIST, "1"),
    (*TO_A_LIST, "2"),
    (*TO_A_LIST, "2", "1"),
    (*TO_A_LIST, "1", "1"),
    (*TO_A_LIST, "1", "1", "Sam"),
    (*TO_A_LIST, "1", "1", "Sam", "1"),
    (*TO_A_LIST, "erase"),
)


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("language", ["english", "français"])
def test_what_is_explained_once_in_other_words_and_then_a_person_is_there(
    client: FlaskClient, container: Container, steps: tuple[str, ...], language: str
) -> None:
    said = [text(client, "hello"), *(text(client, body) for body in (*steps, language, "what?"))]
    assert said[-1] != said[-2]
    assert speaker_of(container) is Speaker.BOT
    assert measure(said[-1]).segments <= 2
    assert measure(said[-1]).encoding is Encoding.GSM7
    again = text(client, "comprends pas")
    assert again not in said
    assert speaker_of(container) is Speaker.WAITING


def test_after_the_explanation_the_choice_counts_as_before(client: FlaskClient) -> None:
    say_all(client, *TO_A_LIST, "what")
    assert text(client, "2").startswith("Which one?")


def test_whoever_wants_to_see_it_again_does(client: FlaskClient) -> None:
    shown = say_all(client, *TO_A_LIST)
    assert text(client, "repeat") == shown
    assert text(client, "repeat") == shown


@pytest.mark.parametrize(
    "bodies",
    [
        (*TO_A_LIST, "0", "0", "0"),
        (*TO_A_LIST, "more", "more", "more", "more", "more", "more", "more"),
        ("food", "more", "more", "more"),
        ("food", "is it free", "is it free", "are you real"),
        (*TO_A_LIST, "thanks", "thank you", "merci", "bye"),
        (*TO_A_LIST, "2", "both", "all", "both"),
        (*TO_A_LIST, "2", "1", "address?", "address?", "address?"),
        ("I need food", "hello?", "hello??", "hello???"),
        ("food", "K7F-3PQ", "K7F-3PQ", "K7F-3PQ"),
        (*TO_A_LIST, "next", "next", "next"),
        ("\U0001f62d", "\U0001f62d", "\U0001f62d"),
    ],
)
def test_nothing_is_said_twice_in_a_row(client: FlaskClient, bodies: tuple[str, ...]) -> None:
    said = [text(client, body) for body in bodies]
    assert [before for before, after in pairwise(said) if before and before == after] == []


def test_whoever_comes_back_with_a_greeting_is_told_where_the_talk_is(
    client: FlaskClient, clock: Clock
) -> None:
    question = say_all(client, "I need food")
    clock.forward(hours=20)
    said = text(client, "good morning")
    assert said.startswith("Hello.")
    assert question.split("\n", 1)[1] in said


def test_a_curse_is_met_with_kindness_once_and_is_no_answer(
    client: FlaskClient, container: Container
) -> None:
    say_all(client, "I need food")
    said = text(client, "are you stupid")
    assert "sorry that this is hard" in said
    assert "9" in said
    assert "sorry that this is hard" not in text(client, "you are useless")
    assert speaker_of(container) is Speaker.WAITING


def test_a_need_inside_a_curse_is_heard(client: FlaskClient) -> None:
    assert "food" in text(client, "this is bullshit, i need food")


def test_a_thumb_is_a_yes_to_a_question_and_asks_for_nothing_at_a_list(
    client: FlaskClient, container: Container
) -> None:
    assert "1 Yes" in say_all(client, "food in Milton, I am 40")
    text(client, "\U0001f44d")
    assert state_of(container).person.answers["receives_social_assistance"] is True
    assert text(client, "\U0001f44d").startswith("OK.")
    assert state_of(container).progress.failures == 0


@pytest.mark.parametrize("body", ["is this private?", "who can see this", "est-ce confidentiel?"])
def test_whoever_asks_is_told_who_reads_along(client: FlaskClient, body: str) -> None:
    text(client, "I need food")
    assert "ERASE deletes our copy" in text(client, body)


@pytest.mark.parametrize("body", ["both", "1 and 2", "1, 2", "all three", "les deux"])
def test_one_place_is_asked_for_at_a_time(client: FlaskClient, body: str) -> None:
    say_all(client, *TO_A_LIST, "1")
    assert text(client, body).startswith("One at a time")
    assert "first name" in text(client, "1")


@pytest.mark.parametrize("body", ["no", "none of them", "aucun", "0"])
def test_none_of_the_places_leads_back_to_the_list(client: FlaskClient, body: str) -> None:
    shown = say_all(client, *TO_A_LIST)
    text(client, "1")
    assert text(client, body) == shown


def test_the_second_menu_of_needs_stays_as_it_was_after_a_way_back(client: FlaskClient) -> None:
    more = say_all(client, "menu", "6")
    assert "Something else" not in more
    assert say_all(client, "2", "back") == more


@pytest.mark.parametrize(
    ("body", "way"), [("call", "call"), ("text or call", "any"), ("texto", "text"), ("both", "any")]
)
def test_a_safe_way_is_taken_in_words(
    client: FlaskClient, container: Container, body: str, way: str
) -> None:
    say_all(client, *TO_A_LIST, "1", "1", "Sam", body)
    assert state_of(container).person.safe_contact == way


@pytest.mark.parametrize(
    ("body", "place"),
    [("the last one", 2), ("the second one", 1), ("2", None), ("the fifth one", None)],
)
def test_a_place_of_a_list_is_meant_by_its_order_in_words(
    container: Container, body: str, place: int | None
) -> None:
    guide = container.edition_store.edition(container.now()).guide
    assert ordinal_choice(parse_message(guide, body, "en"), 3) == place


def test_an_age_against_what_was_said_is_taken_and_read_back(
    client: FlaskClient, container: Container
) -> None:
    say_all(client, "my mother is lonely, in Acton")
    said = text(client, "12")
    assert "I noted age 12" in said
    assert "BACK" in said
    assert "How old" in text(client, "back")
    assert "I noted" not in text(client, "84")
    assert state_of(container).person.answers["age"] == 84


@pytest.mark.parametrize("body", ["12", "sorry, 12", "I meant 12"])
def test_an_age_is_corrected_where_something_else_was_asked(
    client: FlaskClient, container: Container, body: str
) -> None:
    say_all(client, "my mother, 84, is lonely in Acton")
    assert "I noted age 12" in text(client, body)
    assert state_of(container).person.answers["age"] == 12


@pytest.mark.parametrize(
    ("body", "age"), [("forty two", 42), ("1", 1), ("sorry 41", 41), ("8 months", 0)]
)
def test_an_age_is_never_asked_for_again_once_it_is_told(
    client: FlaskClient, container: Container, body: str, age: int
) -> None:
    assert "How old" in say_all(client, "I need a job", "Milton")
    assert "How old" not in text(client, body)
    assert state_of(container).person.answers["age"] == age


def test_an_age_in_french_words_is_taken(client: FlaskClient, container: Container) -> None:
    assert "Quel age" in say_all(client, "je cherche un emploi à Oakville")
    text(client, "quatre-vingt-deux")
    assert state_of(container).person.answers["age"] == 82


def test_an_age_told_in_place_of_another_answer_is_acknowledged(client: FlaskClient) -> None:
    question = say_all(client, "I need food", "Milton")
    said = text(client, "40")
    assert said != question
    assert "age 40" in said


@pytest.mark.parametrize("body", ["2", "416 555 0123", "apartment 12", "12 or 13", "130"])
def test_another_number_is_no_age(body: str) -> None:
    assert late_age(body) is None
