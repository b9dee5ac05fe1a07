"""Talks by text: one row a number, under its keyed hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, delete, insert, select, update

from navigator.domain.handover import Speaker
from navigator.domain.rate_limit import MessageCounts
from navigator.encryption import Encryptor
from navigator.storage.inbound_messages import erase_words
from navigator.storage.tables import ConversationRow
from navigator.storage.unit_of_work import UnitOfWork

# Made once, and sent past the objects of the library: every text goes through these.
_TALKS = cast("Table", ConversationRow.__table__)
_OF_NUMBER = select(_TALKS).where(_TALKS.c.number_hash == bindparam("key"))
_OF_NUMBER_HELD = _OF_NUMBER.with_for_update()
_BEGIN = insert(_TALKS).returning(_TALKS)
_WRITE = update(_TALKS).where(_TALKS.c.id == bindparam("talk_id"))


@dataclass(frozen=True, slots=True)
class Conversation:
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
    pace: MessageCounts
    new: bool = False


def create(uow: UnitOfWork, number: str, *, language: str, now: datetime) -> Conversation:
    """Begin the talk with a number that has none."""
    values = {
        "number_hash": uow.encryption.keyed_hash(number),
        "number_sealed": uow.encryption.encrypt(number),
        "state_sealed": uow.encryption.encrypt(""),
        "language": language,
        "mode": Speaker.BOT,
        "started_at": now,
        "heard_at": now,
        "idle_step": 0,
        "burst": 0,
        "day": 0,
    }
    return _talk(uow.session.connection().execute(_BEGIN, values).one(), uow.encryption, new=True)


def find(uow: UnitOfWork, talk_id: int, *, hold: bool = False) -> Conversation | None:
    """Find a talk by its id; `hold` keeps everybody else off it until the transaction ends."""
    query = select(_TALKS).where(_TALKS.c.id == talk_id)
    row = uow.session.execute(query.with_for_update() if hold else query).first()
    return None if row is None else _talk(row, uow.encryption)


def find_by_number(uow: UnitOfWork, number: str, *, hold: bool = False) -> Conversation | None:
    """Find the talk with a number; `hold` keeps everybody else off it, as above."""
    query = _OF_NUMBER_HELD if hold else _OF_NUMBER
    row = (
        uow.session.connection().execute(query, {"key": uow.encryption.keyed_hash(number)}).first()
    )
    return None if row is None else _talk(row, uow.encryption)


def list_by_speaker(uow: UnitOfWork, *speakers: Speaker) -> tuple[Conversation, ...]:
    """List the talks that certain speakers have, the longest waiting first."""
    query = select(_TALKS).where(_TALKS.c.mode.in_(speakers)).order_by(_TALKS.c.heard_at)
    return tuple(_talk(row, uow.encryption) for row in uow.session.execute(query))


def list_idle(uow: UnitOfWork, *, now: datetime, most: int = 50) -> list[int]:
    """List the ids of talks whose silence is to be acted on, the longest due first."""
    query = select(ConversationRow.id).where(ConversationRow.idle_at <= now)
    return list(uow.session.scalars(query.order_by(ConversationRow.idle_at).limit(most)))


def save(
    uow: UnitOfWork,
    talk_id: int,
    *,
    state: str,
    language: str,
    idle_at: datetime | None,
    pace: MessageCounts | None = None,
    **more: Any,
) -> None:
    """Write down where a talk stands; `more` are heard_at, started_at, idle_step."""
    values: dict[str, Any] = {
        "state_sealed": uow.encryption.encrypt(state),
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
    _write(uow, talk_id, values)


def set_speaker(uow: UnitOfWork, talk: Conversation, speaker: Speaker, *, now: datetime) -> None:
    """Give the word to a speaker, and set the clocks of waiting."""
    clocks: Mapping[Speaker, dict[str, Any]] = {
        Speaker.BOT: {"asked_at": None, "called_at": None, "person_at": None},
        Speaker.WAITING: {"asked_at": talk.asked_at or now},
        Speaker.PERSON: {"asked_at": None, "called_at": None, "person_at": now},
    }
    _write(uow, talk.id, {"mode": speaker, **clocks[speaker]})


def mark_escalated(uow: UnitOfWork, talk_id: int, *, now: datetime) -> None:
    """Write down that others were called because nobody came."""
    _write(uow, talk_id, {"called_at": now})


def set_opted_out(uow: UnitOfWork, talk_id: int, moment: datetime | None) -> None:
    """Write down that a number opted out at a moment, or, with None, came back."""
    _write(uow, talk_id, {"opted_out_at": moment, "idle_at": None})


def erase(uow: UnitOfWork, talk: Conversation) -> None:
    """Forget a talk and the words of all texts in it; an opt-out is still obeyed afterwards."""
    erase_words(uow, talk.id)
    if not talk.opted_out:
        uow.session.execute(delete(ConversationRow).where(ConversationRow.id == talk.id))
        return
    nothing = uow.encryption.encrypt("")
    _write(uow, talk.id, {"number_sealed": nothing, "state_sealed": nothing, "mode": Speaker.BOT})


def _write(uow: UnitOfWork, talk_id: int, values: Mapping[str, Any]) -> None:
    uow.session.connection().execute(_WRITE, {"talk_id": talk_id, **values})


def _talk(row: Row[Any], encryption: Encryptor, *, new: bool = False) -> Conversation:
    return Conversation(
        id=row.id,
        number=encryption.decrypt(row.number_sealed),
        state=encryption.decrypt(row.state_sealed),
        language=row.language,
        speaker=Speaker(row.mode),
        opted_out=row.opted_out_at is not None,
        started_at=row.started_at,
        heard_at=row.heard_at,
        idle_step=row.idle_step,
        asked_at=row.asked_at,
        called_at=row.called_at,
        person_at=row.person_at,
        pace=MessageCounts(row.burst_at, row.burst, row.day_at, row.day),
        new=new,
    )
