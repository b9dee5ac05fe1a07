"""Ask the carrier to remove the words that a person had erased here, until it is done."""

import logging
from datetime import timedelta

from navigator.container import Container
from navigator.storage import carrier_redactions
from navigator.storage.carrier_redactions import CarrierRedaction
from sms.carrier_errors import CarrierError

LOG = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
ATTEMPTS = 100
"""At ten minutes each this is most of a day; then a person has to ask the carrier."""


def redact_due_messages(container: Container, *, most: int = 50) -> int:
    """Redact what is due, no transaction open meanwhile; give how many are done."""
    done = 0
    for _ in range(most):
        with container.database.unit_of_work() as uow:
            asked = carrier_redactions.claim(uow, now=container.now(), lease=LEASE)
        if asked is None:
            break
        if _redact(container, asked):
            with container.database.unit_of_work() as uow:
                carrier_redactions.delete_redaction(uow, asked.id)
            done += 1
    return done


def _redact(container: Container, asked: CarrierRedaction) -> bool:
    """Redact one text; False where the carrier has to be asked again."""
    try:
        sid = asked.sid
        if sid is None:
            found = container.carrier.find(to=asked.number, body=asked.body, since=asked.since)
            sid = found.sid if found else None
        if sid is not None:
            container.carrier.redact(sid)
    except CarrierError:
        if asked.attempts < ATTEMPTS:
            return False
        LOG.error("alarm: the carrier did not redact text %s of an erased talk", asked.sid or "?")
    return True
