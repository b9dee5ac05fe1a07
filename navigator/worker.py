"""The worker: empties the outbox and watches the clocks, until it is told to end."""

import logging
import signal
from threading import Event

from navigator import postman
from navigator.parts import Parts
from navigator.storage import referrals
from navigator.storage.database import Unreachable

LOG = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
CLOCKS_EVERY = 30
"""The clocks are looked at once in so many rounds."""


def work(parts: Parts, *, once: bool = False) -> None:
    """Go round until SIGTERM or SIGINT; with `once`, go round a single time."""
    ending = Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ending.set())
    rounds = 0
    while not ending.is_set():
        try:
            one_round(parts, clocks=once or rounds % CLOCKS_EVERY == 0)
        except Unreachable:
            LOG.warning("the database does not answer; trying again")
        if once:
            return
        rounds += 1
        ending.wait(EVERY_SECONDS)


def one_round(parts: Parts, *, clocks: bool) -> None:
    """Deliver what is due; look at the clocks when asked to."""
    postman.deliver_all(parts)
    if clocks:
        postman.settle_left_behind(parts)
        with parts.database.transaction() as tx:
            flagged = referrals.flag_overdue(tx, now=parts.now())
        if flagged:
            LOG.info("%s referrals are overdue now", flagged)
