"""The way of a text between the simulator's phone and us, with the faults that are switched on."""

from collections.abc import Callable
from dataclasses import dataclass

from navigator.container import Container
from navigator.demo.fault_injecting_carrier import (
    Fault,
    active_faults,
    late_folder,
    lost_folder,
    reports_of,
)
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.storage import delivery_reports, outbox
from sms.inbound_message import InboundMessage


@dataclass(frozen=True, slots=True)
class SimulatedPhoneLine:
    """Brings texts to us, and reports on letters: `deliver` and `tell` do it without a fault."""

    container: Container
    deliver: Callable[[InboundMessage], object]
    tell: Callable[[str, str], object]
    """Takes the carrier's id of a letter, and a status."""

    def text(self, incoming: InboundMessage) -> None:
        """Bring a text to us: once, twice, later, or never."""
        faults, late = self._faults(), self._late
        if Fault.LOST in faults:
            home = self.container.settings.home
            DiskSpool(lost_folder(home), self.container.encryption).add(
                incoming, "", now=self.container.now()
            )
        elif Fault.LATE in faults or (Fault.REORDERED in faults and not any(late.count())):
            late.add(incoming, "", now=self.container.now())
        else:
            for _ in range(2 if Fault.DOUBLED in faults else 1):
                self.deliver(incoming)
            if Fault.REORDERED in faults:
                self._bring_late()

    def look(self) -> None:
        """Bring what was late; what is to come after the next text waits for that one."""
        if Fault.REORDERED not in self._faults():
            self._bring_late()

    def report(self, number: str) -> None:
        """Report what the carrier owes about letters to a phone."""
        with self.container.database.unit_of_work() as uow:
            faults = active_faults(uow)
            sids = sorted(outbox.list_sids_to_number(uow, number))
            told = delivery_reports.list_statuses_by_sid(uow, sids)
        for sid in sids:
            for known, status in reports_of(sid, faults) if sid not in told else ():
                self.tell(known, status)

    @property
    def _late(self) -> DiskSpool:
        return DiskSpool(late_folder(self.container.settings.home), self.container.encryption)

    def _faults(self) -> frozenset[Fault]:
        with self.container.database.unit_of_work() as uow:
            return active_faults(uow)

    def _bring_late(self) -> None:
        late = self._late
        for kept in late.kept():
            self.deliver(kept.incoming)
            late.drop(kept)
