"""What somebody is told who waits for a person: the truth, from the desk's hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

from navigator.domain.office_hours import OfficeHours
from navigator.wording.content import text_message
from navigator.wording.date_format import near_day, time_of_day
from sms.segments import fits_segments, to_gsm7


def wait_message(
    desk: OfficeHours, now: datetime, zone: ZoneInfo, language: str, *, lead: str = ""
) -> str:
    """Say when a person answers, and who answers at any hour."""
    if desk.is_open(now, zone):
        text = text_message("person_open", language, until=time_of_day(desk.closes, language))
    else:
        start = desk.next_opening(now, zone)
        day = _day(start, now.astimezone(zone), language)
        hour = time_of_day(start.time(), language)
        text = text_message("person_closed", language, day=day, start=hour)
    whole = to_gsm7(f"{lead} {text}".strip())
    return whole if fits_segments(whole, segments=2) else to_gsm7(text)


def _day(moment: datetime, now: datetime, language: str) -> str:
    words = near_day(moment.date(), now.date(), language, pattern="EEEE")
    is_weekday = (moment.date() - now.date()).days > 1
    return text_message("on_weekday", language, weekday=words) if is_weekday else words
