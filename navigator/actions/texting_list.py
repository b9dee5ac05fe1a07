"""Text a person the list that they see on the web: fixed words, few a day, nothing else kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from navigator.actions import referring
from navigator.actions.listing import Way, line
from navigator.storage import letter_counts
from navigator.storage.database import Transaction
from navigator.vault import Vault
from sms.segments import fits, plain

KIND = "web_list"

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
MOST_TO_A_NUMBER = 2
"""Lists that a number gets in a day: the web does not know whose number it is."""

MOST_IN_AN_HOUR = 60
"""Lists that one instance sends in an hour."""

SEGMENTS = 3
"""A list was asked for, so it may be longer than other notices: five places need about 400."""

PLACES = 5

HEAD = {
    "en": "Community Navigator: the list from our web page.",
    "fr": "Navigateur communautaire : la liste de notre site.",
}
TAIL = {
    "en": "More: call 211. Not for you? Ignore this. STOP ends texts.",
    "fr": "Plus : appelez le 211. Pas pour vous? Ignorez ceci. ARRET met fin aux textos.",
}


class Outcome(StrEnum):
    """What came of it."""

    SENT = "sent"
    ENOUGH_TODAY = "enough-today"
    TOO_BUSY = "too-busy"


def letter(ways: Sequence[Way], language: str) -> str:
    """Write the list: as many places as fit, the best first."""
    for count in range(min(PLACES, len(ways)), -1, -1):
        lines = [line(way, language) for way in ways[:count]]
        text = plain("\n".join([HEAD[language], *lines, TAIL[language]]))
        if fits(text, segments=SEGMENTS):
            return text
    return plain(f"{HEAD[language]}\n{TAIL[language]}")


def send(
    tx: Transaction,
    vault: Vault,
    *,
    number: str,
    ways: Sequence[Way],
    language: str,
    now: datetime,
    zone: ZoneInfo,
) -> Outcome:
    """Put the list into the outbox, unless there were too many."""
    if letter_counts.to_everybody(tx, KIND, since=now - AN_HOUR) >= MOST_IN_AN_HOUR:
        return Outcome.TOO_BUSY
    lately = letter_counts.to_number(tx, vault, KIND, number, since=now - A_DAY)
    if lately >= MOST_TO_A_NUMBER:
        return Outcome.ENOUGH_TODAY
    referring.tell(
        tx,
        vault,
        number=number,
        body=letter(ways, language),
        kind=KIND,
        now=now,
        zone=zone,
    )
    return Outcome.SENT
