"""An instance with the simulator's phone company in place of a real carrier (demo only)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from navigator.container import Container
from navigator.demo.fault_injecting_carrier import FaultInjectingCarrier, lost_folder
from navigator.messaging.inbound.disk_spool import DiskSpool
from sms.inbound_message import InboundMessage


def with_simulated_carrier(container: Container) -> Container:
    """Give the parts with the simulator's carrier; those with a real one as they are."""
    if not container.settings.demo or container.settings.texts_for_real:
        return container

    def lost() -> Iterator[tuple[datetime, InboundMessage]]:
        for kept in DiskSpool(lost_folder(container.settings.home), container.encryption).kept():
            yield kept.came_at, kept.incoming

    return replace(
        container, carrier=FaultInjectingCarrier(container.carrier, container.database, lost)
    )
