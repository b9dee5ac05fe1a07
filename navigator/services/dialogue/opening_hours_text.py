"""What a text says of a door: is it open and till when, and who answers while it is closed."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from directory_data.opening_hours import DAYS, OpeningHours, Window
from navigator.domain.access_point_selection import AccessPoint
from navigator.domain.service_contacts import shortest_contact
from navigator.wording.content import text_message
from navigator.wording.date_format import midnight, near_day, time_of_day

MIDNIGHT = "24:00"
WEEK = len(DAYS)


def opening_hours_line(door: AccessPoint, moment: datetime, language: str) -> str:
    """Say whether a door is open at a local moment, and till when, or when it opens.

    Empty where its hours are not known.
    """
    hours = door.service.record.hours
    if hours is None or door.open_now is None:
        return ""
    if hours.always:
        return text_message("open_always", language)
    if door.open_now:
        return text_message("open_till", language, hour=_hour(_closing(hours, moment), language))
    if door.next_opening is None:
        return text_message("closed_now", language)
    ahead, opens = door.next_opening
    today = moment.date()
    day = near_day(today + timedelta(days=ahead), today, language, pattern="EEE")
    hour = time_of_day(opens, language)
    return text_message("closed_until", language, day=day, hour=hour)


def alternative_line(door: AccessPoint, language: str) -> str:
    """Say who answers now while a door is closed."""
    if door.instead is None or door.open_now is not False:
        return ""
    name = door.instead.record.brief(language)
    return text_message("open_instead", language, name=name, phone=shortest_contact(door.instead))


def what_to_say(door: AccessPoint, language: str) -> str:
    """Give the words that open the door; empty where none are known."""
    return door.say.in_(language) if door.say else ""


def what_to_bring(door: AccessPoint, language: str) -> str:
    """Say what to bring; empty where nothing is asked for."""
    things = ", ".join(thing.in_(language) for thing in door.bring)
    return text_message("bring", language, what=things) if things else ""


def _hour(clock: str, language: str) -> str:
    if clock == MIDNIGHT:
        return midnight(language)
    return time_of_day(time.fromisoformat(clock), language)


def _closing(hours: OpeningHours, moment: datetime) -> str:
    """Give when the window of a moment ends; one that goes on after midnight ends on that day."""
    now = moment.strftime("%H:%M")
    end = next(until for start, until in _windows(hours, moment.weekday()) if start <= now < until)
    if end == MIDNIGHT:
        tomorrow = _windows(hours, moment.weekday() + 1)
        end = next((until for start, until in tomorrow if start == "00:00"), end)
    return end


def _windows(hours: OpeningHours, weekday: int) -> Sequence[Window]:
    return hours.weekly.get(DAYS[weekday % WEEK], ())  # type: ignore[call-overload,no-any-return]
