"""When a navigator is at the desk: weekly hours, without Ontario's public holidays."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The navigators' hours, and the number that a call is put through to (empty: none)."""

    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    phone: str = ""

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether somebody is there."""
        local = now.astimezone(zone)
        return self._works(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Give the next local moment at which somebody comes; `now` itself in open hours."""
        local = now.astimezone(zone)
        if self.is_open(now, zone):
            return local
        day = local.date()
        if local.time() >= self.opens:
            day += timedelta(days=1)
        while not self._works(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, zone)

    def worked(self, since: datetime, now: datetime, zone: ZoneInfo) -> timedelta:
        """Give how long the desk was open between two moments."""
        start, end = since.astimezone(zone), now.astimezone(zone)
        total, day = timedelta(), start.date()
        while day <= end.date():
            if self._works(day):
                first = max(start, datetime.combine(day, self.opens, zone))
                last = min(end, datetime.combine(day, self.closes, zone))
                total += max(last - first, timedelta())
            day += timedelta(days=1)
        return total

    def _works(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in public_holidays(day.year)


def public_holidays(year: int) -> frozenset[date]:
    """Give Ontario's public holidays of a year, on the days on which offices close.

    https://www.ontario.ca/document/your-guide-employment-standards-act-0/public-holidays
    """
    fixed = [date(year, 1, 1), date(year, 7, 1), date(year, 12, 25), date(year, 12, 26)]
    moving = [
        _monday(year, 2, 3),  # Family Day
        _easter(year) - timedelta(days=2),  # Good Friday
        date(year, 5, 24) - timedelta(days=date(year, 5, 24).weekday()),  # Victoria Day
        _monday(year, 9, 1),  # Labour Day
        _monday(year, 10, 2),  # Thanksgiving
    ]
    found = {*moving}
    for day in fixed:
        while day.weekday() > 4 or day in found:
            day += timedelta(days=1)  # noqa: PLW2901 - a holiday on a weekend moves on
        found.add(day)
    return frozenset(found)


def _monday(year: int, month: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7 + 7 * (count - 1))


def _easter(year: int) -> date:
    """Give Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
