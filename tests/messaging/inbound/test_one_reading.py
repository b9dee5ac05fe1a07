"""A text is understood once and its danger read once; a person is matched once a turn."""

import sys
from collections import Counter
from types import FrameType

import pytest
from flask.testing import FlaskClient

from navigator.domain.question_selection import interview_step
from navigator.nlp.danger.detector import detect_danger
from navigator.nlp.needs.pipeline import understand
from tests.makers import text

READERS = {
    understand.__code__: "needs",
    detect_danger.__code__: "danger",
    interview_step.__code__: "match",
}
TO_A_LIST = ("food and a dentist in Milton, I am 40", "list")


def readings(client: FlaskClient, body: str) -> Counter[str]:
    """Text the bot; count how often the same thing was read or matched meanwhile."""
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        reader = READERS.get(frame.f_code) if event == "call" else None
        if reader is not None:
            given = {
                name: str(value) for name, value in frame.f_locals.items() if name != "lexicon"
            }
            counted[
                f"{reader} of {given.get('text') or (given.get('needs'), given.get('answers'))}"
            ] += 1

    sys.setprofile(count)
    try:
        text(client, body)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ((), "food and a dentist in Milton, I am 40"),
        (("hi",), "I need food in Milton"),
        (("food",), "Milton"),
        (("food",), "also i need a dentist"),
        (TO_A_LIST, "next"),
        (TO_A_LIST, "I need a lawyer"),
        (TO_A_LIST, "1"),
        ((*TO_A_LIST, "1", "1", "Sam"), "call only"),
        (TO_A_LIST, "my husband hits me"),
        (("my husband hits me",), "I'm in Oakville"),
        ((), "client 34F disclosed SI, no plan, needs counselling in Milton"),
    ],
)
def test_nothing_is_read_or_matched_twice(
    client: FlaskClient, before: tuple[str, ...], body: str
) -> None:
    for earlier in before:
        text(client, earlier)
    counted = readings(client, body)
    assert counted
    assert max(counted.values()) == 1, counted
    assert sum(name.startswith("needs of") for name in counted) <= 1, counted
