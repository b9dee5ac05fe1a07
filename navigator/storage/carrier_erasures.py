"""Words that the carrier still holds after ERASE: what is to be removed there, until it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from navigator.storage.tables import RedactionRow
from navigator.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CarrierRedaction:
    """A text whose words are to be removed; without a sid it is looked up by number and words."""

    id: int
    sid: str | None
    number: str
    body: str
    since: datetime
    attempts: int


def enqueue(uow: UnitOfWork, sids: Iterable[str], *, now: datetime) -> None:
    """Ask for texts to be redacted that the carrier knows by these ids."""
    nothing = uow.encryption.encrypt("")
    for sid in sids:
        uow.session.add(_row(sid, nothing, nothing, now, now))


def enqueue_reply(
    uow: UnitOfWork, *, number: str, body: str, since: datetime, now: datetime
) -> None:
    """Ask for a reply to be redacted: it left with the webhook's answer, so we have no id of it."""
    uow.session.add(
        _row(None, uow.encryption.encrypt(number), uow.encryption.encrypt(body), since, now)
    )


def claim(uow: UnitOfWork, *, now: datetime, lease: timedelta) -> CarrierRedaction | None:
    """Claim the next redaction that is due, for as long as `lease`."""
    query = (
        select(RedactionRow)
        .where(RedactionRow.not_before <= now)
        .order_by(RedactionRow.not_before, RedactionRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = uow.session.scalars(query).first()
    if row is None:
        return None
    row.attempts, row.not_before = row.attempts + 1, now + lease
    uow.session.flush()
    return CarrierRedaction(
        row.id,
        row.carrier_sid,
        uow.encryption.decrypt(row.number_sealed),
        uow.encryption.decrypt(row.body_sealed),
        row.since,
        row.attempts,
    )


def delete_redaction(uow: UnitOfWork, redaction_id: int) -> None:
    """Forget a redaction: it is done, or given up."""
    uow.session.execute(delete(RedactionRow).where(RedactionRow.id == redaction_id))


def count(uow: UnitOfWork) -> int:
    """Say how many are left."""
    return int(uow.session.scalar(select(func.count(RedactionRow.id))) or 0)


def _row(
    sid: str | None, number_sealed: str, body_sealed: str, since: datetime, now: datetime
) -> RedactionRow:
    return RedactionRow(
        carrier_sid=sid,
        number_sealed=number_sealed,
        body_sealed=body_sealed,
        since=since,
        attempts=0,
        not_before=now,
    )
