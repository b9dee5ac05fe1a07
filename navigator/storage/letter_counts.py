"""How many letters of a kind were written lately: what limits are held with, nothing more kept."""

from datetime import datetime

from sqlalchemy import func, select

from navigator.storage.database import Transaction
from navigator.storage.rows import LetterRow
from navigator.vault import Vault


def to_everybody(tx: Transaction, kind: str, *, since: datetime) -> int:
    """Count the letters of a kind to all numbers since a moment."""
    query = select(func.count()).select_from(LetterRow)
    return tx.scalar(query.where(LetterRow.kind == kind, LetterRow.created_at > since)) or 0


def to_number(tx: Transaction, vault: Vault, kind: str, number: str, *, since: datetime) -> int:
    """Count the letters of a kind to one number since a moment."""
    query = select(func.count()).select_from(LetterRow)
    return (
        tx.scalar(
            query.where(
                LetterRow.kind == kind,
                LetterRow.number_hash == vault.hash(number),
                LetterRow.created_at > since,
            )
        )
        or 0
    )
