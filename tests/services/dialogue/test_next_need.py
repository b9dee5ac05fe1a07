"""Several needs in one text: the first gets its list, the others are kept and led to."""

from pathlib import Path
from re import MULTILINE, search

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.domain.conversation_state import ConversationState
from navigator.domain.stored_conversation_state import load_state
from navigator.storage import conversations
from sms.segments import Encoding, measure
from tests.makers import make_container, text

NUMBER = "+14165550101"
THREE = "no food and nowhere to sleep and my teeth hurt"


@pytest.fixture
def container(tmp_path: Path) -> Container:
    return make_container(tmp_path)


def to_the_list(client: FlaskClient, *bodies: str) -> str:
    said = [text(client, body) for body in bodies][-1]
    for _ in range(4):
        if "2 = " in said:
            return said
        said = text(client, "0")
    pytest.fail(f"no list: {said}")


def state_of(container: Container) -> ConversationState:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
    assert talk is not None
    return load_state(talk.state)


def need_of(shown: str) -> str:
    """Give the need that a list is for."""
    found = search(r"^For (.*):$", shown, MULTILINE)
    assert found, shown
    return found[1]


def next_of(shown: str) -> str:
    """Give the need that a list leads on to; empty where it leads nowhere."""
    found = search(r"^Next: (.*)\. NEXT = ", shown, MULTILINE)
    return found[1] if found else ""


def test_every_need_of_a_text_is_led_to_one_after_the_other(
    client: FlaskClient, container: Container
) -> None:
    shown = to_the_list(client, THREE, "Milton")
    met = [need_of(shown)]
    while next_of(shown):
        promised = next_of(shown)
        shown = text(client, "next")
        assert need_of(shown) == promised
        met.append(promised)
    assert sorted(met) == ["a place to sleep", "dental care", "food"]
    assert "nothing more noted" in text(client, "NEXT")
    assert state_of(container).person.answers["municipality"] == "Milton"


def test_a_referral_after_next_is_for_that_need(client: FlaskClient) -> None:
    then = next_of(to_the_list(client, "no food and my teeth hurt", "Milton"))
    for body in ("next", "1", "1", "Sam"):
        text(client, body)
    assert f"({then})" in text(client, "1")


def test_next_is_undone_with_back(client: FlaskClient) -> None:
    first = to_the_list(client, THREE, "Milton")
    assert need_of(text(client, "next")) != need_of(first)
    assert need_of(text(client, "back")) == need_of(first)


def test_a_need_that_is_only_hinted_at_is_not_called_next(client: FlaskClient) -> None:
    said = to_the_list(client, "I'm 17 in Milton and couch surfing")
    assert "Next:" not in said
    assert "Next:" not in to_the_list(client, "menu", "2")


def test_needs_told_with_danger_are_kept_and_led_to(
    client: FlaskClient, container: Container
) -> None:
    assert "911" in text(client, "my boyfriend hits me, i have nowhere to sleep and no food")
    said = to_the_list(client, "I'm in Oakville")
    assert "For safety from abuse:" in said
    second = text(client, "next")
    assert next_of(said) == need_of(second)
    third = text(client, "next")
    assert {need_of(second), need_of(third)} == {"a place to sleep", "food"}


def test_a_hurt_child_is_not_sent_to_help_for_parents(
    client: FlaskClient, container: Container
) -> None:
    text(client, "my dad hit me and i have nowhere to sleep")
    text(client, "i'm 15 in milton")
    assert state_of(container).person.needs[0] == "abuse-safety"
    assert "family-parenting" not in state_of(container).person.needs


@pytest.mark.parametrize(
    ("told", "next_"),
    [
        (THREE, "next"),
        ("pas de nourriture, nulle part où dormir et j'ai mal aux dents", "suivant"),
        ("I was evicted yesterday and need a lawyer", "the next one"),
        ("il faut un avocat et de la nourriture, je suis nouvelle au Canada", "SUIVANT"),
    ],
)
def test_a_list_that_leads_on_fits_and_shows_two_places_at_least(
    client: FlaskClient, told: str, next_: str
) -> None:
    said = to_the_list(client, told, "Burlington")
    assert "NEXT = " in said or "SUIVANT = " in said
    for shown in (said, text(client, next_)):
        assert measure(shown).segments <= 2
        assert measure(shown).encoding is Encoding.GSM7
        assert sum(line.startswith("- ") for line in shown.splitlines()) >= 2, shown


def test_next_before_a_list_leaves_the_needs_as_they_are(
    client: FlaskClient, container: Container
) -> None:
    text(client, THREE)
    needs = state_of(container).person.needs
    text(client, "next")
    assert state_of(container).person.needs == needs


def test_a_need_told_in_addition_comes_after_the_first(client: FlaskClient) -> None:
    text(client, "food")
    text(client, "also i need a dentist")
    said = to_the_list(client, "Milton")
    assert "For food:" in said
    assert "Next: dental care. NEXT" in said


def test_a_need_told_instead_replaces_the_first(client: FlaskClient, container: Container) -> None:
    text(client, "food")
    text(client, "no wait, I need a dentist")
    assert state_of(container).person.needs[0] == "dental"
    assert "food" not in state_of(container).person.needs
