"""The way of a text between the simulator's phone and us, with the faults that are switched on."""

from collections.abc import Callable
from dataclasses import dataclass

from navigator.actions.phoning import (
    Fault,
    late_folder,
    lost_folder,
    reports_of,
    switched_on,
)
from navigator.parts import Parts
from navigator.storage import deliveries, outbox
from navigator.texting.spooling import Spool
from sms.incoming import Incoming


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """Brings texts to us, and reports on letters: `deliver` and `tell` do it without a fault."""

    parts: Parts
    deliver: Callable[[Incoming], object]
    tell: Callable[[str, str], object]
    """Takes the carrier's id of a letter, and a status."""

    def text(self, incoming: Incoming) -> None:
        """Bring a text to us: once, twice, later, or never."""
        faults, late = self._faults(), self._late
        if Fault.LOST in faults:
            home = self.parts.settings.home
            Spool(lost_folder(home), self.parts.vault).add(incoming, "", now=self.parts.now())
        elif Fault.LATE in faults or (Fault.REORDERED in faults and not any(late.count())):
            late.add(incoming, "", now=self.parts.now())
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
        with self.parts.database.transaction() as tx:
            faults = switched_on(tx)
            sids = sorted(outbox.sids_to(tx, self.parts.vault, number))
            told = deliveries.statuses_of(tx, sids)
        for sid in sids:
            for known, status in reports_of(sid, faults) if sid not in told else ():
                self.tell(known, status)

    @property
    def _late(self) -> Spool:
        return Spool(late_folder(self.parts.settings.home), self.parts.vault)

    def _faults(self) -> frozenset[Fault]:
        with self.parts.database.transaction() as tx:
            return switched_on(tx)

    def _bring_late(self) -> None:
        late = self._late
        for kept in late.kept():
            self.deliver(kept.incoming)
            late.drop(kept)
