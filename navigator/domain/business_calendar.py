"""Business days of a province: weekdays on which offices are open, its public holidays left out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

SATURDAY = 5
"""As date.weekday() counts: Monday is 0."""


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """The days of a country ("CA") and province ("ON"), by their ISO 3166 codes, in its zone."""

    country: str
    province: str
    zone: ZoneInfo

    def is_business_day(self, day: date) -> bool:
        """Say whether offices are open on a day."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Say whether offices are closed on a day for a public holiday."""
        return day in self.holidays(day.year)

    def holidays(self, year: int) -> frozenset[date]:
        """Give the public holidays of a year, on the weekdays on which offices close."""
        return _observed_holidays(self.country, self.province, year)

    def business_days_after(self, moment: datetime, days: int) -> datetime:
        """Go on by whole days, of which only business days count; the local time of day stays."""
        local = moment.astimezone(self.zone)
        while days > 0:
            local += timedelta(days=1)
            days -= self.is_business_day(local.date())
        return local


@cache
def _observed_holidays(country: str, province: str, year: int) -> frozenset[date]:
    """Give a year's public holidays, each that falls on a weekend on the next free weekday.

    That rule is ours, not the library's: it leaves Canada Day of 2028 on its Saturday, and gives
    Boxing Day no day of its own where Christmas, a Sunday, has moved to its Monday (2033). Offices
    in Ontario close on Monday, 3 July 2028 and on Tuesday, 27 December 2033:
    https://www.ontario.ca/document/your-guide-employment-standards-act-0/public-holidays
    """
    named = holidays.country_holidays(country, subdiv=province, years=year, observed=False)
    observed = {day for day in named if day.weekday() < SATURDAY}
    for day in sorted(named.keys() - observed):
        moved = day
        while moved.weekday() >= SATURDAY or moved in observed:
            moved += timedelta(days=1)
        observed.add(moved)
    return frozenset(observed)
