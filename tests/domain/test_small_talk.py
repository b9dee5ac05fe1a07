"""A wish to talk to a person is heard, and a need for somebody else is not taken for it."""

import pytest
from navigator.domain.asking_for_person import asks_for_person

from search_index.text import fold

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
    assert asks_for_person(fold(text))


@pytest.mark.parametrize("text", NEEDS)
def test_a_need_for_somebody_else_is_no_wish_to_leave_the_bot(text: str) -> None:
    assert not asks_for_person(fold(text))
