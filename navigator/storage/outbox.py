"""The outbox: texts to be sent, written with the move that caused them, claimed before sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, or_, select, update

from navigator.encryption import Encryptor
from navigator.storage.tables import DeliveryReportRow, OutboxMessageRow, ReferralRow
from navigator.storage.unit_of_work import UnitOfWork
from sms.delivery_status import FINAL
from sms.segments import measure


class OutboxState(StrEnum):
    """Where a letter is; `doubted` is looked up first, `uncertain` is shown to a person."""

    WAITING = "waiting"
    TAKEN = "taken"
    DOUBTED = "doubted"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A text to be sent, opened."""

    id: int
    number: str
    body: str
    kind: str
    state: OutboxState
    attempts: int
    created_at: datetime
    referral_id: int | None
    carrier_sid: str | None
    reason: str | None
    taken_at: datetime | None = None
    segments: int = 0


def enqueue(
    uow: UnitOfWork,
    *,
    number: str,
    body: str,
    kind: str,
    now: datetime,
    not_before: datetime,
    referral_id: int | None = None,
) -> None:
    """Put a text into the outbox; it is sent after this transaction, not before `not_before`."""
    uow.session.add(
        OutboxMessageRow(
            number_hash=uow.encryption.keyed_hash(number),
            number_sealed=uow.encryption.encrypt(number),
            body_sealed=uow.encryption.encrypt(body),
            kind=kind,
            referral_id=referral_id,
            state=OutboxState.WAITING,
            carrier_sid=None,
            reason=None,
            attempts=0,
            created_at=now,
            not_before=not_before,
            taken_at=None,
            settled_at=None,
            segments=measure(body).segments,
        )
    )


