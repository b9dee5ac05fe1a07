"""Texts that came in, each remembered by its carrier id with its reply: one effect, ever."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, insert, select, update

from navigator.domain.safety import Level
from navigator.storage.database import Transaction
from navigator.storage.rows import IncomingRow
from navigator.vault import Vault

# Made once, and sent past the objects of the library: every text goes through these.
_TEXTS = cast("Table", IncomingRow.__table__)
_REPLY_TO = select(_TEXTS.c.reply_sealed).where(_TEXTS.c.sid == bindparam("sid"))
_REMEMBER = insert(_TEXTS)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One text that came in and the reply to it; an empty reply means silence."""

    body: str
    reply: str
    danger: str
    at: datetime
    segments: int = 0
    """What the reply cost."""


def reply_to(tx: Transaction, vault: Vault, sid: str) -> str | None:
    """Give the reply that a text had already; None when it was never seen."""
    sealed = tx.connection().scalar(_REPLY_TO, {"sid": sid})
    return None if sealed is None else vault.open(sealed)


def remember(
    tx: Transaction, vault: Vault, *, sid: str, talk_id: int | None, exchange: Exchange
) -> None:
    """Remember a text by its carrier id, with its reply: its effect is in this transaction."""
    values = {
        "sid": sid,
        "conversation_id": talk_id,
        "body_sealed": vault.seal(exchange.body),
        "reply_sealed": vault.seal(exchange.reply),
        "danger": exchange.danger,
        "at": exchange.at,
        "segments": exchange.segments,
    }
    tx.connection().execute(_REMEMBER, values)


def tell_again(tx: Transaction, vault: Vault, *, sid: str, reply: str) -> None:
    """Write down that a text was answered in other words than those that were meant for it."""
    change = update(IncomingRow).where(IncomingRow.sid == sid)
    tx.execute(change.values(reply_sealed=vault.seal(reply)))


def exchanges(
    tx: Transaction, vault: Vault, talk_id: int, *, since: datetime | None = None, last: int = 50
) -> list[Exchange]:
    """List the last exchanges of a talk, oldest first; those before `since` are another's."""
    query = select(IncomingRow).where(IncomingRow.conversation_id == talk_id)
    if since is not None:
        query = query.where(IncomingRow.at >= since)
    rows = list(tx.scalars(query.order_by(IncomingRow.at.desc()).limit(last)))
    return [
        Exchange(
            vault.open(row.body_sealed),
            vault.open(row.reply_sealed),
            row.danger,
            row.at,
            row.segments,
        )
        for row in reversed(rows)
    ]


def sids(tx: Transaction, talk_id: int) -> list[str]:
    """List the carrier ids of the texts of a talk."""
    query = select(IncomingRow.sid).where(IncomingRow.conversation_id == talk_id)
    return list(tx.scalars(query))


def forget(tx: Transaction, vault: Vault, talk_id: int) -> None:
    """Forget the words of a talk; the ids stay, so that a late copy has no second effect."""
    nothing = vault.seal("")
    tx.execute(
        update(IncomingRow)
        .where(IncomingRow.conversation_id == talk_id)
        .values(conversation_id=None, body_sealed=nothing, reply_sealed=nothing)
    )


def seen(tx: Transaction, sid: str) -> bool:
    """Say whether a text was taken in."""
    return tx.scalar(select(IncomingRow.sid).where(IncomingRow.sid == sid)) is not None


def segments_since(tx: Transaction, moment: datetime) -> int:
    """Give what the replies since a moment cost, in segments."""
    query = select(func.coalesce(func.sum(IncomingRow.segments), 0))
    return int(tx.scalar(query.where(IncomingRow.at >= moment)) or 0)


def count_since(tx: Transaction, moment: datetime) -> int:
    """Give how many texts came in since a moment."""
    return int(tx.scalar(select(func.count(IncomingRow.sid)).where(IncomingRow.at >= moment)) or 0)


def in_danger(tx: Transaction, talk_ids: Collection[int]) -> frozenset[int]:
    """Give those of some talks in which danger was told."""
    query = select(IncomingRow.conversation_id).where(
        IncomingRow.conversation_id.in_(talk_ids), IncomingRow.danger != Level.NONE
    )
    return frozenset(found for found in tx.scalars(query) if found is not None)
