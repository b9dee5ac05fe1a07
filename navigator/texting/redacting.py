"""Ask the carrier to remove the words that a person had erased here, until it is done."""

import logging
from datetime import timedelta

from navigator.parts import Parts
from navigator.storage import redactions
from navigator.storage.redactions import Redaction
from sms.errors import CarrierTrouble

LOG = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
ATTEMPTS = 100
"""At ten minutes each this is most of a day; then a person has to ask the carrier."""


def redact_due(parts: Parts, *, most: int = 50) -> int:
    """Redact what is due, no transaction open meanwhile; give how many are done."""
    done = 0
    for _ in range(most):
        with parts.database.transaction() as tx:
            asked = redactions.take(tx, parts.vault, now=parts.now(), lease=LEASE)
        if asked is None:
            break
        if _redact(parts, asked):
            with parts.database.transaction() as tx:
                redactions.done(tx, asked.id)
            done += 1
    return done


def _redact(parts: Parts, asked: Redaction) -> bool:
    """Redact one text; False where the carrier has to be asked again."""
    try:
        sid = asked.sid
        if sid is None:
            found = parts.carrier.find(to=asked.number, body=asked.body, since=asked.since)
            sid = found.sid if found else None
        if sid is not None:
            parts.carrier.redact(sid)
    except CarrierTrouble:
        if asked.attempts < ATTEMPTS:
            return False
        LOG.error("alarm: the carrier did not redact text %s of an erased talk", asked.sid or "?")
    return True
