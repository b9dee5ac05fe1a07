"""Carry letters from the outbox to the carrier: claimed before sending, never sent twice."""

import logging
from datetime import datetime, timedelta

from navigator.parts import Parts
from navigator.storage import conversations, outbox
from navigator.storage.outbox import Letter, LetterState
from sms.carrier import Sent
from sms.errors import (
    CarrierTrouble,
    Misconfigured,
    OptedOut,
    TryLater,
    Uncertain,
    UnreachableByText,
)

LOG = logging.getLogger(__name__)

TRY_AGAIN_AFTER = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30))
ATTEMPTS = len(TRY_AGAIN_AFTER) + 1
DIED_AFTER = timedelta(minutes=2)
"""A letter claimed this long ago and not settled was held by a postman that died."""


def deliver_all(parts: Parts, *, most: int = 100) -> int:
    """Send the letters that are due, one by one; give how many were handled."""
    handled = 0
    while handled < most and deliver_one(parts):
        handled += 1
    return handled


def deliver_one(parts: Parts) -> bool:
    """Claim, send and settle one letter, no transaction open meanwhile; False when none is due."""
    now = parts.now()
    with parts.database.transaction() as tx:
        letter = outbox.take(tx, parts.vault, now=now)
        if letter is None:
            return False
        talk = conversations.of_number(tx, parts.vault, letter.number)
        if talk is not None and talk.opted_out and letter.kind != "stopped":
            outbox.settle(tx, letter.id, LetterState.STOPPED, now=now, reason="opted_out")
            return True
    try:
        sent = parts.carrier.send(
            to=letter.number, body=letter.body, reference=f"letter-{letter.id}"
        )
    except CarrierTrouble as trouble:
        _trouble(parts, letter, trouble)
    else:
        _settle(parts, letter, LetterState.SENT, sent=sent)
    return True


def settle_left_behind(parts: Parts) -> int:
    """Look up letters whose postman died: those that the carrier knows were sent, others unsure."""
    with parts.database.transaction() as tx:
        left = outbox.taken_before(tx, parts.vault, parts.now() - DIED_AFTER)
    for letter in left:
        _look_up(parts, letter)
    return len(left)


def _trouble(parts: Parts, letter: Letter, trouble: CarrierTrouble) -> None:
    reason = type(trouble).__name__
    if isinstance(trouble, TryLater):
        _try_later(parts, letter)
    elif isinstance(trouble, Uncertain):
        _look_up(parts, letter)
    elif isinstance(trouble, OptedOut):
        _opted_out(parts, letter)
    elif isinstance(trouble, (UnreachableByText, Misconfigured)):
        LOG.warning("letter %s was not sent: %s", letter.id, reason)
        _settle(parts, letter, LetterState.FAILED, reason=reason)
    else:
        _settle(parts, letter, LetterState.UNCERTAIN, reason=reason)


def _try_later(parts: Parts, letter: Letter) -> None:
    if letter.attempts >= ATTEMPTS:
        _settle(parts, letter, LetterState.FAILED, reason="tried_often")
        return
    wait = TRY_AGAIN_AFTER[letter.attempts - 1]
    with parts.database.transaction() as tx:
        outbox.put_back(tx, letter.id, not_before=parts.now() + wait)


def _look_up(parts: Parts, letter: Letter) -> None:
    """Ask the carrier before anything is sent again; undecided letters are shown to a person."""
    try:
        found = parts.carrier.find(to=letter.number, body=letter.body, since=letter.created_at)
    except CarrierTrouble:
        found = None
    if found is not None:
        _settle(parts, letter, LetterState.SENT, sent=found)
    else:
        _settle(parts, letter, LetterState.UNCERTAIN, reason="no_answer_from_carrier")


def _opted_out(parts: Parts, letter: Letter) -> None:
    now = parts.now()
    with parts.database.transaction() as tx:
        outbox.settle(tx, letter.id, LetterState.STOPPED, now=now, reason="opted_out")
        talk = conversations.of_number(tx, parts.vault, letter.number)
        if talk is not None:
            conversations.set_opted_out(tx, talk.id, now)
        outbox.stop_waiting(tx, parts.vault, letter.number, reason="opted_out", now=now)


def _settle(
    parts: Parts,
    letter: Letter,
    state: LetterState,
    *,
    sent: Sent | None = None,
    reason: str | None = None,
) -> None:
    now: datetime = parts.now()
    with parts.database.transaction() as tx:
        outbox.settle(
            tx, letter.id, state, now=now, carrier_sid=sent.sid if sent else None, reason=reason
        )
