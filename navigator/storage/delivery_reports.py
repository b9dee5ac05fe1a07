"""What the carrier told of texts that were sent: each word of it once, in any order."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select

from navigator.storage.tables import DeliveryReportRow
from navigator.storage.unit_of_work import UnitOfWork


def add_report(
    uow: UnitOfWork, *, carrier_sid: str, status: str, error_code: str | None, now: datetime
) -> bool:
    """Keep what the carrier told of a text; False when it told the same before."""
    query = select(DeliveryReportRow.id).where(
        DeliveryReportRow.carrier_sid == carrier_sid, DeliveryReportRow.status == status
    )
    if uow.session.scalar(query) is not None:
        return False
    uow.session.add(
        DeliveryReportRow(carrier_sid=carrier_sid, status=status, error_code=error_code, at=now)
    )
    uow.session.flush()
    return True


def list_statuses(uow: UnitOfWork, carrier_sid: str) -> list[str]:
    """List what the carrier told of a text, in the order in which it came."""
    query = select(DeliveryReportRow.status).where(DeliveryReportRow.carrier_sid == carrier_sid)
    return list(uow.session.scalars(query.order_by(DeliveryReportRow.id)))


def list_statuses_by_sid(uow: UnitOfWork, carrier_sids: Collection[str]) -> Mapping[str, list[str]]:
    """Give what the carrier told of several texts."""
    query = select(DeliveryReportRow).where(DeliveryReportRow.carrier_sid.in_(carrier_sids))
    found: dict[str, list[str]] = {}
    for row in uow.session.scalars(query.order_by(DeliveryReportRow.id)):
        found.setdefault(row.carrier_sid, []).append(row.status)
    return found
