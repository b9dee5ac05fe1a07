"""A talk as it reads: what came in, what was answered, and what became of each text of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from navigator.storage import deliveries, incoming, outbox
from navigator.storage.database import Transaction
from navigator.storage.outbox import Letter, LetterState
from navigator.vault import Vault
from sms.segments import Size, measure
from sms.status import DeliveryStatus, derive


@dataclass(frozen=True, slots=True)
class Line:
    """One text: `who` is person, us or staff; `fate` is empty for what needs no word."""

    who: str
    text: str
    at: datetime
    size: Size
    fate: str = ""
    danger: bool = False


def transcript(
    tx: Transaction, vault: Vault, *, talk_id: int | None, number: str, since: datetime | None
) -> tuple[Line, ...]:
    """Put texts in and out in the order of writing; `since` hides an earlier talk."""
    lines: list[Line] = []
    if talk_id is not None:
        for one in incoming.exchanges(tx, vault, talk_id, since=since):
            danger = one.danger not in {"", "none"}
            lines.append(Line("person", one.body, one.at, measure(one.body), danger=danger))
            if one.reply:
                lines.append(Line("us", one.reply, one.at, measure(one.reply)))
    letters = outbox.to_number(tx, vault, number)
    told = deliveries.statuses_of(tx, [one.carrier_sid for one in letters if one.carrier_sid])
    for letter in letters:
        if since is None or letter.created_at >= since:
            who = "staff" if letter.kind == "person" else "us"
            fate = fate_of(letter, told.get(letter.carrier_sid or "", ()))
            lines.append(Line(who, letter.body, letter.created_at, measure(letter.body), fate))
    return tuple(sorted(lines, key=lambda line: line.at))


def fate_of(letter: Letter, told: Sequence[str]) -> str:
    """Say what became of a letter: where it is here, or how far the carrier says it came."""
    if letter.state is not LetterState.SENT:
        return str(letter.state)
    status = derive(told)
    return str(LetterState.SENT if status is DeliveryStatus.UNKNOWN else status)


def cost(lines: Sequence[Line]) -> int:
    """Give how many segments our texts took."""
    return sum(line.size.segments for line in lines if line.who != "person")
