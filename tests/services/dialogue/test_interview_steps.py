"""A talk that people can have: words and numbers, going back, another language, a new need."""

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.handover import Speaker
from navigator.domain.stored_conversation_state import load_state
from navigator.storage import conversations
from navigator.storage.inbound_messages import list_exchanges
from sms.segments import Encoding, measure
from tests.makers import Clock, text

NUMBER = "+14165550101"


def say_all(client: FlaskClient, *bodies: str) -> list[str]:
    return [text(client, body) for body in bodies]


def to_the_list(client: FlaskClient, *bodies: str) -> str:
    said = say_all(client, *bodies)[-1]
    for _ in range(3):
        if "2 = " in said:
            return said
        said = text(client, "0")
    pytest.fail(f"no list: {said}")


@pytest.mark.parametrize(
    "bodies",
    [
        ("I'm 17 in Milton and couch surfing",),
        ("hi", "food"),
        ("hello", "dunno", "2"),
        ("bonjour", "j'ai faim"),
        ("my mother is 82 and alone in Oakville",),
        ("je cherche un logement à Burlington",),
    ],
)
def test_a_first_list_comes_after_at_most_three_questions(
    client: FlaskClient, bodies: tuple[str, ...]
) -> None:
    questions = 0
    said = ""
    for body in (*bodies, "0", "0", "0", "0"):
        said = text(client, body)
        if "2 = " in said:
            break
        questions += 1
    assert "2 = " in said, said
    assert questions <= 3


def test_every_text_stays_within_two_segments_of_the_small_alphabet(client: FlaskClient) -> None:
    talks = (
        ("hi", "food", "Milton", "0", "0", "more", "more", "more", "2", "1", "1", "Sam", "1", "2"),
        ("bonjour", "un logement", "Burlington", "0", "0", "plus", "2", "1", "2", "1", "1", "Léa"),
        ("need a dentist", "blah", "9", "ok", "menu", "6", "1", "back", "francais", "what"),
        ("erase", "2", "unshare", "info", "aide", "thanks", "\U0001f600", ""),
        ("counselling for my son", "9", "Halton Hills", "0", "0", "1", "1", "Jo, text only", "x"),
    )
    for place, bodies in enumerate(talks):
        for body in bodies:
            said = text(client, body, sender=f"+1416555020{place}")
            size = measure(said)
            assert size.segments <= 2, said
            assert not said or size.encoding is Encoding.GSM7, said


def test_a_name_in_another_script_still_fits(client: FlaskClient) -> None:
    to_the_list(client, "food in Milton, I am 40")
    say_all(client, "1", "1")
    said = text(client, "Александра Константиновна")
    assert "Александра" in said
    assert measure(said).segments <= 2
    assert measure(text(client, "1")).encoding is Encoding.GSM7


def test_a_wrong_turn_is_undone_with_back(client: FlaskClient) -> None:
    first, second, *_ = say_all(client, "I need food", "Milton")
    assert "1 Burlington" in first
    assert "1 Burlington" not in second
    assert "1 Burlington" in text(client, "back")
    assert text(client, "Milton") == second


def test_back_after_a_new_need_goes_on_with_the_old_one(client: FlaskClient) -> None:
    shown = to_the_list(client, "food in Milton, I am 40")
    assert "food" in shown
    assert "food" not in text(client, "I was evicted yesterday and need a lawyer")
    assert "food" in text(client, "BACK")


def test_a_talk_goes_on_in_the_other_language_where_it_was(client: FlaskClient) -> None:
    text(client, "I need food")
    assert "vivez-vous" in text(client, "français")
    assert "live or stay" in text(client, "English")
    to_the_list(client, "Milton")
    say_all(client, "1", "1", "Sam")
    assert "sans risque" in text(client, "FRANCAIS")
    assert "J'accepte" in text(client, "1")


def test_several_answers_in_one_text_are_all_taken(
    client: FlaskClient, container: Container
) -> None:
    say_all(client, "I need food", "Milton, I am 34")
    assert answers_of(container) == {"municipality": "Milton", "age": 34}


def test_an_answer_to_an_earlier_question_is_taken(
    client: FlaskClient, container: Container
) -> None:
    to_the_list(client, "food in Milton, I am 34")
    said = text(client, "sorry I meant Oakville")
    assert "Oakville" in said


@pytest.mark.parametrize("body", ["2", "the second one", "two", "#2", "2)", "la deuxième", "2️⃣"])
def test_a_choice_is_understood_however_it_is_said(
    client: FlaskClient, container: Container, body: str
) -> None:
    assert "2 Oakville" in text(client, "I need food")
    text(client, body)
    assert answers_of(container)["municipality"] == "Oakville"


def answers_of(container: Container) -> dict[str, object]:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    return dict(load_state(talk.state).person.answers)


def test_the_same_failure_text_never_comes_twice(client: FlaskClient) -> None:
    said: list[str] = []
    for place, body in enumerate(("food", "xyzzy", "Milton", "plugh", "0", "frotz", "0", "qwerty")):
        answer = text(client, body)
        if place % 2:
            said.append(answer.split("\n")[0])
    assert len(said) == len(set(said)), said


def test_two_misunderstandings_bring_a_person(client: FlaskClient, container: Container) -> None:
    say_all(client, "I need food", "xyzzy")
    said = text(client, "plugh")
    assert "navigators" in said
    assert "911" in said
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    assert talk.speaker is Speaker.WAITING


def test_more_shows_every_place_and_none_twice(client: FlaskClient) -> None:
    said = to_the_list(client, "counselling for my son, he is 15, in Milton")
    seen: list[str] = []
    for _ in range(12):
        lines = [line for line in said.split("\n") if line.startswith("- ")]
        if not lines:
            break
        seen += lines
        said = text(client, "more")
    assert len(seen) > 5
    assert len(seen) == len(set(seen))


def test_nine_is_the_age_of_a_child_where_ages_of_others_are_asked(
    client: FlaskClient, container: Container
) -> None:
    said = text(client, "counselling for my daughter in Milton")
    assert "How old" in said
    text(client, "9")
    assert answers_of(container)["age"] == 9


def test_nine_is_a_person_everywhere_else(client: FlaskClient) -> None:
    text(client, "I need food")
    assert "navigators" in text(client, "9")


def test_whoever_comes_back_tomorrow_goes_on(client: FlaskClient, clock: Clock) -> None:
    say_all(client, "I need food", "Milton")
    clock.forward(hours=20)
    assert "2 = " in to_the_list(client, "0")


def test_a_recycled_number_sees_nothing_of_the_past(
    client: FlaskClient, clock: Clock, container: Container
) -> None:
    to_the_list(client, "food in Milton, I am 34")
    clock.forward(days=91)
    said = text(client, "1")
    assert "Community Navigator" in said
    assert "food" not in said
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
        assert talk is not None
        shown = list_exchanges(uow, talk.id, since=talk.started_at)
    assert [message.body for message in shown] == ["1"]


@pytest.mark.parametrize("body", ["thanks", "merci", "Thank you!"])
def test_thanks_are_no_answer(client: FlaskClient, body: str) -> None:
    text(client, "I need food")
    assert text(client, body)
    assert "1 Yes" in text(client, "Milton") or "1 = " in text(client, "0")


def test_a_tapback_is_no_answer(client: FlaskClient) -> None:
    text(client, "I need food")
    assert text(client, "Liked “Where do you live or stay?”") == ""


def test_a_picture_is_answered_in_words(client: FlaskClient) -> None:
    assert text(client, "")
    text(client, "I need food")
    assert text(client, "\U0001f44d")
