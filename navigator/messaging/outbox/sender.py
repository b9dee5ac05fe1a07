"""Carry messages from the outbox to the carrier: claimed before sending, never sent twice."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from navigator.container import Container
from navigator.services.conversations.opt_out import opt_out
from navigator.services.messaging.send_policy import SendDecision, decide_sending
from navigator.storage import carrier_erasures, outbox
from navigator.storage.outbox import OutboxMessage, OutboxState
from navigator.storage.unit_of_work import UnitOfWork
from sms.carrier import Sent
from sms.carrier_errors import (
    CarrierError,
    Misconfigured,
    OptedOut,
    TryLater,
    Uncertain,
    UnreachableByText,
    raises_alarm,
)

LOG = logging.getLogger(__name__)

TRY_AGAIN_AFTER = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))
ATTEMPTS = len(TRY_AGAIN_AFTER) + 1
DIED_AFTER = timedelta(minutes=2)
"""A message claimed this long ago and not finalized was held by a worker that died."""

LOOK_AFTER = timedelta(seconds=45)
"""Longer than the timeout of a request: only then does the carrier surely show what it took."""

LOOK_AGAIN_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=1)
"""A message in doubt for this long is shown to a person as uncertain."""

ErrorHandler = Callable[[Container, OutboxMessage, CarrierError], None]


def send_due(container: Container, *, most: int = 100) -> int:
    """Send the messages that are due, one by one; give how many were handled."""
    handled = 0
    while handled < most and send_next(container):
        handled += 1
    return handled


def send_next(container: Container) -> bool:
    """Claim, send and finalize a message, no transaction open meanwhile; False when none is due."""
    now = container.now()
    with container.database.unit_of_work() as uow:
        message = outbox.claim(uow, now=now)
        if message is None:
            return False
        decision = decide_sending(
            uow,
            message,
            now=now,
            zone=container.zone,
            countries=container.settings.text_countries,
        )
        if decision is not None:
            _hold(uow, message, decision, now)
            return True
    send_claimed(container, message)
    return True


def _hold(uow: UnitOfWork, message: OutboxMessage, decision: SendDecision, now: datetime) -> None:
    if decision.until is None:
        outbox.finalize(uow, message.id, OutboxState.STOPPED, now=now, reason=decision.reason)
    else:
        outbox.requeue(uow, message.id, not_before=decision.until, counted=False)


def send_claimed(container: Container, message: OutboxMessage) -> None:
    """Hand a claimed message over, and finalize it by what the carrier says."""
    try:
        sent = container.carrier.send(
            to=message.number, body=message.body, reference=f"letter-{message.id}"
        )
    except CarrierError as error:
        if error.code is not None and raises_alarm(error.code):
            LOG.error("alarm: the carrier refuses letters with code %s", error.code)
        ERROR_HANDLERS.get(type(error), _set_uncertain)(container, message, error)
    else:
        finalize(container, message, OutboxState.SENT, sent=sent)


def look_up_uncertain(container: Container, *, most: int = 50) -> int:
    """Look up messages that may have been taken, before anything is sent again."""
    handled = 0
    while handled < most:
        now = container.now()
        with container.database.unit_of_work() as uow:
            message = outbox.claim_uncertain(
                uow, now=now, died_before=now - DIED_AFTER, lease=LOOK_AGAIN_AFTER
            )
            if message is None:
                break
            known = outbox.list_sids_to_number(uow, message.number)
        _look_up(container, message, known, now)
        handled += 1
    return handled


def _look_up(
    container: Container, message: OutboxMessage, known: frozenset[str], now: datetime
) -> None:
    claimed_at = message.taken_at or message.created_at
    try:
        found = container.carrier.find(
            to=message.number, body=message.body, since=claimed_at - DIED_AFTER, known=known
        )
    except CarrierError:
        # Nobody knows; it is looked up again, and in the end a person has to look.
        if now - claimed_at >= GIVE_UP_AFTER:
            finalize(container, message, OutboxState.UNCERTAIN, reason="no_answer_from_carrier")
        return
    if found is not None:
        finalize(container, message, OutboxState.SENT, sent=found)
    elif message.attempts >= ATTEMPTS:
        finalize(container, message, OutboxState.UNCERTAIN, reason="tried_often")
    else:
        with container.database.unit_of_work() as uow:
            outbox.requeue(uow, message.id, not_before=now)


def _try_later(container: Container, message: OutboxMessage, error: CarrierError) -> None:
    if message.attempts >= ATTEMPTS:
        reason = f"tried_often {error.code or ''}"
        finalize(container, message, OutboxState.FAILED, reason=reason)
        return
    wait = TRY_AGAIN_AFTER[message.attempts - 1]
    with container.database.unit_of_work() as uow:
        outbox.requeue(uow, message.id, not_before=container.now() + wait)


def _look_up_later(container: Container, message: OutboxMessage, _: CarrierError) -> None:
    with container.database.unit_of_work() as uow:
        outbox.mark_uncertain(uow, message.id, not_before=container.now() + LOOK_AFTER)


def _opt_out(container: Container, message: OutboxMessage, _: CarrierError) -> None:
    with container.database.unit_of_work() as uow:
        opt_out(uow, message.number, now=container.now(), refused=message)


def _fail_as(reason: str) -> ErrorHandler:
    def fail(container: Container, message: OutboxMessage, error: CarrierError) -> None:
        LOG.warning("letter %s was not sent: %s", message.id, type(error).__name__)
        whole = f"{reason} {error.code or ''}".strip()
        finalize(container, message, OutboxState.FAILED, reason=whole)

    return fail


def _set_uncertain(container: Container, message: OutboxMessage, error: CarrierError) -> None:
    finalize(container, message, OutboxState.UNCERTAIN, reason=type(error).__name__)


ERROR_HANDLERS: Mapping[type[CarrierError], ErrorHandler] = {
    TryLater: _try_later,
    Uncertain: _look_up_later,
    OptedOut: _opt_out,
    UnreachableByText: _fail_as("unreachable"),
    Misconfigured: _fail_as("misconfigured"),
}
"""What is done where the carrier takes no message; any other error is shown to a person."""


def finalize(
    container: Container,
    message: OutboxMessage,
    state: OutboxState,
    *,
    sent: Sent | None = None,
    reason: str | None = None,
) -> None:
    """Write down how a message ended; one that was erased meanwhile is redacted at the carrier."""
    now = container.now()
    sid = sent.sid if sent else None
    with container.database.unit_of_work() as uow:
        kept = outbox.finalize(uow, message.id, state, now=now, carrier_sid=sid, reason=reason)
        if not kept and sid is not None:
            carrier_erasures.enqueue(uow, [sid], now=now)
