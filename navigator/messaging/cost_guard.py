"""What texting costs today, and the brake and alarm when it is more than planned."""

import logging
from datetime import datetime, time

from navigator.container import Container
from navigator.storage import audit_log, inbound_messages, outbox, shared_flags
from navigator.storage.unit_of_work import UnitOfWork

LOG = logging.getLogger(__name__)

BRAKE = "texts-brake"
WARNING = "texts-warning"
CEILING = 6000
"""Segments a day; a segment costs about a cent. Beyond it single numbers are answered less."""

WARN_AT = 0.8


def start_of_today(container: Container) -> datetime:
    """Give the beginning of this day in local time."""
    local = container.now().astimezone(container.zone)
    return datetime.combine(local.date(), time(), container.zone)


def is_braked(container: Container, uow: UnitOfWork) -> bool:
    """Say whether the ceiling of this day was reached."""
    return shared_flags.get_flag(uow, BRAKE) == _flag_value(container)


def _flag_value(container: Container) -> str:
    """Give the value that the flags of this day have; those of other days count no more."""
    return str(start_of_today(container).date())


def check_daily_cost(container: Container, *, ceiling: int = CEILING) -> int:
    """Count the segments of the day; ring and brake where they are too many."""
    now, start = container.now(), start_of_today(container)
    with container.database.unit_of_work() as uow:
        used = inbound_messages.sum_segments_since(uow, start) + outbox.sum_segments_since(
            uow, start
        )
        for name, limit in ((WARNING, ceiling * WARN_AT), (BRAKE, ceiling)):
            if used >= limit and shared_flags.set_flag(uow, name, _flag_value(container), now=now):
                audit_log.record(uow, actor="system", act=name, subject=f"{used} segments", now=now)
                LOG.error("alarm: %s of %s segments were sent today", used, ceiling)
    return used
