"""Carry letters from the outbox to the carrier: claimed before sending, never sent twice."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from navigator.container import Container
from navigator.services.conversations.opt_out import opt_out
from navigator.services.messaging.send_policy import SendDecision, decide_sending
from navigator.storage import carrier_redactions, outbox
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
"""A letter claimed this long ago and not settled was held by a postman that died."""

LOOK_AFTER = timedelta(seconds=45)
"""Longer than the timeout of a request: only then does the carrier surely show what it took."""

LOOK_AGAIN_AFTER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=1)
"""A letter in doubt for this long is shown to a person as uncertain."""


def send_due(container: Container, *, most: int = 100) -> int:
    """Send the letters that are due, one by one; give how many were handled."""
    handled = 0
    while handled < most and send_next(container):
        handled += 1
    return handled


def send_next(container: Container) -> bool:
    """Claim, send and settle one letter, no transaction open meanwhile; False when none is due."""
    now = container.now()
    with container.database.unit_of_work() as uow:
        letter = outbox.claim(uow, now=now)
        if letter is None:
            return False
        verdict = decide_sending(uow, letter, now=now, zone=container.zone)
        if verdict is not None:
            _hold(uow, letter, verdict, now)
            return True
    send_claimed(container, letter)
    return True


def _hold(uow: UnitOfWork, letter: OutboxMessage, verdict: SendDecision, now: datetime) -> None:
    if verdict.until is None:
        outbox.finalize(uow, letter.id, OutboxState.STOPPED, now=now, reason=verdict.reason)
    else:
        outbox.requeue(uow, letter.id, not_before=verdict.until, counted=False)


def send_claimed(container: Container, letter: OutboxMessage) -> None:
    """Hand a claimed letter over, and settle it by what the carrier says."""
    try:
        sent = container.carrier.send(
            to=letter.number, body=letter.body, reference=f"letter-{letter.id}"
        )
    except CarrierError as trouble:
        if trouble.code is not None and raises_alarm(trouble.code):
            LOG.error("alarm: the carrier refuses letters with code %s", trouble.code)
        ERROR_HANDLERS.get(type(trouble), _uncertain)(container, letter, trouble)
    else:
        finalize(container, letter, OutboxState.SENT, sent=sent)


def look_up_uncertain(container: Container, *, most: int = 50) -> int:
    """Look up letters that may have been taken, before anything is sent again."""
    handled = 0
    while handled < most:
        now = container.now()
        with container.database.unit_of_work() as uow:
            letter = outbox.claim_uncertain(
                uow, now=now, died_before=now - DIED_AFTER, lease=LOOK_AGAIN_AFTER
            )
            if letter is None:
                break
            known = outbox.list_sids_to_number(uow, letter.number)
        _look_up(container, letter, known, now)
        handled += 1
    return handled


def _look_up(
    container: Container, letter: OutboxMessage, known: frozenset[str], now: datetime
) -> None:
    taken_at = letter.taken_at or letter.created_at
    try:
        found = container.carrier.find(
            to=letter.number, body=letter.body, since=taken_at - DIED_AFTER, known=known
        )
    except CarrierError:
        # Nobody knows; it is looked up again, and in the end a person has to look.
        if now - taken_at >= GIVE_UP_AFTER:
            finalize(container, letter, OutboxState.UNCERTAIN, reason="no_answer_from_carrier")
        return
    if found is not None:
        finalize(container, letter, OutboxState.SENT, sent=found)
    elif letter.attempts >= ATTEMPTS:
        finalize(container, letter, OutboxState.UNCERTAIN, reason="tried_often")
    else:
        with container.database.unit_of_work() as uow:
            outbox.requeue(uow, letter.id, not_before=now)


def _try_later(container: Container, letter: OutboxMessage, trouble: CarrierError) -> None:
    if letter.attempts >= ATTEMPTS:
        finalize(container, letter, OutboxState.FAILED, reason=f"tried_often {trouble.code or ''}")
        return
    wait = TRY_AGAIN_AFTER[letter.attempts - 1]
    with container.database.unit_of_work() as uow:
        outbox.requeue(uow, letter.id, not_before=container.now() + wait)


def _doubt(container: Container, letter: OutboxMessage, _: CarrierError) -> None:
    with container.database.unit_of_work() as uow:
        outbox.mark_uncertain(uow, letter.id, not_before=container.now() + LOOK_AFTER)


def _opted_out(container: Container, letter: OutboxMessage, _: CarrierError) -> None:
    with container.database.unit_of_work() as uow:
        opt_out(uow, letter.number, now=container.now(), refused=letter)


def _fail(container: Container, letter: OutboxMessage, trouble: CarrierError) -> None:
    LOG.warning("letter %s was not sent: %s", letter.id, type(trouble).__name__)
    reason = "unreachable" if isinstance(trouble, UnreachableByText) else "misconfigured"
    finalize(container, letter, OutboxState.FAILED, reason=f"{reason} {trouble.code or ''}".strip())


def _uncertain(container: Container, letter: OutboxMessage, trouble: CarrierError) -> None:
    finalize(container, letter, OutboxState.UNCERTAIN, reason=type(trouble).__name__)


ERROR_HANDLERS: Mapping[
    type[CarrierError], Callable[[Container, OutboxMessage, CarrierError], None]
] = {
    TryLater: _try_later,
    Uncertain: _doubt,
    OptedOut: _opted_out,
    UnreachableByText: _fail,
    Misconfigured: _fail,
}


def finalize(
    container: Container,
    letter: OutboxMessage,
    state: OutboxState,
    *,
    sent: Sent | None = None,
    reason: str | None = None,
) -> None:
    """Write down how a letter ended; one that was erased meanwhile is redacted at the carrier."""
    now = container.now()
    sid = sent.sid if sent else None
    with container.database.unit_of_work() as uow:
        kept = outbox.finalize(uow, letter.id, state, now=now, carrier_sid=sid, reason=reason)
        if not kept and sid is not None:
            carrier_redactions.enqueue(uow, [sid], now=now)
