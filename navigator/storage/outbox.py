"""The outbox: texts to be sent, written with the move that caused them, claimed before sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, or_, select, update

from navigator.encryption import Encryptor
from navigator.storage.tables import DeliveryReportRow, OutboxMessageRow
from navigator.storage.unit_of_work import UnitOfWork
from sms.delivery_status import FINAL
from sms.segments import measure


class OutboxState(StrEnum):
    """Where a message is; `doubted` is looked up first, `uncertain` is shown to a person."""

    WAITING = "waiting"
    TAKEN = "taken"
    DOUBTED = "doubted"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A text to be sent, decrypted."""

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
    """Claim the oldest message that is due; nobody else gets it."""
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
    return _message(row, uow.encryption)


def claim_uncertain(
    uow: UnitOfWork, *, now: datetime, died_before: datetime, lease: timedelta
) -> OutboxMessage | None:
    """Claim a message that has to be looked up at the carrier, for as long as `lease`.

    These are messages that may have been taken there, and those that a sender claimed before
    `died_before` and never finalized.
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
    return _message(row, uow.encryption)


def mark_uncertain(uow: UnitOfWork, message_id: int, *, not_before: datetime) -> None:
    """Put a message aside that may have been taken; it is looked up before anything else."""
    uow.session.execute(
        update(OutboxMessageRow)
        .where(OutboxMessageRow.id == message_id)
        .values(state=OutboxState.DOUBTED, not_before=not_before)
    )


def finalize(
    uow: UnitOfWork,
    message_id: int,
    state: OutboxState,
    *,
    now: datetime,
    carrier_sid: str | None = None,
    reason: str | None = None,
) -> bool:
    """Write down how sending a message ended; False where it was erased meanwhile."""
    done = uow.session.execute(
        update(OutboxMessageRow)
        .where(OutboxMessageRow.id == message_id)
        .values(state=state, carrier_sid=carrier_sid, reason=reason, settled_at=now)
        .returning(OutboxMessageRow.id)
    )
    return done.first() is not None


def requeue(
    uow: UnitOfWork, message_id: int, *, not_before: datetime, counted: bool = True
) -> None:
    """Put a message back that was certainly not sent; one only held back is not counted."""
    uow.session.execute(
        update(OutboxMessageRow)
        .where(OutboxMessageRow.id == message_id)
        .values(
            state=OutboxState.WAITING,
            taken_at=None,
            settled_at=None,
            not_before=not_before,
            attempts=OutboxMessageRow.attempts - (0 if counted else 1),
        )
    )


def cancel_waiting(uow: UnitOfWork, number: str, *, reason: str, now: datetime) -> None:
    """Stop every message to a number that has not left yet."""
    uow.session.execute(
        update(OutboxMessageRow)
        .where(
            OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number),
            OutboxMessageRow.state == OutboxState.WAITING,
        )
        .values(state=OutboxState.STOPPED, reason=reason, settled_at=now)
    )


def list_to_number(uow: UnitOfWork, number: str, *, last: int = 50) -> list[OutboxMessage]:
    """List the last messages to a number, oldest first."""
    query = (
        select(OutboxMessageRow)
        .where(OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number))
        .order_by(OutboxMessageRow.id.desc())
        .limit(last)
    )
    return [_message(row, uow.encryption) for row in reversed(list(uow.session.scalars(query)))]


def list_failed(uow: UnitOfWork, *, within: timedelta, now: datetime) -> list[OutboxMessage]:
    """List messages that a person has to look at: uncertain or failed ones."""
    query = select(OutboxMessageRow).where(
        OutboxMessageRow.state.in_([OutboxState.UNCERTAIN, OutboxState.FAILED]),
        OutboxMessageRow.created_at >= now - within,
    )
    return [
        _message(row, uow.encryption)
        for row in uow.session.scalars(query.order_by(OutboxMessageRow.id))
    ]


def list_sids_to_number(uow: UnitOfWork, number: str) -> frozenset[str]:
    """List the carrier ids of all messages to a number that are known to have been taken."""
    query = select(OutboxMessageRow.carrier_sid).where(
        OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number),
        OutboxMessageRow.carrier_sid.is_not(None),
    )
    return frozenset(sid for sid in uow.session.scalars(query) if sid)


def find_by_sid(uow: UnitOfWork, sid: str) -> OutboxMessage | None:
    """Find the message that the carrier knows by an id."""
    row = uow.session.scalars(
        select(OutboxMessageRow).where(OutboxMessageRow.carrier_sid == sid)
    ).first()
    return None if row is None else _message(row, uow.encryption)


def list_unreported(
    uow: UnitOfWork, *, since: datetime, before: datetime, most: int = 50
) -> tuple[str, ...]:
    """List the carrier ids of messages sent in a span of which no end is known."""
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


def count_of_kind(uow: UnitOfWork, kind: str, *, since: datetime, number: str | None = None) -> int:
    """Count the messages of a kind written since a moment, to everybody or to one number."""
    query = select(func.count()).where(
        OutboxMessageRow.kind == kind, OutboxMessageRow.created_at > since
    )
    if number is not None:
        query = query.where(OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number))
    return uow.session.scalar(query) or 0


def count_by_state(uow: UnitOfWork, *, since: datetime) -> Mapping[str, int]:
    """Count the messages written since a moment, by state."""
    query = select(OutboxMessageRow.state, func.count()).where(OutboxMessageRow.created_at >= since)
    return {
        state: int(count)
        for state, count in uow.session.execute(query.group_by(OutboxMessageRow.state))
    }


def sum_segments_since(uow: UnitOfWork, moment: datetime) -> int:
    """Give what the messages sent since a moment cost, in segments."""
    query = select(func.coalesce(func.sum(OutboxMessageRow.segments), 0)).where(
        OutboxMessageRow.settled_at >= moment, OutboxMessageRow.state == OutboxState.SENT
    )
    return int(uow.session.scalar(query) or 0)


def erase(uow: UnitOfWork, number: str) -> None:
    """Forget all messages to a number."""
    uow.session.execute(
        delete(OutboxMessageRow).where(
            OutboxMessageRow.number_hash == uow.encryption.keyed_hash(number)
        )
    )


def _message(row: OutboxMessageRow, encryption: Encryptor) -> OutboxMessage:
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
