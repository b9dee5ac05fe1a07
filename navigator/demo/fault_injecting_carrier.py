"""The simulator's phone company: a console carrier on which faults can be switched on."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from navigator.container import Container
from navigator.messaging.simulated_phone_line import Fault, active_faults, lost_messages
from navigator.storage.database import Database
from sms.carrier import Carrier, Sent
from sms.carrier_errors import OptedOut, TryLater, Uncertain
from sms.inbound_message import InboundMessage

OPTED_OUT_CODE, QUEUE_CODE = 21610, 20429


class FaultInjectingCarrier:
    """A Carrier of the demo: it shows messages on the simulator, with the faults chosen there."""

    def __init__(
        self,
        carrier: Carrier,
        database: Database,
        lost: Callable[[], Iterable[tuple[datetime, InboundMessage]]],
    ) -> None:
        """Take the carrier beneath, where faults are read, and the texts that never reached us."""
        self._carrier = carrier
        self._database = database
        self._lost = lost

    def send(self, *, to: str, body: str, reference: str) -> Sent:
        """Send a message, unless a fault is switched on."""
        with self._database.unit_of_work() as uow:
            faults = active_faults(uow)
        if Fault.DOWN in faults:
            raise TryLater(QUEUE_CODE)
        if Fault.OPTED_OUT in faults:
            raise OptedOut(OPTED_OUT_CODE)
        sent = self._carrier.send(to=to, body=body, reference=reference)
        if Fault.UNSURE in faults:
            raise Uncertain
        return sent

    def find(
        self, *, to: str, body: str, since: datetime, known: Collection[str] = ()
    ) -> Sent | None:
        """Look for a message that was perhaps taken."""
        return self._carrier.find(to=to, body=body, since=since, known=known)

    def redact(self, sid: str) -> None:
        """Remove the words of a text."""
        self._carrier.redact(sid)

    def delete(self, sid: str) -> None:
        """Remove a text."""
        self._carrier.delete(sid)

    def status_of(self, sid: str) -> str | None:
        """Give the status of a text."""
        return self._carrier.status_of(sid)

    def received_since(self, moment: datetime) -> Iterator[InboundMessage]:
        """Give the texts that reached the carrier and never us."""
        for came_at, incoming in self._lost():
            if came_at >= moment:
                yield incoming


def with_simulated_carrier(container: Container) -> Container:
    """Give an instance with the simulator's carrier in place of its own."""

    def lost() -> Iterator[tuple[datetime, InboundMessage]]:
        for kept in lost_messages(container).kept():
            yield kept.came_at, kept.incoming

    carrier = FaultInjectingCarrier(container.carrier, container.database, lost)
    return replace(container, carrier=carrier)
