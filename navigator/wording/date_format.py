"""Days and hours as people say them, in both languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def short_day(moment: datetime, language: str, zone: ZoneInfo) -> str:
    """Say a day in GSM-7 characters: "Tue Nov 24", "mar. 24 nov."."""
    pattern = {"en": "EEE MMM d", "fr": "EEE d MMM"}[language]
    words = format_date(moment.astimezone(zone).date(), pattern, locale=LOCALES[language])
    return words.replace("û", "u").rstrip(".")


def long_date(partial: str, language: str) -> str:
    """Say a date that may lack its day or month: "24 November 2026", "November 2026", "2026"."""
    year, month, day_ = [*map(int, partial.split("-")), 1, 1][:3]
    pattern = ("y", "MMMM y", "d MMMM y")[partial.count("-")]
    return format_date(date(year, month, day_), pattern, locale=LOCALES[language])


def date_and_time(moment: datetime, language: str, zone: ZoneInfo) -> str:
    """Say a moment: "24 Nov 2026, 15:04"."""
    return format_datetime(moment.astimezone(zone), "d MMM y, HH:mm", locale=LOCALES[language])
