"""Which days offices in Ontario are open, and how business days are counted."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from navigator.domain.business_calendar import BusinessCalendar
from navigator.domain.desk_schedule import DeskSchedule
from tests.makers import CALENDAR

TORONTO = CALENDAR.zone


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), TORONTO)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 2, 16), "Family Day, the third Monday of February"),
        (date(2026, 4, 3), "Good Friday"),
        (date(2027, 3, 26), "Good Friday of another year"),
        (date(2026, 5, 18), "Victoria Day, the Monday before 25 May"),
        (date(2026, 7, 1), "Canada Day"),
        (date(2026, 9, 7), "Labour Day"),
        (date(2026, 10, 12), "Thanksgiving"),
        (date(2026, 12, 25), "Christmas, a Friday"),
    ],
)
def test_offices_are_closed_on_public_holidays(day: date, holiday: str) -> None:
    assert CALENDAR.is_holiday(day), holiday
    assert not CALENDAR.is_business_day(day), holiday


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 12, 28), "Boxing Day, a Saturday"),
        (date(2023, 7, 3), "Canada Day, a Saturday"),
        (date(2029, 7, 2), "Canada Day, a Sunday"),
        (date(2028, 1, 3), "New Year's Day, a Saturday"),
        (date(2027, 12, 27), "Christmas, a Saturday"),
        (date(2027, 12, 28), "Boxing Day, a Sunday that finds Monday taken"),
        (date(2033, 12, 26), "Christmas, a Sunday, on the Monday that is Boxing Day"),
        (date(2033, 12, 27), "that Boxing Day, on the day after"),
    ],
)
def test_a_holiday_on_a_weekend_closes_the_next_weekday(day: date, holiday: str) -> None:
    assert day in CALENDAR.holidays(day.year), holiday


@pytest.mark.parametrize("year", range(2024, 2036))
def test_every_year_has_nine_holidays_all_on_weekdays(year: int) -> None:
    assert len(CALENDAR.holidays(year)) == 9
    assert {day.weekday() for day in CALENDAR.holidays(year)} <= set(range(5))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 6),  # Easter Monday
        date(2026, 8, 3),  # Civic Holiday
        date(2026, 9, 30),  # Truth and Reconciliation
        date(2026, 11, 11),  # Remembrance Day
        date(2026, 12, 24),
        date(2026, 12, 29),
    ],
)
def test_days_that_are_no_public_holidays_in_ontario_are_business_days(day: date) -> None:
    assert CALENDAR.is_business_day(day)


def test_another_province_has_its_own_days() -> None:
    quebec = BusinessCalendar("CA", "QC", TORONTO)
    assert quebec.is_holiday(date(2026, 6, 24))
    assert not CALENDAR.is_holiday(date(2026, 6, 24))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # Monday to Wednesday
        (date(2026, 11, 27), 2, date(2026, 12, 1)),  # over a weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # over Christmas and Boxing Day
        (date(2026, 4, 2), 1, date(2026, 4, 6)),  # over Good Friday
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_business_days_leave_weekends_and_holidays_out(start: date, days: int, end: date) -> None:
    assert CALENDAR.business_days_after(at(start, 12), days) == at(end, 12)


def test_it_is_still_friday_in_the_evening_when_it_is_saturday_in_greenwich() -> None:
    friday_evening = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
    assert CALENDAR.business_days_after(friday_evening, 1) == at(date(2026, 11, 30), 20)


def test_the_hour_stays_when_the_clocks_change() -> None:
    before = at(date(2026, 10, 30), 12)
    assert CALENDAR.business_days_after(before, 1) == at(date(2026, 11, 2), 12)


def test_the_desk_is_open_on_business_days_from_nine_to_five() -> None:
    desk = DeskSchedule(CALENDAR)
    zone = ZoneInfo("America/Toronto")
    assert desk.is_open(at(date(2026, 11, 23), 9), zone)
    assert not desk.is_open(at(date(2026, 11, 23), 17), zone)
    assert not desk.is_open(at(date(2026, 11, 22), 12), zone)
    assert not desk.is_open(at(date(2026, 12, 25), 12), zone)
    christmas_eve = at(date(2026, 12, 24), 18)
    assert desk.next_opening(christmas_eve, zone) == at(date(2026, 12, 29), 9)
    worked = desk.open_time_between(christmas_eve, at(date(2026, 12, 29), 12), zone)
    assert worked.total_seconds() == 3 * 3600
