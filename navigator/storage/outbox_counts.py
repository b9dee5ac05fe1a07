"""How many letters of a kind were written lately: what limits are held with, nothing more kept."""

from datetime import datetime

from sqlalchemy import func, select

from navigator.storage.tables import OutboxMessageRow
from navigator.storage.unit_of_work import UnitOfWork


def count_to_everybody(uow: UnitOfWork, kind: str, *, since: datetime) -> int:
    """Count the letters of a kind to all numbers since a moment."""
    query = select(func.count()).select_from(OutboxMessageRow)
    return (
        uow.session.scalar(
            query.where(OutboxMessageRow.kind == kind, OutboxMessageRow.created_at > since)
        )
        or 0
    )


def count_to_number(uow: UnitOfWork, kind: str, number: str, *, since: datetime) -> int:
    """Count the letters of a kind to one number since a moment."""
    query = select(func.count()).select_from(OutboxMessageRow)
    return (
        uow.session.scalar(
            query.where(
                OutboxMessageRow.kind == kind,
                OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number),
                OutboxMessageRow.created_at > since,
            )
        )
        or 0
    )
