"""Text a person the list that they see on the web: fixed words, few a day, nothing else kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from navigator.services.interview.contact_options import ContactOption, option_line
from navigator.services.referrals import referral_service
from navigator.storage import outbox
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

KIND = "web_list"

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
MOST_TO_A_NUMBER = 2
"""Lists that a number gets in a day: the web does not know whose number it is."""

MOST_IN_AN_HOUR = 60
"""Lists that one instance sends in an hour."""

SEGMENTS = 3
"""A list was asked for, so it may be longer than other notices: five places need about 400."""

PLACES = 5


class ListOutcome(StrEnum):
    """What came of it."""

    SENT = "sent"
    ENOUGH_TODAY = "enough-today"
    TOO_BUSY = "too-busy"


def list_message(ways: Sequence[ContactOption], language: str) -> str:
    """Write the list: as many places as fit, the best first."""
    head, tail = text_message("web_list_head", language), text_message("web_list_tail", language)
    for count in range(min(PLACES, len(ways)), -1, -1):
        lines = [option_line(way, language) for way in ways[:count]]
        text = to_gsm7("\n".join([head, *lines, tail]))
        if fits_segments(text, segments=SEGMENTS):
            return text
    return to_gsm7(f"{head}\n{tail}")


def send_list(
    uow: UnitOfWork,
    *,
    number: str,
    ways: Sequence[ContactOption],
    language: str,
    now: datetime,
    zone: ZoneInfo,
) -> ListOutcome:
    """Put the list into the outbox, unless there were too many."""
    if outbox.count_of_kind(uow, KIND, since=now - AN_HOUR) >= MOST_IN_AN_HOUR:
        return ListOutcome.TOO_BUSY
    lately = outbox.count_of_kind(uow, KIND, since=now - A_DAY, number=number)
    if lately >= MOST_TO_A_NUMBER:
        return ListOutcome.ENOUGH_TODAY
    referral_service.notify(
        uow,
        number=number,
        body=list_message(ways, language),
        kind=KIND,
        now=now,
        zone=zone,
    )
    return ListOutcome.SENT
