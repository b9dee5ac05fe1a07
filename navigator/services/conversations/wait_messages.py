"""What somebody is told who waits for a person: the truth, from the desk's hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from navigator.domain.office_hours import OfficeHours
from navigator.wording.content import text_message
from navigator.wording.date_format import LOCALES
from sms.segments import fits_segments, to_gsm7

DAYS = {"en": ("today", "tomorrow"), "fr": ("ce jour", "demain")}


def wait_message(
    desk: OfficeHours, now: datetime, zone: ZoneInfo, language: str, *, lead: str = ""
) -> str:
    """Say when a person answers, and who answers at any hour."""
    if desk.is_open(now, zone):
        text = text_message("person_open", language, until=_hour(desk.closes.hour, language))
    else:
        start = desk.next_opening(now, zone)
        day, hour = _day(start, now.astimezone(zone), language), _hour(start.hour, language)
        text = text_message("person_closed", language, day=day, start=hour)
    whole = to_gsm7(f"{lead} {text}".strip())
    return whole if fits_segments(whole, segments=2) else to_gsm7(text)


def _day(moment: datetime, now: datetime, language: str) -> str:
    ahead = (moment.date() - now.date()) // timedelta(days=1)
    if ahead < len(DAYS[language]):
        return DAYS[language][ahead]
    words = format_date(moment.date(), "EEEE", locale=LOCALES[language])
    return f"on {words}" if language == "en" else words


def _hour(hour: int, language: str) -> str:
    if language == "fr":
        return f"{hour} h"
    return f"{hour} am" if hour < 12 else f"{(hour - 1) % 12 + 1} pm"
