"""How often one number is answered: a flood must not starve others or run up a bill."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BURST = 15
BURST_WITHIN = timedelta(minutes=3)
"""The carrier's own guard is 30 replies in 30 s (error 14107); people text far less."""

A_DAY = 120
A_DAY_BRAKED = 12
"""How many answers one number gets in 24 hours, and how many while the daily ceiling is reached.

An interview with a referral takes about ten, so that even braked one can be finished.
"""

SAFETY_A_DAY = 200
"""Danger is answered beyond the other limits; a person never gets here, a machine must end."""


@dataclass(frozen=True, slots=True)
class MessageCounts:
    """Since when, and how many texts of a number were counted: in a burst and in a day."""

    burst_at: datetime | None = None
    burst: int = 0
    day_at: datetime | None = None
    day: int = 0


def count_message(counts: MessageCounts, now: datetime) -> MessageCounts:
    """Count one text."""
    burst_at, burst = _count(counts.burst_at, counts.burst, BURST_WITHIN, now)
    day_at, day = _count(counts.day_at, counts.day, timedelta(days=1), now)
    return MessageCounts(burst_at, burst, day_at, day)


def exceeds_limit(counts: MessageCounts, *, braked: bool) -> bool:
    """Say whether a counted text goes unanswered."""
    return counts.burst > BURST or counts.day > (A_DAY_BRAKED if braked else A_DAY)


def exceeds_safety_limit(counts: MessageCounts) -> bool:
    """Say whether even danger goes unanswered: only a machine texts as often."""
    return counts.day > SAFETY_A_DAY


def _count(
    since: datetime | None, number: int, within: timedelta, now: datetime
) -> tuple[datetime, int]:
    if since is None or now - since >= within:
        return now, 1
    return since, number + 1
