"""Flags that all processes share, such as the brake on texts: a name, a word, and since when."""

from datetime import datetime

from navigator.storage.tables import SharedFlagRow
from navigator.storage.unit_of_work import UnitOfWork


def set_flag(uow: UnitOfWork, name: str, word: str, *, now: datetime) -> bool:
    """Set a flag to a word; True where that is new."""
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
    """Give the word of a flag; empty where it was never set."""
    row = uow.session.get(SharedFlagRow, name)
    return "" if row is None else row.word
