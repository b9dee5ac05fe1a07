"""Days and times of day as people say them, in both languages; names come from CLDR (Babel)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_period_names

from navigator.wording.content import text_message

LOCALES: Mapping[str, str] = {"en": "en_CA", "fr": "fr_CA"}

SHORT_DAY: Mapping[str, str] = {"en": "EEE MMM d", "fr": "EEE d MMM"}

WHOLE_HOUR: Mapping[str, str] = {"en": "h a", "fr": "H 'h'"}
HOUR_AND_MINUTES: Mapping[str, str] = {"en": "h:mm a", "fr": "H 'h' mm"}
"""CLDR's own short forms are "8:30 a.m." and "08 h 30": longer, and a text has 136 characters."""


def short_day(moment: datetime, language: str, zone: ZoneInfo) -> str:
    """Say a day in GSM-7 characters: "Tue Nov 24", "mar. 24 nov."."""
    day = moment.astimezone(zone).date()
    words = format_date(day, SHORT_DAY[language], locale=LOCALES[language])
    return words.replace("û", "u").rstrip(".")


def near_day(day: date, today: date, language: str, *, pattern: str) -> str:
    """Say a day of the next week: "today", "tomorrow", or its weekday by a CLDR pattern."""
    ahead = (day - today).days
    if ahead < 2:
        return text_message("tomorrow" if ahead else "today", language)
    return format_date(day, pattern, locale=LOCALES[language])


def long_date(partial: str, language: str) -> str:
    """Say a date that may lack its day or month: "24 November 2026", "November 2026", "2026"."""
    year, month, day_ = [*map(int, partial.split("-")), 1, 1][:3]
    pattern = ("y", "MMMM y", "d MMMM y")[partial.count("-")]
    return format_date(date(year, month, day_), pattern, locale=LOCALES[language])


def date_and_time(moment: datetime, language: str, zone: ZoneInfo) -> str:
    """Say a moment: "24 Nov 2026, 15:04"."""
    return format_datetime(moment.astimezone(zone), "d MMM y, HH:mm", locale=LOCALES[language])


def time_of_day(at: time, language: str, *, digits: bool = False) -> str:
    """Say a time of day: "8:30 am", "8 h 30"; with `digits` as a table does, "08:30"."""
    if digits:
        return format_time(at, "HH:mm", locale=LOCALES[language])
    pattern = (HOUR_AND_MINUTES if at.minute else WHOLE_HOUR)[language]
    # The bare locale, since Canada's writes "a.m.", and in small letters: "AM" shouts.
    return format_time(at, pattern, locale=language).lower()


def midnight(language: str) -> str:
    """Say the end of a day: "midnight", "minuit"."""
    return str(get_period_names("wide", "format", LOCALES[language])["midnight"])
