"""The outbox: texts to be sent, written with the move that caused them, claimed before sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, or_, select, update

from navigator.storage.database import Transaction
from navigator.storage.deliveries import statuses, told
from navigator.storage.rows import DeliveryRow, LetterRow, ReferralRow
from navigator.vault import Vault
from sms.segments import measure
from sms.status import FINAL

__all__ = [
    "Letter",
    "LetterState",
    "by_sid",
    "consent_of",
    "doubt",
    "erase",
    "in_doubt",
    "put",
    "put_back",
    "segments_since",
    "settle",
    "sids_to",
    "states",
    "statuses",
    "stop_waiting",
    "take",
    "take_doubted",
    "to_number",
    "told",
    "unreported",
]


class LetterState(StrEnum):
    """Where a letter is; `doubted` is looked up first, `uncertain` is shown to a person."""

    WAITING = "waiting"
    TAKEN = "taken"
    DOUBTED = "doubted"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to be sent, opened."""

    id: int
    number: str
    body: str
    kind: str
    state: LetterState
    attempts: int
    created_at: datetime
    referral_id: int | None
    carrier_sid: str | None
    reason: str | None
    taken_at: datetime | None = None
    segments: int = 0


def put(
    tx: Transaction,
    vault: Vault,
    *,
    number: str,
    body: str,
    kind: str,
    now: datetime,
    not_before: datetime,
    referral_id: int | None = None,
) -> None:
    """Put a text into the outbox; it is sent after this transaction, not before `not_before`."""
    tx.add(
        LetterRow(
            number_hash=vault.hash(number),
            number_sealed=vault.seal(number),
            body_sealed=vault.seal(body),
            kind=kind,
            referral_id=referral_id,
            state=LetterState.WAITING,
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


def take(tx: Transaction, vault: Vault, *, now: datetime) -> Letter | None:
    """Claim the oldest letter that is due; nobody else gets it."""
    query = (
        select(LetterRow)
        .where(LetterRow.state == LetterState.WAITING, LetterRow.not_before <= now)
        .order_by(LetterRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.scalars(query).first()
    if row is None:
        return None
    row.state, row.taken_at, row.attempts = LetterState.TAKEN, now, row.attempts + 1
    tx.flush()
    return _letter(row, vault)


def take_doubted(
    tx: Transaction, vault: Vault, *, now: datetime, died_before: datetime, lease: timedelta
) -> Letter | None:
    """Claim a letter that has to be looked up at the carrier, for as long as `lease`.

    These are letters that may have been taken there, and those that a postman claimed before
    `died_before` and never settled.
    """
    query = (
        select(LetterRow)
        .where(
            or_(
                (LetterRow.state == LetterState.DOUBTED) & (LetterRow.not_before <= now),
                (LetterRow.state == LetterState.TAKEN) & (LetterRow.taken_at < died_before),
            )
        )
        .order_by(LetterRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.scalars(query).first()
    if row is None:
        return None
    row.state, row.not_before = LetterState.DOUBTED, now + lease
    tx.flush()
    return _letter(row, vault)


def doubt(tx: Transaction, letter_id: int, *, not_before: datetime) -> None:
    """Put a letter aside that may have been taken; it is looked up before anything else."""
    tx.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id)
        .values(state=LetterState.DOUBTED, not_before=not_before)
    )


def settle(
    tx: Transaction,
    letter_id: int,
    state: LetterState,
    *,
    now: datetime,
    carrier_sid: str | None = None,
    reason: str | None = None,
) -> bool:
    """Write down how sending a letter ended; False where it was erased meanwhile."""
    done = tx.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id)
        .values(state=state, carrier_sid=carrier_sid, reason=reason, settled_at=now)
        .returning(LetterRow.id)
    )
    return done.first() is not None


def put_back(
    tx: Transaction, letter_id: int, *, not_before: datetime, counted: bool = True
) -> None:
    """Put a letter back that was certainly not sent; one that was only held back is not counted."""
    tx.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id)
        .values(
            state=LetterState.WAITING,
            taken_at=None,
            settled_at=None,
            not_before=not_before,
            attempts=LetterRow.attempts - (0 if counted else 1),
        )
    )


