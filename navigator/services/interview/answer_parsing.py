"""Read answers from outside, of a form or a program, and refuse what a fact can't have."""

from collections.abc import Mapping

from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import DECLINED, Answer

YES, NO = "yes", "no"
"""As a form sends true and false."""

OLDEST = 120
"""Years that are believed; the oldest person ever known lived 122."""

MOST_DIGITS = 3
"""Digits of an age that are read: "007" is, a hundred are not."""


class BadAnswer(Exception):
    """An answer that a fact can't have; the text names the fact and what it takes."""


def parse_answers(vocabulary: Vocabulary, answers: Mapping[str, object]) -> dict[str, Answer]:
    """Check answers from outside; raise BadAnswer with the fact that can't have its value."""
    return {fact: parse_answer(vocabulary, fact, value) for fact, value in answers.items()}


def parse_answer(vocabulary: Vocabulary, fact_id: str, value: object) -> Answer:
    """Read one answer as given by a form or a program; raise BadAnswer."""
    fact = vocabulary.facts.get(fact_id)
    if fact is None:
        raise BadAnswer(f"{fact_id} is not a fact of the common language")
    if value == DECLINED:
        return DECLINED
    if fact.kind is FactKind.YEARS:
        return _years(fact_id, value)
    if fact.kind is FactKind.YES_NO:
        return _yes_or_no(fact_id, value)
    if value in fact.value_ids:
        return str(value)
    raise BadAnswer(f"{fact_id} takes one of: {', '.join(fact.value_ids)}, or declined")


def _years(fact_id: str, value: object) -> int:
    text = str(value).strip()
    is_number = text.isdecimal() and len(text) <= MOST_DIGITS and not isinstance(value, bool)
    if not is_number or int(text) > OLDEST:
        raise BadAnswer(f"{fact_id} takes a whole number of years from 0 to {OLDEST}, or declined")
    return int(text)


def _yes_or_no(fact_id: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in {YES, NO}:
        return value == YES
    raise BadAnswer(f"{fact_id} takes true, false or declined")
