"""Opening hours tell the truth about a moment, or that they don't know."""

from datetime import datetime, time

from directory_data.opening_hours import OpeningHours

OFFICE = OpeningHours.model_validate(
    {"weekly": {day: [["09:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "fri")}}
)
MONDAY = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 - local time is what hours are in


def test_open_within_a_window_and_closed_between_two() -> None:
    assert OFFICE.open_at(MONDAY) is True
    assert OFFICE.open_at(MONDAY.replace(hour=12, minute=30)) is False
    assert OFFICE.open_at(MONDAY.replace(hour=17)) is False
    assert OFFICE.open_at(MONDAY.replace(day=25)) is False


def test_unknown_hours_are_neither_open_nor_closed() -> None:
    assert (
        OpeningHours.model_validate({"words": {"en": "ask", "fr": "demandez"}}).open_at(MONDAY)
        is None
    )


def test_always_is_always() -> None:
    assert OpeningHours(always=True).open_at(MONDAY.replace(hour=3)) is True


def test_the_next_opening_may_be_another_day() -> None:
    assert OFFICE.next_opening(MONDAY.replace(hour=8)) == (0, time(9))
    assert OFFICE.next_opening(MONDAY.replace(hour=12)) == (0, time(13))
    assert OFFICE.next_opening(MONDAY.replace(hour=20)) == (1, time(9))
    assert OFFICE.next_opening(MONDAY.replace(day=24, hour=20)) == (3, time(9))
    assert OpeningHours(always=True).next_opening(MONDAY) is None
