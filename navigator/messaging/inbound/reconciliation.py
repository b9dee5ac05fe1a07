"""Take in what was missed: texts kept on disk, and those that only the carrier knows of."""

import logging
from datetime import datetime

from navigator.container import Container
from navigator.messaging.inbound.disk_spool import DiskSpool, SpooledMessage
from navigator.messaging.inbound.message_handler import LateMessage, handle_message
from navigator.storage.database import Unreachable
from navigator.storage.inbound_messages import exists
from sms.inbound_message import InboundMessage

LOG = logging.getLogger(__name__)


def take_in_spooled(container: Container, *, of: InboundMessage | None = None) -> int:
    """Take in the texts on disk, oldest first; stop where the database is away again.

    With `of`, only the texts of the number that sent it; raises Unreachable then.
    """
    spool = DiskSpool(container.settings.home, container.encryption)
    taken = 0
    for kept in spool.kept(of=of):
        try:
            _take_in(container, kept)
        except Unreachable:
            if of is not None:
                raise
            break
        except Exception as error:  # noqa: BLE001
            # A text that breaks us must not hold up the others; a person looks at it.
            LOG.error("a kept text was put aside (%s)", type(error).__name__)
            spool.put_aside(kept.path)
            continue
        spool.drop(kept)
        taken += 1
    return taken


def _take_in(container: Container, kept: SpooledMessage) -> None:
    handle_message(container, kept.incoming, late=LateMessage(kept.acknowledged, kept.came_at))


def reconcile(container: Container, since: datetime) -> tuple[int, int]:
    """Ask the carrier what came in since then and take in what was missed: (looked at, missed).

    Raises CarrierTrouble where the carrier can't tell.
    """
    looked_at = missed = 0
    for incoming in container.carrier.received_since(since):
        looked_at += 1
        with container.database.unit_of_work() as uow:
            known = exists(uow, incoming.sid)
        if not known:
            handle_message(container, incoming, late=LateMessage("", since))
            missed += 1
    return looked_at, missed
