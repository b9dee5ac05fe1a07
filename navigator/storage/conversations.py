"""Talks by text: one row a number, under its keyed hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, delete, insert, select, update

from navigator.domain.pace import Pace
from navigator.domain.speaking import Speaker
from navigator.storage.database import Transaction
from navigator.storage.incoming import Exchange, exchanges, forget, remember, reply_to
from navigator.storage.rows import ConversationRow
from navigator.vault import Vault

__all__ = [
    "Exchange",
    "Speaker",
    "Talk",
    "begin",
    "erase",
    "exchanges",
    "find",
    "forget",
    "idle",
    "keep",
    "of_number",
    "remember",
    "reply_to",
    "set_opted_out",
    "spoken_by",
    "turn_to",
]

# Made once, and sent past the objects of the library: every text goes through these.
_TALKS = cast("Table", ConversationRow.__table__)
_OF_NUMBER = select(_TALKS).where(_TALKS.c.number_hash == bindparam("key"))
_OF_NUMBER_HELD = _OF_NUMBER.with_for_update()
_BEGIN = insert(_TALKS).returning(_TALKS)
_WRITE = update(_TALKS).where(_TALKS.c.id == bindparam("talk_id"))


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as it stands; `state` is the interview's own text, opened."""

    id: int
    number: str
    state: str
    language: str
    speaker: Speaker
    opted_out: bool
    started_at: datetime
    heard_at: datetime
    idle_step: int
    """How many times its silence was acted on: 0 not yet, 1 reminded, 2 closed."""
    asked_at: datetime | None
    """Since when a person is waited for."""
    called_at: datetime | None
    """When others were called because nobody came."""
    person_at: datetime | None
    """When a navigator last wrote, or took the talk."""
    pace: Pace
    new: bool = False


def begin(tx: Transaction, vault: Vault, number: str, *, language: str, now: datetime) -> Talk:
    """Begin the talk with a number that has none."""
    values = {
        "number_hash": vault.hash(number),
        "number_sealed": vault.seal(number),
        "state_sealed": vault.seal(""),
        "language": language,
        "mode": Speaker.BOT,
        "started_at": now,
        "heard_at": now,
        "idle_step": 0,
        "burst": 0,
        "day": 0,
    }
    return _talk(tx.connection().execute(_BEGIN, values).one(), vault, new=True)


def find(tx: Transaction, vault: Vault, talk_id: int, *, hold: bool = False) -> Talk | None:
    """Find a talk by its id; `hold` keeps everybody else off it until the transaction ends."""
    query = select(_TALKS).where(_TALKS.c.id == talk_id)
    row = tx.execute(query.with_for_update() if hold else query).first()
    return None if row is None else _talk(row, vault)


def of_number(tx: Transaction, vault: Vault, number: str, *, hold: bool = False) -> Talk | None:
    """Find the talk with a number; `hold` keeps everybody else off it, as above."""
    query = _OF_NUMBER_HELD if hold else _OF_NUMBER
    row = tx.connection().execute(query, {"key": vault.hash(number)}).first()
    return None if row is None else _talk(row, vault)


def spoken_by(tx: Transaction, vault: Vault, *speakers: Speaker) -> tuple[Talk, ...]:
    """List the talks that certain speakers have, the longest waiting first."""
    query = select(_TALKS).where(_TALKS.c.mode.in_(speakers)).order_by(_TALKS.c.heard_at)
    return tuple(_talk(row, vault) for row in tx.execute(query))


def idle(tx: Transaction, *, now: datetime, most: int = 50) -> list[int]:
    """List the ids of talks whose silence is to be acted on, the longest due first."""
    query = select(ConversationRow.id).where(ConversationRow.idle_at <= now)
    return list(tx.scalars(query.order_by(ConversationRow.idle_at).limit(most)))


def keep(
    tx: Transaction,
    vault: Vault,
    talk_id: int,
    *,
    state: str,
    language: str,
    idle_at: datetime | None,
    pace: Pace | None = None,
    **more: Any,
) -> None:
    """Write down where a talk stands; `more` are heard_at, started_at, idle_step."""
    values: dict[str, Any] = {
        "state_sealed": vault.seal(state),
        "language": language,
        "idle_at": idle_at,
        **more,
    }
    if pace is not None:
        values |= {
            "burst_at": pace.burst_at,
            "burst": pace.burst,
            "day_at": pace.day_at,
            "day": pace.day,
        }
    _write(tx, talk_id, values)


def turn_to(tx: Transaction, talk: Talk, speaker: Speaker, *, now: datetime) -> None:
    """Give the word to a speaker, and set the clocks of waiting."""
    clocks: Mapping[Speaker, dict[str, Any]] = {
        Speaker.BOT: {"asked_at": None, "called_at": None, "person_at": None},
        Speaker.WAITING: {"asked_at": talk.asked_at or now},
        Speaker.PERSON: {"asked_at": None, "called_at": None, "person_at": now},
    }
    _write(tx, talk.id, {"mode": speaker, **clocks[speaker]})


def called(tx: Transaction, talk_id: int, *, now: datetime) -> None:
    """Write down that others were called because nobody came."""
    _write(tx, talk_id, {"called_at": now})


def set_opted_out(tx: Transaction, talk_id: int, moment: datetime | None) -> None:
    """Write down that a number opted out at a moment, or, with None, came back."""
    _write(tx, talk_id, {"opted_out_at": moment, "idle_at": None})


def erase(tx: Transaction, vault: Vault, talk: Talk) -> None:
    """Forget a talk and the words of all texts in it; an opt-out is still obeyed afterwards."""
    forget(tx, vault, talk.id)
    if not talk.opted_out:
        tx.execute(delete(ConversationRow).where(ConversationRow.id == talk.id))
        return
    nothing = vault.seal("")
    _write(tx, talk.id, {"number_sealed": nothing, "state_sealed": nothing, "mode": Speaker.BOT})


def _write(tx: Transaction, talk_id: int, values: Mapping[str, Any]) -> None:
    tx.connection().execute(_WRITE, {"talk_id": talk_id, **values})


def _talk(row: Row[Any], vault: Vault, *, new: bool = False) -> Talk:
    return Talk(
        id=row.id,
        number=vault.open(row.number_sealed),
        state=vault.open(row.state_sealed),
        language=row.language,
        speaker=Speaker(row.mode),
        opted_out=row.opted_out_at is not None,
        started_at=row.started_at,
        heard_at=row.heard_at,
        idle_step=row.idle_step,
        asked_at=row.asked_at,
        called_at=row.called_at,
        person_at=row.person_at,
        pace=Pace(row.burst_at, row.burst, row.day_at, row.day),
        new=new,
    )
