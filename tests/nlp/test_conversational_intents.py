"""What people say beside the matter is heard: for a person, who we are, that they are safe."""

import pytest

from navigator.nlp.conversational_intents import (
    asks_about_us,
    asks_for_person,
    denies_danger,
    says_safe,
)
from search_index.analyzer import fold_text

ASKS = [
    "I want to talk to a real person",
    "can i talk to a human",
    "can I speak with someone please",
    "call me please",
    "Please call me back",
    "is there a real person here?",
    "je veux parler à une vraie personne",
    "est-ce que je peux parler à quelqu'un",
    "rappelez-moi svp",
]
NEEDS = [
    "I need to talk to a counsellor",
    "my mom has nobody to talk to, she is alone",
    "I need food",
    "je cherche un groupe pour parler à des gens",
    "they never call me",
    "my landlord calls me each day for the rent and the office told me to talk to someone else",
]


@pytest.mark.parametrize("text", ASKS)
def test_a_wish_for_a_person_is_heard(text: str) -> None:
    assert asks_for_person(fold_text(text))


@pytest.mark.parametrize("text", NEEDS)
def test_a_need_for_somebody_else_is_no_wish_to_leave_the_bot(text: str) -> None:
    assert not asks_for_person(fold_text(text))


@pytest.mark.parametrize(
    "text",
    ["u a robot?", "are you a real person or a bot", "who is this", "is it free", "es-tu un robot?"]
    + ["c'est gratuit?", "wtf is this"],
)
def test_who_answers_here_is_asked(text: str) -> None:
    assert asks_about_us(fold_text(text))


@pytest.mark.parametrize("text", ["is there free food", "I need a real job", "what is there to do"])
def test_a_need_is_no_question_about_us(text: str) -> None:
    assert not asks_about_us(fold_text(text))


def test_help_that_is_there_and_danger_that_is_denied_are_heard() -> None:
    assert says_safe(fold_text("the ambulance is here"))
    assert says_safe(fold_text("Ça va, il est à l'hôpital"))
    assert not says_safe(fold_text("i feel really sleepy"))
    assert denies_danger(fold_text("nobody is hurting me, I just need help with the bill"))
    assert denies_danger(fold_text("je ne suis pas en danger"))
    assert not denies_danger(fold_text("he hit me again"))
