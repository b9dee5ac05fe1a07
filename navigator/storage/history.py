"""What is kept for accounts and measures: who did what, and searches that found nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from navigator.storage.database import Transaction
from navigator.storage.rows import AuditRow, MissRow


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody did or read something."""

    at: datetime
    actor: str
    act: str
    subject: str


def note(tx: Transaction, *, actor: str, act: str, subject: str, now: datetime) -> None:
    """Write down who did or read what; `subject` is a code, never a name."""
    tx.add(AuditRow(at=now, actor=actor, act=act, subject=subject))


def entries(tx: Transaction, *, last: int = 100) -> list[Entry]:
    """List the last entries, newest first."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(last)
    return [Entry(row.at, row.actor, row.act, row.subject) for row in tx.scalars(query)]


def count(tx: Transaction, *, actor: str, act: str, since: datetime) -> int:
    """Count how often somebody did something since a moment."""
    query = select(func.count()).where(
        AuditRow.actor == actor, AuditRow.act == act, AuditRow.at >= since
    )
    return tx.scalar(query) or 0


def miss(
    tx: Transaction,
    *,
    channel: str,
    language: str,
    needs: Sequence[str],
    place: str | None,
    age: int | None,
    now: datetime,
) -> None:
    """Keep that nothing was found for some needs; the age as a band of ten years, no identity."""
    band = f"{age // 10 * 10}-{age // 10 * 10 + 9}" if age is not None else None
    tx.add(
        MissRow(
            at=now,
            channel=channel,
            language=language,
            needs=",".join(needs),
            place=place,
            age_band=band,
        )
    )
