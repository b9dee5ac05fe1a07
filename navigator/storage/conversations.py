"""Conversations by text: one row a number, under its keyed hash."""

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
_CONVERSATIONS = cast("Table", ConversationRow.__table__)
_BY_NUMBER = select(_CONVERSATIONS).where(_CONVERSATIONS.c.number_hash == bindparam("key"))
_BY_NUMBER_HELD = _BY_NUMBER.with_for_update()
_BEGIN = insert(_CONVERSATIONS).returning(_CONVERSATIONS)
_WRITE = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("conversation_id"))


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it stands; `state` is the interview's own text, opened."""

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
    """When a navigator last wrote, or took the conversation."""
    pace: MessageCounts
    new: bool = False


def create(uow: UnitOfWork, number: str, *, language: str, now: datetime) -> Conversation:
    """Begin the conversation with a number that has none."""
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
    return _conversation(
        uow.session.connection().execute(_BEGIN, values).one(), uow.encryption, new=True
    )


def find(uow: UnitOfWork, conversation_id: int, *, hold: bool = False) -> Conversation | None:
    """Find a conversation by its id; `hold` locks it for all others until the transaction ends."""
    query = select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id)
    row = uow.session.execute(query.with_for_update() if hold else query).first()
    return None if row is None else _conversation(row, uow.encryption)


def find_by_number(uow: UnitOfWork, number: str, *, hold: bool = False) -> Conversation | None:
    """Find the conversation with a number; `hold` locks it, as above."""
    query = _BY_NUMBER_HELD if hold else _BY_NUMBER
    row = (
        uow.session.connection().execute(query, {"key": uow.encryption.keyed_hash(number)}).first()
    )
    return None if row is None else _conversation(row, uow.encryption)


def list_by_speaker(uow: UnitOfWork, *speakers: Speaker) -> tuple[Conversation, ...]:
    """List the conversations that certain speakers have, the longest waiting first."""
    query = (
        select(_CONVERSATIONS)
        .where(_CONVERSATIONS.c.mode.in_(speakers))
        .order_by(_CONVERSATIONS.c.heard_at)
    )
    return tuple(_conversation(row, uow.encryption) for row in uow.session.execute(query))


def list_idle(uow: UnitOfWork, *, now: datetime, most: int = 50) -> list[int]:
    """List the ids of those whose silence is to be acted on, the longest due first."""
    query = select(ConversationRow.id).where(ConversationRow.idle_at <= now)
    return list(uow.session.scalars(query.order_by(ConversationRow.idle_at).limit(most)))


def save(
    uow: UnitOfWork,
    conversation_id: int,
    *,
    state: str,
    language: str,
    idle_at: datetime | None,
    idle_step: int | None = None,
) -> None:
    """Write down where a conversation stands, and when its silence is to be acted on."""
    values = _state_values(uow, state=state, language=language, idle_at=idle_at)
    if idle_step is not None:
        values["idle_step"] = idle_step
    _write(uow, conversation_id, values)


def save_heard(
    uow: UnitOfWork,
    conversation: Conversation,
    *,
    state: str,
    language: str,
    idle_at: datetime | None,
    number: str,
    now: datetime,
) -> None:
    """Write down where a conversation stands after a text of the person, counted in its pace.

    `number` is written again where ERASE had emptied it: the person is back.
    """
    pace = conversation.pace
    values = _state_values(uow, state=state, language=language, idle_at=idle_at) | {
        "idle_step": 0,
        "heard_at": now,
        "burst_at": pace.burst_at,
        "burst": pace.burst,
        "day_at": pace.day_at,
        "day": pace.day,
    }
    if conversation.new:
        values["started_at"] = now
    if not conversation.number:
        values["number_sealed"] = uow.encryption.encrypt(number)
    _write(uow, conversation.id, values)


def _state_values(
    uow: UnitOfWork, *, state: str, language: str, idle_at: datetime | None
) -> dict[str, Any]:
    return {
        "state_sealed": uow.encryption.encrypt(state),
        "language": language,
        "idle_at": idle_at,
    }


def set_speaker(
    uow: UnitOfWork, conversation: Conversation, speaker: Speaker, *, now: datetime
) -> None:
    """Give the word to a speaker, and set the clocks of waiting."""
    clocks: Mapping[Speaker, dict[str, Any]] = {
        Speaker.BOT: {"asked_at": None, "called_at": None, "person_at": None},
        Speaker.WAITING: {"asked_at": conversation.asked_at or now},
        Speaker.PERSON: {"asked_at": None, "called_at": None, "person_at": now},
    }
    _write(uow, conversation.id, {"mode": speaker, **clocks[speaker]})


def mark_escalated(uow: UnitOfWork, conversation_id: int, *, now: datetime) -> None:
    """Write down that others were called because nobody came."""
    _write(uow, conversation_id, {"called_at": now})


def set_opted_out(uow: UnitOfWork, conversation_id: int, moment: datetime | None) -> None:
    """Write down that a number opted out at a moment, or, with None, came back."""
    _write(uow, conversation_id, {"opted_out_at": moment, "idle_at": None})


def erase(uow: UnitOfWork, conversation: Conversation) -> None:
    """Forget a conversation and the words of its texts; an opt-out is still obeyed afterwards."""
    erase_words(uow, conversation.id)
    if not conversation.opted_out:
        uow.session.execute(delete(ConversationRow).where(ConversationRow.id == conversation.id))
        return
    nothing = uow.encryption.encrypt("")
    _write(
        uow,
        conversation.id,
        {"number_sealed": nothing, "state_sealed": nothing, "mode": Speaker.BOT},
    )


def _write(uow: UnitOfWork, conversation_id: int, values: Mapping[str, Any]) -> None:
    uow.session.connection().execute(_WRITE, {"conversation_id": conversation_id, **values})


def _conversation(row: Row[Any], encryption: Encryptor, *, new: bool = False) -> Conversation:
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
