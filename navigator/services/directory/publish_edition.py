"""Load curated records into the database as the next edition, and open it with its index."""

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from directory_data.directory import Directory
from directory_data.record_checks import CheckReport, Problem, check_folder
from directory_data.region import Region
from directory_data.region_checks import check_region
from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.indexing import build_edition_index, index_lexicon
from navigator.storage import audit_log, editions
from navigator.storage.unit_of_work import UnitOfWork
from search_index.index_files import FORMAT, UnreadableIndex
from search_index.index_searcher import Index

EDITIONS_KEPT = 3
"""How many editions keep their index, the newest among them."""


class BadRecords(Exception):
    """Records break rules; nothing was loaded. `problems` says where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems; nothing was loaded")


def check_records_folder(region: Region, folder: Path | None = None) -> CheckReport:
    """Check all that a region holds, or the records of another folder by its common language."""
    if folder is not None:
        return check_folder(folder, region.vocabulary)
    checked = check_folder(region.organizations_folder, region.vocabulary)
    problems = (*checked.problems, *check_region(region, checked.organizations))
    return replace(checked, problems=tuple(sorted(problems)))


def publish_edition(uow: UnitOfWork, checked: CheckReport, *, now: datetime) -> tuple[int, bool]:
    """Make the next edition of records that break no rule; raise BadRecords otherwise."""
    if checked.problems:
        raise BadRecords(checked.problems)
    number, new = editions.publish(uow, checked.organizations, now=now)
    if new:
        audit_log.record(uow, actor="system", act="publish", subject=f"edition {number}", now=now)
    return number, new


def open_index(home: Path, directory: Directory) -> Index:
    """Open the index of an edition; build it where it is missing or can't be read.

    It continues the index of the edition before. Those of the last EDITIONS_KEPT stay; a process
    that still searches in an older one has all its files open and goes on until it lets go of it.
    """
    folder = index_folder(home, directory.edition, directory.vocabulary)
    if folder.exists():
        try:
            return Index.open(folder)
        except UnreadableIndex:
            shutil.rmtree(folder)
    build_edition_index(folder, directory, previous=_before(home, directory.edition))
    for edition, old in _indexes(home):
        if edition <= directory.edition - EDITIONS_KEPT:
            shutil.rmtree(old, ignore_errors=True)
    return Index.open(folder)


def index_folder(home: Path, edition: int, vocabulary: Vocabulary) -> Path:
    """Give the folder of an edition's index: another one for other words of the curators."""
    words = index_lexicon(vocabulary).fingerprint()[:8]
    return home / "index" / f"edition-{edition}-{FORMAT}-{words}"


def _before(home: Path, edition: int) -> Path | None:
    """Find the newest index up to an edition, if there is one."""
    earlier = [one for one in _indexes(home) if one[0] <= edition]
    return max(earlier)[1] if earlier else None


def _indexes(home: Path) -> list[tuple[int, Path]]:
    """List the folders of all indexes with their editions."""
    numbered = [(one.name.split("-")[1], one) for one in (home / "index").glob("edition-*")]
    return [(int(number), one) for number, one in numbered if number.isdecimal()]
