"""Days and times as people say them, in both languages."""

from datetime import date, time, timedelta

import pytest

from navigator.wording.date_format import midnight, near_day, short_day, time_of_day
from sms.segments import is_gsm7
from tests.makers import CALENDAR, MONDAY_NOON


@pytest.mark.parametrize(
    ("at", "en", "fr"),
    [
        (time(0), "12 am", "0 h"),
        (time(0, 5), "12:05 am", "0 h 05"),
        (time(9), "9 am", "9 h"),
        (time(8, 30), "8:30 am", "8 h 30"),
        (time(12), "12 pm", "12 h"),
        (time(13, 15), "1:15 pm", "13 h 15"),
        (time(23, 59), "11:59 pm", "23 h 59"),
    ],
)
def test_a_time_of_day_is_said_as_people_say_it(at: time, en: str, fr: str) -> None:
    assert (time_of_day(at, "en"), time_of_day(at, "fr")) == (en, fr)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("minute", range(0, 60, 7))
@pytest.mark.parametrize("hour", range(24))
def test_every_time_fits_the_small_alphabet_and_a_table(
    hour: int, minute: int, language: str
) -> None:
    at = time(hour, minute)
    assert is_gsm7(time_of_day(at, language))
    assert time_of_day(at, language, digits=True) == f"{hour:02}:{minute:02}"


def test_the_end_of_a_day_is_no_beginning() -> None:
    assert (midnight("en"), midnight("fr")) == ("midnight", "minuit")


@pytest.mark.parametrize(
    ("ahead", "en", "fr"),
    [(0, "today", "ce jour"), (1, "tomorrow", "demain"), (2, "Wed", "mer."), (7, "Mon", "lun.")],
)
def test_a_day_near_by_has_its_word(ahead: int, en: str, fr: str) -> None:
    monday = date(2026, 11, 23)
    day = monday + timedelta(days=ahead)
    said = [near_day(day, monday, language, pattern="EEE") for language in ("en", "fr")]
    assert said == [en, fr]


def test_a_due_day_is_short() -> None:
    said = [short_day(MONDAY_NOON, language, CALENDAR.zone) for language in ("en", "fr")]
    assert said == ["Mon Nov 23", "lun. 23 nov"]
