"""What one process tells the others: a name, a word, and when it was said."""

from datetime import datetime

from navigator.storage.tables import SharedFlagRow
from navigator.storage.unit_of_work import UnitOfWork


def set_flag(uow: UnitOfWork, name: str, word: str, *, now: datetime) -> bool:
    """Put a sign up; True where it says something new."""
    row = uow.session.get(SharedFlagRow, name)
    if row is None:
        uow.session.add(SharedFlagRow(name=name, word=word, at=now))
        uow.session.flush()
        return True
    if row.word == word:
        return False
    row.word, row.at = word, now
    uow.session.flush()
    return True


def get_flag(uow: UnitOfWork, name: str) -> str:
    """Read a sign; empty where there is none."""
    row = uow.session.get(SharedFlagRow, name)
    return "" if row is None else row.word
