"""Searches and interviews that found nothing that fits: what was asked for, without identity."""

from collections.abc import Sequence
from datetime import datetime

from navigator.storage.tables import UnmetNeedRow
from navigator.storage.unit_of_work import UnitOfWork


def record_unmet_need(
    uow: UnitOfWork,
    *,
    channel: str,
    language: str,
    needs: Sequence[str],
    place: str | None,
    age: int | None,
    now: datetime,
) -> None:
    """Keep that nothing was found for some needs; the age as a band of ten years, no identity."""
    band = f"{age // 10 * 10}-{age // 10 * 10 + 9}" if age is not None else None
    uow.session.add(
        UnmetNeedRow(
            at=now,
            channel=channel,
            language=language,
            needs=",".join(needs),
            place=place,
            age_band=band,
        )
    )
