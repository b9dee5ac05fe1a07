"""Talks by text: one row a number, under its keyed hash; what came in is remembered by its id."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update

from navigator.storage.database import Transaction
from navigator.storage.rows import ConversationRow, IncomingRow
from navigator.vault import Vault


class Speaker(StrEnum):
    """Who answers: the bot, nobody yet (a person was asked for), or a person."""

    BOT = "bot"
    WAITING = "waiting"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as it stands; `state` is the interview's own text, opened."""

    id: int
    number: str
    state: str
    language: str
    speaker: Speaker
    opted_out: bool
    heard_at: datetime
    new: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One text that came in and the reply to it; an empty reply means silence."""

    body: str
    reply: str
    danger: str
    at: datetime


def reply_to(tx: Transaction, vault: Vault, sid: str) -> str | None:
    """Give the reply that a text had already; None when it was never seen."""
    sealed = tx.scalar(select(IncomingRow.reply_sealed).where(IncomingRow.sid == sid))
    return None if sealed is None else vault.open(sealed)


def with_number(
    tx: Transaction, vault: Vault, number: str, *, language: str, now: datetime
) -> Talk:
    """Find the talk with a number and hold it for this transaction; begin one if there is none."""
    key = vault.hash(number)
    query = select(ConversationRow).where(ConversationRow.number_hash == key).with_for_update()
    row = tx.scalars(query).first()
    if row is not None:
        return _talk(row, vault)
    row = ConversationRow(
        number_hash=key,
        number_sealed=vault.seal(number),
        state_sealed=vault.seal(""),
        language=language,
        mode=Speaker.BOT,
        opted_out_at=None,
        started_at=now,
        heard_at=now,
    )
    tx.add(row)
    tx.flush()
    return _talk(row, vault, new=True)


def find(tx: Transaction, vault: Vault, talk_id: int) -> Talk | None:
    """Find a talk by its id."""
    row = tx.get(ConversationRow, talk_id)
    return None if row is None else _talk(row, vault)


def of_number(tx: Transaction, vault: Vault, number: str) -> Talk | None:
    """Find the talk with a number, without beginning one."""
    key = vault.hash(number)
    row = tx.scalars(select(ConversationRow).where(ConversationRow.number_hash == key)).first()
    return None if row is None else _talk(row, vault)


def spoken_by(tx: Transaction, vault: Vault, *speakers: Speaker) -> tuple[Talk, ...]:
    """List the talks that certain speakers have, the longest waiting first."""
    query = select(ConversationRow).where(ConversationRow.mode.in_(speakers))
    return tuple(_talk(row, vault) for row in tx.scalars(query.order_by(ConversationRow.heard_at)))


def keep(
    tx: Transaction,
    vault: Vault,
    talk_id: int,
    *,
    state: str,
    language: str,
    speaker: Speaker,
    now: datetime,
) -> None:
    """Write down where a talk stands."""
    tx.execute(
        update(ConversationRow)
        .where(ConversationRow.id == talk_id)
        .values(state_sealed=vault.seal(state), language=language, mode=speaker, heard_at=now)
    )


def hand(tx: Transaction, talk_id: int, speaker: Speaker) -> None:
    """Give the word to another speaker."""
    tx.execute(update(ConversationRow).where(ConversationRow.id == talk_id).values(mode=speaker))


def set_opted_out(tx: Transaction, talk_id: int, moment: datetime | None) -> None:
    """Write down that a number opted out at a moment, or, with None, came back."""
    tx.execute(
        update(ConversationRow).where(ConversationRow.id == talk_id).values(opted_out_at=moment)
    )


def remember(
    tx: Transaction,
    vault: Vault,
    *,
    sid: str,
    talk_id: int | None,
    exchange: Exchange,
) -> None:
    """Remember a text by its carrier id, with its reply: its effect is in this transaction."""
    tx.add(
        IncomingRow(
            sid=sid,
            conversation_id=talk_id,
            body_sealed=vault.seal(exchange.body),
            reply_sealed=vault.seal(exchange.reply),
            danger=exchange.danger,
            at=exchange.at,
        )
    )
    tx.flush()


def exchanges(tx: Transaction, vault: Vault, talk_id: int, *, last: int = 50) -> list[Exchange]:
    """List the last exchanges of a talk, oldest first."""
    query = (
        select(IncomingRow)
        .where(IncomingRow.conversation_id == talk_id)
        .order_by(IncomingRow.at.desc())
        .limit(last)
    )
    rows = list(tx.scalars(query))
    return [
        Exchange(vault.open(row.body_sealed), vault.open(row.reply_sealed), row.danger, row.at)
        for row in reversed(rows)
    ]


def erase(tx: Transaction, talk_id: int) -> None:
    """Forget a talk and all texts in it."""
    tx.execute(delete(IncomingRow).where(IncomingRow.conversation_id == talk_id))
    tx.execute(delete(ConversationRow).where(ConversationRow.id == talk_id))


def _talk(row: ConversationRow, vault: Vault, *, new: bool = False) -> Talk:
    return Talk(
        id=row.id,
        number=vault.open(row.number_sealed),
        state=vault.open(row.state_sealed),
        language=row.language,
        speaker=Speaker(row.mode),
        opted_out=row.opted_out_at is not None,
        heard_at=row.heard_at,
        new=new,
    )
