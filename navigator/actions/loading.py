"""Load curated records into the database as the next edition, and open it with its index."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from directory_data.checks import Checked, Problem, check_folder
from directory_data.directory import Directory
from directory_data.vocabulary.reading import Vocabulary
from navigator.actions.finding import build_index
from navigator.storage import editions, history
from navigator.storage.database import Transaction
from search_index.layout import Unreadable
from search_index.searching import Index

HALTON = Path(__file__).parents[2] / "directory_data" / "halton" / "organizations"


class BadRecords(Exception):
    """Records break rules; nothing was loaded. `problems` says where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems; nothing was loaded")


def check(vocabulary: Vocabulary, folder: Path = HALTON) -> Checked:
    """Check all records of a folder."""
    return check_folder(folder, vocabulary)


def publish(tx: Transaction, checked: Checked, *, now: datetime) -> tuple[int, bool]:
    """Make the next edition of records that break no rule; raise BadRecords otherwise."""
    if checked.problems:
        raise BadRecords(checked.problems)
    number, new = editions.publish(tx, checked.organizations, now=now)
    if new:
        history.note(tx, actor="system", act="publish", subject=f"edition {number}", now=now)
    return number, new


def open_index(home: Path, directory: Directory, vocabulary: Vocabulary) -> Index:
    """Open the index of an edition; build it where it is missing or can't be read."""
    folder = home / "index" / f"edition-{directory.edition}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        build_index(folder, directory, vocabulary)
    try:
        return Index.open(folder)
    except Unreadable:
        shutil.rmtree(folder)
        build_index(folder, directory, vocabulary)
        return Index.open(folder)
