"""A talk as it reads: what came in, what was answered, and what became of each text of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from navigator.storage import delivery_reports, inbound_messages, outbox
from navigator.storage.outbox import OutboxMessage, OutboxState
from navigator.storage.unit_of_work import UnitOfWork
from sms.delivery_status import DeliveryStatus, derive_status
from sms.segments import MessageSize, measure


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One text: `who` is person, us or staff; `fate` is empty for what needs no word."""

    who: str
    text: str
    at: datetime
    size: MessageSize
    fate: str = ""
    danger: bool = False


def build_transcript(
    uow: UnitOfWork, *, talk_id: int | None, number: str, since: datetime | None
) -> tuple[TranscriptLine, ...]:
    """Put texts in and out in the order of writing; `since` hides an earlier talk."""
    lines: list[TranscriptLine] = []
    if talk_id is not None:
        for one in inbound_messages.list_exchanges(uow, talk_id, since=since):
            danger = one.danger not in {"", "none"}
            lines.append(
                TranscriptLine("person", one.body, one.at, measure(one.body), danger=danger)
            )
            if one.reply:
                lines.append(TranscriptLine("us", one.reply, one.at, measure(one.reply)))
    letters = outbox.list_to_number(uow, number)
    told = delivery_reports.list_statuses_by_sid(
        uow, [one.carrier_sid for one in letters if one.carrier_sid]
    )
    for letter in letters:
        if since is None or letter.created_at >= since:
            who = "staff" if letter.kind == "person" else "us"
            fate = delivery_fate(letter, told.get(letter.carrier_sid or "", ()))
            lines.append(
                TranscriptLine(who, letter.body, letter.created_at, measure(letter.body), fate)
            )
    return tuple(sorted(lines, key=lambda line: line.at))


def delivery_fate(letter: OutboxMessage, told: Sequence[str]) -> str:
    """Say what became of a letter: where it is here, or how far the carrier says it came."""
    if letter.state is not OutboxState.SENT:
        return str(letter.state)
    status = derive_status(told)
    return str(OutboxState.SENT if status is DeliveryStatus.UNKNOWN else status)


def cost_in_segments(lines: Sequence[TranscriptLine]) -> int:
    """Give how many segments our texts took."""
    return sum(line.size.segments for line in lines if line.who != "person")
