"""The way of a text between a simulated phone and us, with the faults that are switched on.

The phone in the terminal (`navigator talk`) uses it in both modes, so it is no part of the demo.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from navigator.container import Container
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.storage import delivery_reports, outbox, shared_flags
from navigator.storage.unit_of_work import UnitOfWork
from sms.inbound_message import InboundMessage

FLAG = "phone-faults"
"""The shared flag that holds the faults, so that every process sees them."""

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
    """The carrier refuses messages to this phone."""
    DOWN = "down"
    """The carrier takes nothing."""
    UNSURE = "unsure"
    """The carrier takes messages, but its answer is lost."""


def set_faults(uow: UnitOfWork, faults: Iterable[str], *, now: datetime) -> None:
    """Switch these faults on, and all others off."""
    shared_flags.set_flag(uow, FLAG, ",".join(sorted(set(faults) & set(Fault))), now=now)


def active_faults(uow: UnitOfWork) -> frozenset[Fault]:
    """Give the faults that are switched on."""
    return frozenset(Fault(word) for word in shared_flags.get_flag(uow, FLAG).split(",") if word)


def lost_messages(container: Container) -> DiskSpool:
    """Give the texts that never reached us."""
    return DiskSpool(container.settings.home / FOLDER / "lost", container.encryption)


def late_messages(container: Container) -> DiskSpool:
    """Give the texts that are still on their way."""
    return DiskSpool(container.settings.home / FOLDER / "late", container.encryption)


def statuses_reported(faults: frozenset[Fault]) -> list[str]:
    """Give the statuses that the carrier reports about a message, in the order of their coming."""
    statuses = ["sent", "delivered"]
    if Fault.REORDERED in faults:
        statuses.reverse()
    if Fault.DOUBLED in faults:
        statuses = [status for status in statuses for _ in range(2)]
    return statuses


@dataclass(frozen=True, slots=True)
class SimulatedPhoneLine:
    """Brings texts to us, and reports on messages: `deliver` and `report` do it without a fault."""

    container: Container
    deliver: Callable[[InboundMessage], object]
    report: Callable[[str, str], object]
    """Takes the carrier's id of a message, and a status."""

    def send(self, incoming: InboundMessage) -> None:
        """Bring a text to us: once, twice, later, or never."""
        faults, late = self._faults(), late_messages(self.container)
        if Fault.LOST in faults:
            lost_messages(self.container).add(incoming, "", now=self.container.now())
        elif Fault.LATE in faults or (Fault.REORDERED in faults and not any(late.count())):
            late.add(incoming, "", now=self.container.now())
        else:
            for _ in range(2 if Fault.DOUBLED in faults else 1):
                self.deliver(incoming)
            if Fault.REORDERED in faults:
                self._deliver_late()

    def look(self) -> None:
        """Bring what was late; what is to come after the next text waits for that one."""
        if Fault.REORDERED not in self._faults():
            self._deliver_late()

    def report_all(self, number: str) -> None:
        """Report what the carrier owes about messages to a phone."""
        with self.container.database.unit_of_work() as uow:
            faults = active_faults(uow)
            sids = sorted(outbox.list_sids_to_number(uow, number))
            reported = delivery_reports.list_statuses_by_sid(uow, sids)
        for sid in sids:
            for status in statuses_reported(faults) if sid not in reported else ():
                self.report(sid, status)

    def _faults(self) -> frozenset[Fault]:
        with self.container.database.unit_of_work() as uow:
            return active_faults(uow)

    def _deliver_late(self) -> None:
        late = late_messages(self.container)
        for kept in late.kept():
            self.deliver(kept.incoming)
            late.drop(kept)
