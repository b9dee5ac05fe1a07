"""The working twin of a carrier: shows what would be sent, and sends nothing."""

import secrets
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sms.carrier import Sent
from sms.inbound_message import InboundMessage

REMEMBERED = 1000
"""Messages kept, so that a demo that runs for weeks can't fill the memory."""


@dataclass(frozen=True, slots=True)
class ConsoleMessage:
    """One message as the twin was given it."""

    sid: str
    to: str
    body: str
    reference: str
    at: datetime


def new_sid() -> str:
    """Return a message sid of the carrier's shape."""
    return "SM" + secrets.token_hex(16)


class ConsoleCarrier:
    """A Carrier without a network; keeps its last messages in memory only."""

    def __init__(
        self, show: Callable[[ConsoleMessage], None], clock: Callable[[], datetime]
    ) -> None:
        """Take what shows (or stores) a message, and a clock that tells an aware now."""
        self._show = show
        self._clock = clock
        self._sent: deque[ConsoleMessage] = deque(maxlen=REMEMBERED)

    def send(self, *, to: str, body: str, reference: str) -> Sent:
        """Show a message; it counts as sent once it was shown."""
        shown = ConsoleMessage(new_sid(), to, body, reference, self._clock())
        self._show(shown)
        self._sent.append(shown)
        return Sent(shown.sid)

    def find(
        self, *, to: str, body: str, since: datetime, known: Collection[str] = ()
    ) -> Sent | None:
        """Look among the remembered messages, newest first."""
        for shown in reversed(self._sent):
            if (shown.to, shown.body) == (to, body) and shown.sid not in known:
                return Sent(shown.sid) if shown.at >= since else None
        return None

    def redact(self, sid: str) -> None:
        """Forget a message; there is nobody else who has it."""
        self.delete(sid)

    def delete(self, sid: str) -> None:
        """Forget a message."""
        kept = [shown for shown in self._sent if shown.sid != sid]
        self._sent = deque(kept, maxlen=REMEMBERED)

    def status_of(self, sid: str) -> str | None:
        """Return "delivered" for what is remembered: it was shown."""
        return "delivered" if any(shown.sid == sid for shown in self._sent) else None

    def received_since(self, moment: datetime) -> Iterator[InboundMessage]:
        """Yield nothing: whoever types on the console posts the message directly."""
        del moment
        return iter(())
