"""What texting costs today, and the brake and alarm when it is more than planned."""

import logging
from datetime import datetime, time

from navigator.parts import Parts
from navigator.storage import history, incoming, outbox, signs

LOG = logging.getLogger(__name__)

BRAKE = "texts-brake"
WARNING = "texts-warning"
CEILING = 6000
"""Segments a day; a segment costs about a cent. Beyond it single numbers are answered less."""

WARN_AT = 0.8


def today(parts: Parts) -> datetime:
    """Give the beginning of this day in local time."""
    local = parts.now().astimezone(parts.zone)
    return datetime.combine(local.date(), time(), parts.zone)


def brake_word(parts: Parts) -> str:
    """Give the word that the sign of the brake shows on this day."""
    return str(today(parts).date())


def watch_cost(parts: Parts, *, ceiling: int = CEILING) -> int:
    """Count the segments of the day; ring and brake where they are too many."""
    now, start = parts.now(), today(parts)
    with parts.database.transaction() as tx:
        used = incoming.segments_since(tx, start) + outbox.segments_since(tx, start)
        for name, limit in ((WARNING, ceiling * WARN_AT), (BRAKE, ceiling)):
            if used >= limit and signs.put(tx, name, brake_word(parts), now=now):
                history.note(tx, actor="system", act=name, subject=f"{used} segments", now=now)
                LOG.error("alarm: %s of %s segments were sent today", used, ceiling)
    return used
