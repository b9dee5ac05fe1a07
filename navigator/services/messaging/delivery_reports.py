"""What the carrier reports of a message: kept once, and acted on where it did not arrive."""

import logging
from datetime import datetime, timedelta

from navigator.services.conversations.opt_out import opt_out
from navigator.storage import delivery_reports, outbox
from navigator.storage.outbox import OutboxMessage, OutboxState
from navigator.storage.unit_of_work import UnitOfWork
from sms.carrier_errors import CarrierOutcome, outcome_of_code, raises_alarm
from sms.delivery_status import DeliveryStatus, derive_status
from sms.status_callback import StatusCallback

LOG = logging.getLogger(__name__)

NOT_ARRIVED = frozenset({DeliveryStatus.FAILED, DeliveryStatus.UNDELIVERED})
MOST_ATTEMPTS = 2
RETRY_AFTER = timedelta(hours=1)
"""A phone that was off, or out of credit, is tried once more."""


def record_delivery_report(
    uow: UnitOfWork, report: StatusCallback, *, now: datetime
) -> DeliveryStatus:
    """Keep a report and give the status derived from all; it never moves backwards."""
    code = report.error_code
    is_new = delivery_reports.add_report(
        uow,
        carrier_sid=report.sid,
        status=report.status,
        error_code=str(code) if code is not None else None,
        now=now,
    )
    status = derive_status(delivery_reports.list_statuses(uow, report.sid))
    if code is not None and raises_alarm(code):
        LOG.error("alarm: the carrier reports code %s", code)
    message = outbox.find_by_sid(uow, report.sid) if is_new and status in NOT_ARRIVED else None
    if message is not None and message.state is OutboxState.SENT:
        _handle_failure(uow, message, code, now)
    return status


def _handle_failure(
    uow: UnitOfWork, message: OutboxMessage, code: int | None, now: datetime
) -> None:
    """Try a message again later, or write down that it did not arrive and why."""
    outcome = outcome_of_code(code or 0)
    again = message.attempts < MOST_ATTEMPTS and message.kind != "safety"
    if outcome is CarrierOutcome.OPTED_OUT:
        opt_out(uow, message.number, now=now, refused=message)
    elif outcome is CarrierOutcome.TRY_LATER and again:
        outbox.requeue(uow, message.id, not_before=now + RETRY_AFTER)
    else:
        outbox.finalize(
            uow,
            message.id,
            OutboxState.FAILED,
            now=now,
            carrier_sid=message.carrier_sid,
            reason=f"{outcome} {code or ''}".strip(),
        )
