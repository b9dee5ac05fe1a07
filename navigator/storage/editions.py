"""Editions of the directory: each is kept as one document and never changed."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import func, select

from directory_data.directory import Directory
from directory_data.records import OrganizationRecord
from directory_data.region import Region
from navigator.storage.tables import EditionRow
from navigator.storage.unit_of_work import UnitOfWork

_ORGANIZATIONS = TypeAdapter(tuple[OrganizationRecord, ...])


def publish(
    uow: UnitOfWork, organizations: Sequence[OrganizationRecord], *, now: datetime
) -> tuple[int, bool]:
    """Make the next edition; give its number and whether it is new: the same records stay."""
    content = sorted(
        (record.model_dump(mode="json", exclude_defaults=True) for record in organizations),
        key=lambda record: str(record["id"]),
    )
    document = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(document.encode()).hexdigest()
    last = uow.session.scalars(
        select(EditionRow).order_by(EditionRow.number.desc()).limit(1)
    ).first()
    if last is not None and last.digest == digest:
        return last.number, False
    number = last.number + 1 if last is not None else 1
    # An older edition may come back; its digest is made one of its own by the number.
    taken = uow.session.scalar(select(func.count()).where(EditionRow.digest == digest))
    uow.session.add(
        EditionRow(
            number=number,
            digest=f"{digest}-{number}" if taken else digest,
            document=document,
            published_at=now,
        )
    )
    uow.session.flush()
    return number, True


def newest_number(uow: UnitOfWork) -> int | None:
    """Give the number of the published edition, None before the first."""
    return uow.session.scalar(select(func.max(EditionRow.number)))


def load_directory(uow: UnitOfWork, number: int, region: Region) -> Directory:
    """Read an edition as a frozen directory."""
    document = uow.session.scalars(
        select(EditionRow.document).where(EditionRow.number == number)
    ).one()
    organizations = _ORGANIZATIONS.validate_json(document)
    return Directory(edition=number, organizations=organizations, region=region)
