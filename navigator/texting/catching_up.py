"""Take in what was missed: texts kept on disk, and those that only the carrier knows of."""

import logging
from datetime import datetime

from navigator.parts import Parts
from navigator.storage.database import Unreachable
from navigator.storage.incoming import seen
from navigator.texting.handling import Late, handle
from navigator.texting.spooling import Kept, Spool
from sms.incoming import Incoming

LOG = logging.getLogger(__name__)


def take_in_spooled(parts: Parts, *, of: Incoming | None = None) -> int:
    """Take in the texts on disk, oldest first; stop where the database is away again.

    With `of`, only the texts of the number that sent it; raises Unreachable then.
    """
    spool = Spool(parts.settings.home, parts.vault)
    taken = 0
    for kept in spool.kept(of=of):
        try:
            _take_in(parts, kept)
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


def _take_in(parts: Parts, kept: Kept) -> None:
    handle(parts, kept.incoming, late=Late(kept.acknowledged, kept.came_at))


def reconcile(parts: Parts, since: datetime) -> tuple[int, int]:
    """Ask the carrier what came in since then and take in what was missed: (looked at, missed).

    Raises CarrierTrouble where the carrier can't tell.
    """
    looked_at = missed = 0
    for incoming in parts.carrier.received_since(since):
        looked_at += 1
        with parts.database.transaction() as tx:
            known = seen(tx, incoming.sid)
        if not known:
            handle(parts, incoming, late=Late("", since))
            missed += 1
    return looked_at, missed