def consent_of(tx: Transaction, referral_id: int) -> tuple[int, int]:
    """Give the ids of the consent and the person of the referral that a letter is about."""
    query = select(ReferralRow.consent_id, ReferralRow.person_id)
    consent_id, person_id = tx.execute(query.where(ReferralRow.id == referral_id)).one()
    return consent_id, person_id


def stop_waiting(tx: Transaction, vault: Vault, number: str, *, reason: str, now: datetime) -> None:
    """Stop every letter to a number that has not left yet."""
    tx.execute(
        update(LetterRow)
        .where(LetterRow.number_hash == vault.hash(number), LetterRow.state == LetterState.WAITING)
        .values(state=LetterState.STOPPED, reason=reason, settled_at=now)
    )


def to_number(tx: Transaction, vault: Vault, number: str, *, last: int = 50) -> list[Letter]:
    """List the last letters to a number, oldest first."""
    query = (
        select(LetterRow)
        .where(LetterRow.number_hash == vault.hash(number))
        .order_by(LetterRow.id.desc())
        .limit(last)
    )
    return [_letter(row, vault) for row in reversed(list(tx.scalars(query)))]


def in_doubt(tx: Transaction, vault: Vault, *, within: timedelta, now: datetime) -> list[Letter]:
    """List letters that a person has to look at: uncertain or failed ones."""
    query = select(LetterRow).where(
        LetterRow.state.in_([LetterState.UNCERTAIN, LetterState.FAILED]),
        LetterRow.created_at >= now - within,
    )
    return [_letter(row, vault) for row in tx.scalars(query.order_by(LetterRow.id))]


def sids_to(tx: Transaction, vault: Vault, number: str) -> frozenset[str]:
    """Give the carrier ids of all letters to a number that are known to have been taken."""
    query = select(LetterRow.carrier_sid).where(
        LetterRow.number_hash == vault.hash(number), LetterRow.carrier_sid.is_not(None)
    )
    return frozenset(sid for sid in tx.scalars(query) if sid)


def by_sid(tx: Transaction, vault: Vault, sid: str) -> Letter | None:
    """Find the letter that the carrier knows by an id."""
    row = tx.scalars(select(LetterRow).where(LetterRow.carrier_sid == sid)).first()
    return None if row is None else _letter(row, vault)


def unreported(
    tx: Transaction, *, since: datetime, before: datetime, most: int = 50
) -> tuple[str, ...]:
    """List the carrier ids of letters sent in a span of which no end is known."""
    ended = select(DeliveryRow.carrier_sid).where(
        DeliveryRow.carrier_sid == LetterRow.carrier_sid, DeliveryRow.status.in_(FINAL)
    )
    query = select(LetterRow.carrier_sid).where(
        LetterRow.state == LetterState.SENT,
        LetterRow.settled_at.between(since, before),
        ~ended.exists(),
    )
    return tuple(sid for sid in tx.scalars(query.order_by(LetterRow.id).limit(most)) if sid)


def states(tx: Transaction, *, since: datetime) -> Mapping[str, int]:
    """Count the letters written since a moment, by state."""
    query = select(LetterRow.state, func.count()).where(LetterRow.created_at >= since)
    return {state: int(count) for state, count in tx.execute(query.group_by(LetterRow.state))}


def segments_since(tx: Transaction, moment: datetime) -> int:
    """Give what the letters sent since a moment cost, in segments."""
    query = select(func.coalesce(func.sum(LetterRow.segments), 0)).where(
        LetterRow.settled_at >= moment, LetterRow.state == LetterState.SENT
    )
    return int(tx.scalar(query) or 0)


def erase(tx: Transaction, vault: Vault, number: str) -> None:
    """Forget all letters to a number."""
    tx.execute(delete(LetterRow).where(LetterRow.number_hash == vault.hash(number)))


def _letter(row: LetterRow, vault: Vault) -> Letter:
    return Letter(
        id=row.id,
        number=vault.open(row.number_sealed),
        body=vault.open(row.body_sealed),
        kind=row.kind,
        state=LetterState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        referral_id=row.referral_id,
        carrier_sid=row.carrier_sid,
        reason=row.reason,
        taken_at=row.taken_at,
        segments=row.segments,
    )
