"""What the carrier told of texts that were sent: each word of it once, in any order."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from navigator.storage.database import Transaction
from navigator.storage.rows import DeliveryRow


def told(
    tx: Transaction, *, carrier_sid: str, status: str, error_code: str | None, now: datetime
) -> bool:
    """Keep what the carrier told of a text; False when it told the same before."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.carrier_sid == carrier_sid, DeliveryRow.status == status
    )
    if tx.scalar(query) is not None:
        return False
    tx.add(DeliveryRow(carrier_sid=carrier_sid, status=status, error_code=error_code, at=now))
    tx.flush()
    return True


def statuses(tx: Transaction, carrier_sid: str) -> list[str]:
    """List what the carrier told of a text, in the order in which it came."""
    query = select(DeliveryRow.status).where(DeliveryRow.carrier_sid == carrier_sid)
    return list(tx.scalars(query.order_by(DeliveryRow.id)))


def statuses_of(tx: Transaction, carrier_sids: Collection[str]) -> Mapping[str, list[str]]:
    """Give what the carrier told of several texts."""
    query = select(DeliveryRow).where(DeliveryRow.carrier_sid.in_(carrier_sids))
    found: dict[str, list[str]] = {}
    for row in tx.scalars(query.order_by(DeliveryRow.id)):
        found.setdefault(row.carrier_sid, []).append(row.status)
    return found
