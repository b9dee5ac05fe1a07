"""The port to whoever carries the messages: TwilioCarrier is real, ConsoleCarrier its twin."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sms.inbound_message import InboundMessage


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier has taken a message and knows it by this sid."""

    sid: str


class Carrier(Protocol):
    """Send, look up, redact and catch up; every method may raise a CarrierTrouble.

    Moments are aware datetimes; `to` is E.164.
    """

    def send(self, *, to: str, body: str, reference: str) -> Sent:
        """Send one message once; `reference` comes back with its status reports.

        Raises Uncertain where it may have been taken: then find() before sending again.
        """
        ...

    def find(
        self, *, to: str, body: str, since: datetime, known: Collection[str] = ()
    ) -> Sent | None:
        """Look for a message that was perhaps taken since then; `known` sids are others' letters.

        Raises TryLater, never Uncertain: looking changes nothing.
        """
        ...

    def redact(self, sid: str) -> None:
        """Remove the words of a message at the carrier; done already, or gone, is fine."""
        ...

    def delete(self, sid: str) -> None:
        """Remove a message with its pictures at the carrier; gone already is fine."""
        ...

    def status_of(self, sid: str) -> str | None:
        """Return the status that the carrier has for a message, None where it knows none."""
        ...

    def received_since(self, moment: datetime) -> Iterator[InboundMessage]:
        """Yield what came in for us since then, oldest first."""
        ...
