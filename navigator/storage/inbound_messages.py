"""Texts that came in, each remembered by its carrier id with its reply: one effect, ever."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, insert, select, update

from navigator.nlp.danger.detector import DangerLevel
from navigator.storage.tables import InboundMessageRow
from navigator.storage.unit_of_work import UnitOfWork

# Made once, and sent past the objects of the library: every text goes through these.
_MESSAGES = cast("Table", InboundMessageRow.__table__)
_FIND_REPLY = select(_MESSAGES.c.reply_sealed).where(_MESSAGES.c.sid == bindparam("sid"))
_REMEMBER = insert(_MESSAGES)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One text that came in and the reply to it; an empty reply means silence."""

    body: str
    reply: str
    danger: str
    at: datetime
    segments: int = 0
    """What the reply cost."""


def find_reply(uow: UnitOfWork, sid: str) -> str | None:
    """Give the reply that a text had already; None when it was never seen."""
    sealed = uow.session.connection().scalar(_FIND_REPLY, {"sid": sid})
    return None if sealed is None else uow.encryption.decrypt(sealed)


def remember_message(
    uow: UnitOfWork, *, sid: str, conversation_id: int | None, exchange: Exchange
) -> None:
    """Remember a text by its carrier id, with its reply: its effect is in this transaction."""
    values = {
        "sid": sid,
        "conversation_id": conversation_id,
        "body_sealed": uow.encryption.encrypt(exchange.body),
        "reply_sealed": uow.encryption.encrypt(exchange.reply),
        "danger": exchange.danger,
        "at": exchange.at,
        "segments": exchange.segments,
    }
    uow.session.connection().execute(_REMEMBER, values)


def replace_reply(uow: UnitOfWork, *, sid: str, reply: str) -> None:
    """Write down that a text was answered in other words than those that were meant for it."""
    change = update(InboundMessageRow).where(InboundMessageRow.sid == sid)
    uow.session.execute(change.values(reply_sealed=uow.encryption.encrypt(reply)))


def list_exchanges(
    uow: UnitOfWork,
    conversation_id: int,
    *,
    since: datetime | None = None,
    last: int = 50,
) -> list[Exchange]:
    """List the last exchanges of a conversation, oldest first; before `since` it was another's."""
    query = select(InboundMessageRow).where(InboundMessageRow.conversation_id == conversation_id)
    if since is not None:
        query = query.where(InboundMessageRow.at >= since)
    rows = list(uow.session.scalars(query.order_by(InboundMessageRow.at.desc()).limit(last)))
    return [
        Exchange(
            uow.encryption.decrypt(row.body_sealed),
            uow.encryption.decrypt(row.reply_sealed),
            row.danger,
            row.at,
            row.segments,
        )
        for row in reversed(rows)
    ]


def list_sids(uow: UnitOfWork, conversation_id: int) -> list[str]:
    """List the carrier ids of the texts of a conversation."""
    query = select(InboundMessageRow.sid).where(
        InboundMessageRow.conversation_id == conversation_id
    )
    return list(uow.session.scalars(query))


def erase_words(uow: UnitOfWork, conversation_id: int) -> None:
    """Forget the words of a conversation; the ids stay: a late copy must have no second effect."""
    nothing = uow.encryption.encrypt("")
    uow.session.execute(
        update(InboundMessageRow)
        .where(InboundMessageRow.conversation_id == conversation_id)
        .values(conversation_id=None, body_sealed=nothing, reply_sealed=nothing)
    )


def exists(uow: UnitOfWork, sid: str) -> bool:
    """Say whether a text was taken in."""
    return (
        uow.session.scalar(select(InboundMessageRow.sid).where(InboundMessageRow.sid == sid))
        is not None
    )


def sum_segments_since(uow: UnitOfWork, moment: datetime) -> int:
    """Give what the replies since a moment cost, in segments."""
    query = select(func.coalesce(func.sum(InboundMessageRow.segments), 0))
    return int(uow.session.scalar(query.where(InboundMessageRow.at >= moment)) or 0)


def count_since(uow: UnitOfWork, moment: datetime) -> int:
    """Give how many texts came in since a moment."""
    return int(
        uow.session.scalar(
            select(func.count(InboundMessageRow.sid)).where(InboundMessageRow.at >= moment)
        )
        or 0
    )


def list_endangered(uow: UnitOfWork, conversation_ids: Collection[int]) -> frozenset[int]:
    """List those of some conversations in which danger was told."""
    query = select(InboundMessageRow.conversation_id).where(
        InboundMessageRow.conversation_id.in_(conversation_ids),
        InboundMessageRow.danger != DangerLevel.NONE,
    )
    return frozenset(found for found in uow.session.scalars(query) if found is not None)
