"""What one process tells the others: a name, a word, and when it was said."""

from datetime import datetime

from navigator.storage.database import Transaction
from navigator.storage.rows import SignRow


def put(tx: Transaction, name: str, word: str, *, now: datetime) -> bool:
    """Put a sign up; True where it says something new."""
    row = tx.get(SignRow, name)
    if row is None:
        tx.add(SignRow(name=name, word=word, at=now))
        tx.flush()
        return True
    if row.word == word:
        return False
    row.word, row.at = word, now
    tx.flush()
    return True


def read(tx: Transaction, name: str) -> str:
    """Read a sign; empty where there is none."""
    row = tx.get(SignRow, name)
    return "" if row is None else row.word