def claim(uow: UnitOfWork, *, now: datetime) -> OutboxMessage | None:
    """Claim the oldest letter that is due; nobody else gets it."""
    query = (
        select(OutboxMessageRow)
        .where(OutboxMessageRow.state == OutboxState.WAITING, OutboxMessageRow.not_before <= now)
        .order_by(OutboxMessageRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = uow.session.scalars(query).first()
    if row is None:
        return None
    row.state, row.taken_at, row.attempts = OutboxState.TAKEN, now, row.attempts + 1
    uow.session.flush()
    return _letter(row, uow.encryption)


def claim_uncertain(
    uow: UnitOfWork, *, now: datetime, died_before: datetime, lease: timedelta
) -> OutboxMessage | None:
    """Claim a letter that has to be looked up at the carrier, for as long as `lease`.

    These are letters that may have been taken there, and those that a postman claimed before
    `died_before` and never settled.
    """
    query = (
        select(OutboxMessageRow)
        .where(
            or_(
                (OutboxMessageRow.state == OutboxState.DOUBTED)
                & (OutboxMessageRow.not_before <= now),
                (OutboxMessageRow.state == OutboxState.TAKEN)
                & (OutboxMessageRow.taken_at < died_before),
            )
        )
        .order_by(OutboxMessageRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = uow.session.scalars(query).first()
    if row is None:
        return None
    row.state, row.not_before = OutboxState.DOUBTED, now + lease
    uow.session.flush()
    return _letter(row, uow.encryption)


def mark_uncertain(uow: UnitOfWork, letter_id: int, *, not_before: datetime) -> None:
    """Put a letter aside that may have been taken; it is looked up before anything else."""
    uow.session.execute(
        update(OutboxMessageRow)
        .where(OutboxMessageRow.id == letter_id)
        .values(state=OutboxState.DOUBTED, not_before=not_before)
    )


def finalize(
    uow: UnitOfWork,
    letter_id: int,
    state: OutboxState,
    *,
    now: datetime,
    carrier_sid: str | None = None,
    reason: str | None = None,
) -> bool:
    """Write down how sending a letter ended; False where it was erased meanwhile."""
    done = uow.session.execute(
        update(OutboxMessageRow)
        .where(OutboxMessageRow.id == letter_id)
        .values(state=state, carrier_sid=carrier_sid, reason=reason, settled_at=now)
        .returning(OutboxMessageRow.id)
    )
    return done.first() is not None


def requeue(uow: UnitOfWork, letter_id: int, *, not_before: datetime, counted: bool = True) -> None:
    """Put a letter back that was certainly not sent; one that was only held back is not counted."""
    uow.session.execute(
        update(OutboxMessageRow)
        .where(OutboxMessageRow.id == letter_id)
        .values(
            state=OutboxState.WAITING,
            taken_at=None,
            settled_at=None,
            not_before=not_before,
            attempts=OutboxMessageRow.attempts - (0 if counted else 1),
        )
    )


def consent_of(uow: UnitOfWork, referral_id: int) -> tuple[int, int]:
    """Give the ids of the consent and the person of the referral that a letter is about."""
    query = select(ReferralRow.consent_id, ReferralRow.person_id)
    consent_id, person_id = uow.session.execute(query.where(ReferralRow.id == referral_id)).one()
    return consent_id, person_id


def cancel_waiting(uow: UnitOfWork, number: str, *, reason: str, now: datetime) -> None:
    """Stop every letter to a number that has not left yet."""
    uow.session.execute(
        update(OutboxMessageRow)
        .where(
            OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number),
            OutboxMessageRow.state == OutboxState.WAITING,
        )
        .values(state=OutboxState.STOPPED, reason=reason, settled_at=now)
    )


def list_to_number(uow: UnitOfWork, number: str, *, last: int = 50) -> list[OutboxMessage]:
    """List the last letters to a number, oldest first."""
    query = (
        select(OutboxMessageRow)
        .where(OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number))
        .order_by(OutboxMessageRow.id.desc())
        .limit(last)
    )
    return [_letter(row, uow.encryption) for row in reversed(list(uow.session.scalars(query)))]


def list_failed(uow: UnitOfWork, *, within: timedelta, now: datetime) -> list[OutboxMessage]:
    """List letters that a person has to look at: uncertain or failed ones."""
    query = select(OutboxMessageRow).where(
        OutboxMessageRow.state.in_([OutboxState.UNCERTAIN, OutboxState.FAILED]),
        OutboxMessageRow.created_at >= now - within,
    )
    return [
        _letter(row, uow.encryption)
        for row in uow.session.scalars(query.order_by(OutboxMessageRow.id))
    ]


def sids_to(uow: UnitOfWork, number: str) -> frozenset[str]:
    """Give the carrier ids of all letters to a number that are known to have been taken."""
    query = select(OutboxMessageRow.carrier_sid).where(
        OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number),
        OutboxMessageRow.carrier_sid.is_not(None),
    )
    return frozenset(sid for sid in uow.session.scalars(query) if sid)


def find_by_sid(uow: UnitOfWork, sid: str) -> OutboxMessage | None:
    """Find the letter that the carrier knows by an id."""
    row = uow.session.scalars(
        select(OutboxMessageRow).where(OutboxMessageRow.carrier_sid == sid)
    ).first()
    return None if row is None else _letter(row, uow.encryption)


def list_unreported(
    uow: UnitOfWork, *, since: datetime, before: datetime, most: int = 50
) -> tuple[str, ...]:
    """List the carrier ids of letters sent in a span of which no end is known."""
    ended = select(DeliveryReportRow.carrier_sid).where(
        DeliveryReportRow.carrier_sid == OutboxMessageRow.carrier_sid,
        DeliveryReportRow.status.in_(FINAL),
    )
    query = select(OutboxMessageRow.carrier_sid).where(
        OutboxMessageRow.state == OutboxState.SENT,
        OutboxMessageRow.settled_at.between(since, before),
        ~ended.exists(),
    )
    return tuple(
        sid for sid in uow.session.scalars(query.order_by(OutboxMessageRow.id).limit(most)) if sid
    )


def count_by_state(uow: UnitOfWork, *, since: datetime) -> Mapping[str, int]:
    """Count the letters written since a moment, by state."""
    query = select(OutboxMessageRow.state, func.count()).where(OutboxMessageRow.created_at >= since)
    return {
        state: int(count)
        for state, count in uow.session.execute(query.group_by(OutboxMessageRow.state))
    }


def segments_since(uow: UnitOfWork, moment: datetime) -> int:
    """Give what the letters sent since a moment cost, in segments."""
    query = select(func.coalesce(func.sum(OutboxMessageRow.segments), 0)).where(
        OutboxMessageRow.settled_at >= moment, OutboxMessageRow.state == OutboxState.SENT
    )
    return int(uow.session.scalar(query) or 0)


def erase(uow: UnitOfWork, number: str) -> None:
    """Forget all letters to a number."""
    uow.session.execute(
        delete(OutboxMessageRow).where(
            OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number)
        )
    )


def _letter(row: OutboxMessageRow, encryption: Encryptor) -> OutboxMessage:
    return OutboxMessage(
        id=row.id,
        number=encryption.decrypt(row.number_sealed),
        body=encryption.decrypt(row.body_sealed),
        kind=row.kind,
        state=OutboxState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        referral_id=row.referral_id,
        carrier_sid=row.carrier_sid,
        reason=row.reason,
        taken_at=row.taken_at,
        segments=row.segments,
    )
