"""How often one number is answered."""

from datetime import timedelta

import pytest

from navigator.domain.rate_limit import (
    A_DAY,
    A_DAY_BRAKED,
    BURST,
    BURST_WITHIN,
    SAFETY_A_DAY,
    MessageCounts,
    count_message,
    exceeds_limit,
    exceeds_safety_limit,
)
from tests.makers import MONDAY_NOON


def texts(number: int, *, every: timedelta) -> MessageCounts:
    """Count texts that come at the same distance."""
    counts = MessageCounts()
    for place in range(number):
        counts = count_message(counts, MONDAY_NOON + place * every)
    return counts


SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_a_burst_is_answered_up_to_its_end_and_no_further() -> None:
    assert not exceeds_limit(texts(BURST, every=SECOND), braked=False)
    assert exceeds_limit(texts(BURST + 1, every=SECOND), braked=False)


def test_after_a_burst_the_count_begins_again() -> None:
    flooded = texts(BURST + 5, every=SECOND)
    later = count_message(flooded, MONDAY_NOON + BURST_WITHIN)
    assert not exceeds_limit(later, braked=False)
    assert later.day == BURST + 6


@pytest.mark.parametrize("most", [A_DAY, A_DAY_BRAKED])
def test_a_day_has_an_end_which_comes_sooner_while_the_ceiling_is_reached(most: int) -> None:
    is_reached = most == A_DAY_BRAKED
    assert not exceeds_limit(texts(most, every=MINUTE), braked=is_reached)
    assert exceeds_limit(texts(most + 1, every=MINUTE), braked=is_reached)


def test_the_next_day_begins_with_the_first_text_after_a_day() -> None:
    full = texts(A_DAY + 1, every=MINUTE)
    tomorrow = count_message(full, MONDAY_NOON + timedelta(days=1))
    assert tomorrow.day == 1
    assert not exceeds_limit(tomorrow, braked=True)


def test_danger_is_answered_beyond_the_other_limits_but_not_for_a_machine() -> None:
    many = texts(SAFETY_A_DAY, every=SECOND)
    assert exceeds_limit(many, braked=False)
    assert not exceeds_safety_limit(many)
    assert exceeds_safety_limit(texts(SAFETY_A_DAY + 1, every=SECOND))
