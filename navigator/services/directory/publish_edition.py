"""Check the data of a region, and publish its records as the next edition."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from directory_data.record_checks import CheckReport, Problem, check_folder
from directory_data.region import Region
from directory_data.region_checks import check_region
from navigator.storage import audit_log, editions
from navigator.storage.unit_of_work import UnitOfWork


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
