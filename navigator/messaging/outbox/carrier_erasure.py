"""Ask the carrier to remove the words that a person had erased here, until it is done."""

import logging
from datetime import timedelta

from navigator.container import Container
from navigator.storage import carrier_erasures
from navigator.storage.carrier_erasures import CarrierRedaction
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
            redaction = carrier_erasures.claim(uow, now=container.now(), lease=LEASE)
        if redaction is None:
            break
        if _redact(container, redaction):
            with container.database.unit_of_work() as uow:
                carrier_erasures.delete_redaction(uow, redaction.id)
            done += 1
    return done


def _redact(container: Container, redaction: CarrierRedaction) -> bool:
    """Redact one text; False where the carrier has to be asked again."""
    try:
        sid = redaction.sid or _find_sid(container, redaction)
        if sid is not None:
            container.carrier.redact(sid)
    except CarrierError:
        if redaction.attempts < ATTEMPTS:
            return False
        known = redaction.sid or "?"
        LOG.error("alarm: the carrier did not redact text %s of an erased talk", known)
    return True


def _find_sid(container: Container, redaction: CarrierRedaction) -> str | None:
    sent = container.carrier.find(to=redaction.number, body=redaction.body, since=redaction.since)
    return sent.sid if sent else None
