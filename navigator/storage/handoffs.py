"""Hand-off codes: an interview left for another device or a worker, sealed, for some days."""

from datetime import datetime

from sqlalchemy import delete, func, select

from navigator.storage.database import Transaction
from navigator.storage.rows import HandoffRow, WrongCodeRow
from navigator.vault import Vault


def add(
    tx: Transaction, vault: Vault, code: str, state: str, *, now: datetime, expires_at: datetime
) -> None:
    """Keep a state under the keyed hash of its code; the code itself is written nowhere."""
    tx.add(
        HandoffRow(
            code_hash=_hash(vault, code),
            state_sealed=vault.seal(state),
            created_at=now,
            expires_at=expires_at,
        )
    )
    tx.flush()


def find(tx: Transaction, vault: Vault, code: str, *, now: datetime) -> str | None:
    """Give the state kept under a code; None where there is none, or it has expired."""
    row = tx.get(HandoffRow, _hash(vault, code))
    if row is None or row.expires_at <= now:
        return None
    return vault.open(row.state_sealed)


def forget(tx: Transaction, vault: Vault, code: str) -> None:
    """Delete what is kept under a code."""
    tx.execute(delete(HandoffRow).where(HandoffRow.code_hash == _hash(vault, code)))


def forget_expired(tx: Transaction, *, now: datetime) -> int:
    """Delete what has expired; give how many there were."""
    expired = list(tx.scalars(select(HandoffRow.code_hash).where(HandoffRow.expires_at <= now)))
    tx.execute(delete(HandoffRow).where(HandoffRow.code_hash.in_(expired)))
    return len(expired)


def made_since(tx: Transaction, moment: datetime) -> int:
    """Count the codes made since a moment that are still kept."""
    query = select(func.count()).select_from(HandoffRow).where(HandoffRow.created_at > moment)
    return tx.scalar(query) or 0


def note_wrong(tx: Transaction, *, now: datetime) -> None:
    """Count a code that opened nothing: when, and nothing else."""
    tx.add(WrongCodeRow(at=now))


def wrong_since(tx: Transaction, moment: datetime) -> int:
    """Count the wrong codes since a moment."""
    query = select(func.count()).select_from(WrongCodeRow).where(WrongCodeRow.at > moment)
    return tx.scalar(query) or 0


def forget_wrong(tx: Transaction, *, before: datetime) -> None:
    """Forget wrong codes from before a moment."""
    tx.execute(delete(WrongCodeRow).where(WrongCodeRow.at <= before))


def _hash(vault: Vault, code: str) -> str:
    return vault.hash(f"handoff {code}")
