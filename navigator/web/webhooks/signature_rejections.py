"""Webhooks without a right signature: counted, and noted once a minute however many come."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from navigator.storage import audit_log
from navigator.storage.database import Database, Unreachable

NOTED_EVERY = timedelta(minutes=1)
"""A flood of them must not fill the database."""

ACT = "refuse-webhooks"


@dataclass
class SignatureRejections:
    """How many webhooks were refused in this process since the last note in the audit log."""

    _count: int = 0
    _noted_at: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def count(self, database: Database, *, now: datetime) -> None:
        """Count a webhook; note in the audit log how many it were, once a minute at most."""
        with self._lock:
            self._count += 1
            if self._noted_at is not None and now - self._noted_at < NOTED_EVERY:
                return
            number, self._count, self._noted_at = self._count, 0, now
        try:
            with database.unit_of_work() as uow:
                audit_log.record(
                    uow, actor="system", act=ACT, subject=f"{number} webhooks", now=now
                )
        except Unreachable:
            with self._lock:
                self._count += number
