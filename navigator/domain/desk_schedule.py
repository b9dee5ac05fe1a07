"""When a navigator is at the desk: weekly hours, without the public holidays of the province."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from navigator.domain.business_calendar import BusinessCalendar


@dataclass(frozen=True, slots=True)
class DeskSchedule:
    """The navigators' hours, and the number that a call is put through to (empty: none)."""

    calendar: BusinessCalendar
    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    phone: str = ""

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Say whether somebody is there."""
        local = now.astimezone(zone)
        return self._is_staffed(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Give the next local moment at which somebody comes; `now` itself in open hours."""
        local = now.astimezone(zone)
        if self.is_open(now, zone):
            return local
        day = local.date()
        if local.time() >= self.opens:
            day += timedelta(days=1)
        while not self._is_staffed(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, zone)

    def open_time_between(self, since: datetime, now: datetime, zone: ZoneInfo) -> timedelta:
        """Give how long the desk was open between two moments."""
        start, end = since.astimezone(zone), now.astimezone(zone)
        total, day = timedelta(), start.date()
        while day <= end.date():
            if self._is_staffed(day):
                first = max(start, datetime.combine(day, self.opens, zone))
                last = min(end, datetime.combine(day, self.closes, zone))
                total += max(last - first, timedelta())
            day += timedelta(days=1)
        return total

    def _is_staffed(self, day: date) -> bool:
        return day.weekday() in self.weekdays and not self.calendar.is_holiday(day)
