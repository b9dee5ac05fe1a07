"""What the carrier reports of a letter: kept once, and acted on where it did not arrive."""

import logging
from datetime import datetime, timedelta

from navigator.storage import conversations, deliveries, outbox
from navigator.storage.database import Transaction
from navigator.storage.outbox import Letter, LetterState
from navigator.vault import Vault
from sms.errors import Outcome, meaning, rings
from sms.reports import Report
from sms.status import DeliveryStatus, derive

LOG = logging.getLogger(__name__)

NOT_ARRIVED = frozenset({DeliveryStatus.FAILED, DeliveryStatus.UNDELIVERED})
TRIES = 2
AGAIN_AFTER = timedelta(hours=1)
"""A phone that was off, or out of credit, is tried once more."""


def report(tx: Transaction, vault: Vault, told: Report, *, now: datetime) -> DeliveryStatus:
    """Keep a report and give the status derived from all; it never moves backwards."""
    code = told.error_code
    new = deliveries.told(
        tx,
        carrier_sid=told.sid,
        status=told.status,
        error_code=str(code) if code is not None else None,
        now=now,
    )
    status = derive(deliveries.statuses(tx, told.sid))
    if code is not None and rings(code):
        LOG.error("alarm: the carrier reports code %s", code)
    letter = outbox.by_sid(tx, vault, told.sid) if new and status in NOT_ARRIVED else None
    if letter is not None and letter.state is LetterState.SENT:
        _not_arrived(tx, vault, letter, code, now)
    return status


def _not_arrived(
    tx: Transaction, vault: Vault, letter: Letter, code: int | None, now: datetime
) -> None:
    outcome = meaning(code or 0)
    if outcome is Outcome.OPTED_OUT:
        outbox.settle(
            tx, letter.id, LetterState.STOPPED, now=now, carrier_sid=letter.carrier_sid,
            reason="opted_out",
        )  # fmt: skip
        talk = conversations.of_number(tx, vault, letter.number, hold=True)
        if talk is not None:
            conversations.set_opted_out(tx, talk.id, now)
        outbox.stop_waiting(tx, vault, letter.number, reason="opted_out", now=now)
    elif outcome is Outcome.TRY_LATER and letter.attempts < TRIES and letter.kind != "safety":
        outbox.put_back(tx, letter.id, not_before=now + AGAIN_AFTER)
    else:
        outbox.settle(
            tx, letter.id, LetterState.FAILED, now=now, carrier_sid=letter.carrier_sid,
            reason=f"{outcome} {code or ''}".strip(),
        )  # fmt: skip
