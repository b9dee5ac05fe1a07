"""Words that the carrier still holds after ERASE: what is to be removed there, until it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from navigator.storage.database import Transaction
from navigator.storage.rows import RedactionRow
from navigator.vault import Vault


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text whose words are to be removed; without a sid it is looked up by number and words."""

    id: int
    sid: str | None
    number: str
    body: str
    since: datetime
    attempts: int


def add(tx: Transaction, vault: Vault, sids: Iterable[str], *, now: datetime) -> None:
    """Ask for texts to be redacted that the carrier knows by these ids."""
    nothing = vault.seal("")
    for sid in sids:
        tx.add(_row(sid, nothing, nothing, now, now))


def add_reply(
    tx: Transaction, vault: Vault, *, number: str, body: str, since: datetime, now: datetime
) -> None:
    """Ask for a reply to be redacted: it left with the webhook's answer, so we have no id of it."""
    tx.add(_row(None, vault.seal(number), vault.seal(body), since, now))


def take(tx: Transaction, vault: Vault, *, now: datetime, lease: timedelta) -> Redaction | None:
    """Claim the next redaction that is due, for as long as `lease`."""
    query = (
        select(RedactionRow)
        .where(RedactionRow.not_before <= now)
        .order_by(RedactionRow.not_before, RedactionRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.scalars(query).first()
    if row is None:
        return None
    row.attempts, row.not_before = row.attempts + 1, now + lease
    tx.flush()
    return Redaction(
        row.id,
        row.carrier_sid,
        vault.open(row.number_sealed),
        vault.open(row.body_sealed),
        row.since,
        row.attempts,
    )


def done(tx: Transaction, redaction_id: int) -> None:
    """Forget a redaction: it is done, or given up."""
    tx.execute(delete(RedactionRow).where(RedactionRow.id == redaction_id))


def count(tx: Transaction) -> int:
    """Say how many are left."""
    return int(tx.scalar(select(func.count(RedactionRow.id))) or 0)


def _row(
    sid: str | None, number_sealed: str, body_sealed: str, since: datetime, now: datetime
) -> RedactionRow:
    return RedactionRow(
        carrier_sid=sid,
        number_sealed=number_sealed,
        body_sealed=body_sealed,
        since=since,
        attempts=0,
        not_before=now,
    )
