"""The outbox: texts to be sent, written with the move that caused them, claimed before sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update

from navigator.storage.database import Transaction
from navigator.storage.rows import DeliveryRow, LetterRow
from navigator.vault import Vault


class LetterState(StrEnum):
    """Where a letter is; `uncertain` may have arrived and is shown to a person."""

    WAITING = "waiting"
    TAKEN = "taken"
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


def taken_before(tx: Transaction, vault: Vault, moment: datetime) -> list[Letter]:
    """List letters that were claimed before a moment and never settled: the postman died."""
    query = select(LetterRow).where(
        LetterRow.state == LetterState.TAKEN, LetterRow.taken_at < moment
    )
    return [_letter(row, vault) for row in tx.scalars(query)]


def settle(
    tx: Transaction,
    letter_id: int,
    state: LetterState,
    *,
    now: datetime,
    carrier_sid: str | None = None,
    reason: str | None = None,
) -> None:
    """Write down how sending a letter ended."""
    tx.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id)
        .values(state=state, carrier_sid=carrier_sid, reason=reason, settled_at=now)
    )


def put_back(tx: Transaction, letter_id: int, *, not_before: datetime) -> None:
    """Put a letter back that was certainly not sent."""
    tx.execute(
        update(LetterRow)
        .where(LetterRow.id == letter_id)
        .values(state=LetterState.WAITING, taken_at=None, not_before=not_before)
    )


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


def erase(tx: Transaction, vault: Vault, number: str) -> None:
    """Forget all letters to a number."""
    tx.execute(delete(LetterRow).where(LetterRow.number_hash == vault.hash(number)))


def told(
    tx: Transaction, *, carrier_sid: str, status: str, error_code: str | None, now: datetime
) -> None:
    """Keep what the carrier told of a text, each status once."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.carrier_sid == carrier_sid, DeliveryRow.status == status
    )
    if tx.scalar(query) is None:
        tx.add(DeliveryRow(carrier_sid=carrier_sid, status=status, error_code=error_code, at=now))


def statuses(tx: Transaction, carrier_sid: str) -> list[str]:
    """List what the carrier told of a text, in the order in which it came."""
    query = select(DeliveryRow.status).where(DeliveryRow.carrier_sid == carrier_sid)
    return list(tx.scalars(query.order_by(DeliveryRow.id)))


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
    )
