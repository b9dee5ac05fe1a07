"""The audit log: who did or read what, and when; only ever added to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from navigator.storage.tables import AuditRow
from navigator.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Somebody did or read something."""

    at: datetime
    actor: str
    act: str
    subject: str


def record(uow: UnitOfWork, *, actor: str, act: str, subject: str, now: datetime) -> None:
    """Write down who did or read what; `subject` is a code, never a name."""
    uow.session.add(AuditRow(at=now, actor=actor, act=act, subject=subject))


def list_entries(uow: UnitOfWork, *, last: int = 100) -> list[AuditEntry]:
    """List the last entries, newest first."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(last)
    return [
        AuditEntry(row.at, row.actor, row.act, row.subject) for row in uow.session.scalars(query)
    ]


def count_since(uow: UnitOfWork, moment: datetime, *, actor: str, act: str) -> int:
    """Count how often somebody did something since a moment."""
    query = select(func.count()).where(
        AuditRow.actor == actor, AuditRow.act == act, AuditRow.at >= moment
    )
    return uow.session.scalar(query) or 0
