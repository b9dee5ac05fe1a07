"""The simulator's phone company: a console carrier on which faults can be switched on."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from navigator.storage import shared_flags
from navigator.storage.database import Database
from navigator.storage.unit_of_work import UnitOfWork
from sms.carrier import Carrier, Sent
from sms.carrier_errors import OptedOut, TryLater, Uncertain
from sms.inbound_message import InboundMessage

SIGN = "phone-faults"
OPTED_OUT_CODE, QUEUE_CODE = 21610, 20429
FOLDER = "phone"


class Fault(StrEnum):
    """What can go wrong on the way; several at once."""

    LATE = "late"
    """Texts arrive with the next look at the phone."""
    DOUBLED = "doubled"
    """Texts and reports are delivered twice."""
    REORDERED = "reordered"
    """A text arrives after the next one; reports come backwards."""
    LOST = "lost"
    """Texts reach the carrier, but never us: reconcile takes them in."""
    OPTED_OUT = "opted_out"
    """The carrier refuses letters to this phone."""
    DOWN = "down"
    """The carrier takes nothing."""
    UNSURE = "unsure"
    """The carrier takes letters, but its answer is lost."""


def set_faults(uow: UnitOfWork, faults: Iterable[str], *, now: datetime) -> None:
    """Switch these faults on, and all others off."""
    shared_flags.set_flag(uow, SIGN, ",".join(sorted(set(faults) & set(Fault))), now=now)


def active_faults(uow: UnitOfWork) -> frozenset[Fault]:
    """Give the faults that are switched on."""
    return frozenset(Fault(word) for word in shared_flags.get_flag(uow, SIGN).split(",") if word)


class FaultInjectingCarrier:
    """A Carrier of the demo: it shows letters on the simulator, with the faults chosen there."""

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
        """Send a letter, unless a fault is switched on."""
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
        """Look for a letter that was perhaps taken."""
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


def lost_folder(home: Path) -> Path:
    """Give the folder of the texts that never reached us."""
    return home / FOLDER / "lost"


def late_folder(home: Path) -> Path:
    """Give the folder of the texts that are still on their way."""
    return home / FOLDER / "late"


def reports_of(sid: str, faults: frozenset[Fault]) -> list[tuple[str, str]]:
    """Give the reports that the carrier posts about a letter: (sid, status), in their order."""
    statuses = ["sent", "delivered"]
    if Fault.REORDERED in faults:
        statuses.reverse()
    if Fault.DOUBLED in faults:
        statuses = [status for status in statuses for _ in range(2)]
    return [(sid, status) for status in statuses]
