"""A conversation as it reads: what came in, what was answered, what became of each text of ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from navigator.nlp.danger.detector import DangerLevel
from navigator.storage import delivery_reports, inbound_messages, outbox
from navigator.storage.outbox import OutboxMessage, OutboxState
from navigator.storage.unit_of_work import UnitOfWork
from sms.delivery_status import DeliveryStatus, derive_status
from sms.segments import MessageSize, measure


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One text: `author` is person, us or staff; `status` is empty where it needs no word."""

    author: str
    text: str
    at: datetime
    size: MessageSize
    status: str = ""
    danger: bool = False


def build_transcript(
    uow: UnitOfWork, *, conversation_id: int | None, number: str, since: datetime | None
) -> tuple[TranscriptLine, ...]:
    """Put texts in and out in the order of writing; `since` hides an earlier conversation."""
    exchanged = () if conversation_id is None else _exchanged(uow, conversation_id, since)
    lines = [*exchanged, *_sent(uow, number, since)]
    return tuple(sorted(lines, key=lambda line: line.at))


def _exchanged(
    uow: UnitOfWork, conversation_id: int, since: datetime | None
) -> Iterator[TranscriptLine]:
    for exchange in inbound_messages.list_exchanges(uow, conversation_id, since=since):
        danger = exchange.danger not in {"", DangerLevel.NONE}
        size = measure(exchange.body)
        yield TranscriptLine("person", exchange.body, exchange.at, size, danger=danger)
        if exchange.reply:
            yield TranscriptLine("us", exchange.reply, exchange.at, measure(exchange.reply))


def _sent(uow: UnitOfWork, number: str, since: datetime | None) -> Iterator[TranscriptLine]:
    messages = outbox.list_to_number(uow, number)
    sids = [message.carrier_sid for message in messages if message.carrier_sid]
    reported = delivery_reports.list_statuses_by_sid(uow, sids)
    for message in messages:
        if since is None or message.created_at >= since:
            author = "staff" if message.kind == "person" else "us"
            status = message_status(message, reported.get(message.carrier_sid or "", ()))
            size = measure(message.body)
            yield TranscriptLine(author, message.body, message.created_at, size, status)


def message_status(message: OutboxMessage, reported: Sequence[str]) -> str:
    """Say what became of a message: where it is here, or how far the carrier says it came."""
    if message.state is not OutboxState.SENT:
        return str(message.state)
    status = derive_status(reported)
    return str(OutboxState.SENT if status is DeliveryStatus.UNKNOWN else status)


def cost_in_segments(lines: Sequence[TranscriptLine]) -> int:
    """Give how many segments our texts took."""
    return sum(line.size.segments for line in lines if line.author != "person")
