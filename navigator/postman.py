"""Carry letters from the outbox to the carrier: claimed before sending, never sent twice."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from navigator.actions.posting import Verdict, held_back
from navigator.parts import Parts
from navigator.storage import conversations, outbox, redactions
from navigator.storage.database import Transaction
from navigator.storage.outbox import Letter, LetterState
from sms.carrier import Sent
from sms.errors import (
    CarrierTrouble,
    Misconfigured,
    OptedOut,
    TryLater,
    Uncertain,
    UnreachableByText,
    rings,
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
        verdict = held_back(tx, parts.vault, letter, now=now, zone=parts.zone)
        if verdict is not None:
            _hold(tx, letter, verdict, now)
            return True
    send(parts, letter)
    return True


def _hold(tx: Transaction, letter: Letter, verdict: Verdict, now: datetime) -> None:
    if verdict.until is None:
        outbox.settle(tx, letter.id, LetterState.STOPPED, now=now, reason=verdict.reason)
    else:
        outbox.put_back(tx, letter.id, not_before=verdict.until, counted=False)


def send(parts: Parts, letter: Letter) -> None:
    """Hand a claimed letter over, and settle it by what the carrier says."""
    try:
        sent = parts.carrier.send(
            to=letter.number, body=letter.body, reference=f"letter-{letter.id}"
        )
    except CarrierTrouble as trouble:
        if trouble.code is not None and rings(trouble.code):
            LOG.error("alarm: the carrier refuses letters with code %s", trouble.code)
        DEEDS.get(type(trouble), _uncertain)(parts, letter, trouble)
    else:
        settle(parts, letter, LetterState.SENT, sent=sent)


def look_up_doubted(parts: Parts, *, most: int = 50) -> int:
    """Look up letters that may have been taken, before anything is sent again."""
    handled = 0
    while handled < most:
        now = parts.now()
        with parts.database.transaction() as tx:
            letter = outbox.take_doubted(
                tx, parts.vault, now=now, died_before=now - DIED_AFTER, lease=LOOK_AGAIN_AFTER
            )
            if letter is None:
                break
            known = outbox.sids_to(tx, parts.vault, letter.number)
        _look_up(parts, letter, known, now)
        handled += 1
    return handled


def _look_up(parts: Parts, letter: Letter, known: frozenset[str], now: datetime) -> None:
    taken_at = letter.taken_at or letter.created_at
    try:
        found = parts.carrier.find(
            to=letter.number, body=letter.body, since=taken_at - DIED_AFTER, known=known
        )
    except CarrierTrouble:
        # Nobody knows; it is looked up again, and in the end a person has to look.
        if now - taken_at >= GIVE_UP_AFTER:
            settle(parts, letter, LetterState.UNCERTAIN, reason="no_answer_from_carrier")
        return
    if found is not None:
        settle(parts, letter, LetterState.SENT, sent=found)
    elif letter.attempts >= ATTEMPTS:
        settle(parts, letter, LetterState.UNCERTAIN, reason="tried_often")
    else:
        with parts.database.transaction() as tx:
            outbox.put_back(tx, letter.id, not_before=now)


def _try_later(parts: Parts, letter: Letter, trouble: CarrierTrouble) -> None:
    if letter.attempts >= ATTEMPTS:
        settle(parts, letter, LetterState.FAILED, reason=f"tried_often {trouble.code or ''}")
        return
    wait = TRY_AGAIN_AFTER[letter.attempts - 1]
    with parts.database.transaction() as tx:
        outbox.put_back(tx, letter.id, not_before=parts.now() + wait)


def _doubt(parts: Parts, letter: Letter, _: CarrierTrouble) -> None:
    with parts.database.transaction() as tx:
        outbox.doubt(tx, letter.id, not_before=parts.now() + LOOK_AFTER)


def _opted_out(parts: Parts, letter: Letter, _: CarrierTrouble) -> None:
    now = parts.now()
    with parts.database.transaction() as tx:
        outbox.settle(tx, letter.id, LetterState.STOPPED, now=now, reason="opted_out")
        talk = conversations.of_number(tx, parts.vault, letter.number, hold=True)
        if talk is not None:
            conversations.set_opted_out(tx, talk.id, now)
        outbox.stop_waiting(tx, parts.vault, letter.number, reason="opted_out", now=now)


def _fail(parts: Parts, letter: Letter, trouble: CarrierTrouble) -> None:
    LOG.warning("letter %s was not sent: %s", letter.id, type(trouble).__name__)
    reason = "unreachable" if isinstance(trouble, UnreachableByText) else "misconfigured"
    settle(parts, letter, LetterState.FAILED, reason=f"{reason} {trouble.code or ''}".strip())


def _uncertain(parts: Parts, letter: Letter, trouble: CarrierTrouble) -> None:
    settle(parts, letter, LetterState.UNCERTAIN, reason=type(trouble).__name__)


DEEDS: Mapping[type[CarrierTrouble], Callable[[Parts, Letter, CarrierTrouble], None]] = {
    TryLater: _try_later,
    Uncertain: _doubt,
    OptedOut: _opted_out,
    UnreachableByText: _fail,
    Misconfigured: _fail,
}


def settle(
    parts: Parts,
    letter: Letter,
    state: LetterState,
    *,
    sent: Sent | None = None,
    reason: str | None = None,
) -> None:
    """Write down how a letter ended; one that was erased meanwhile is redacted at the carrier."""
    now = parts.now()
    sid = sent.sid if sent else None
    with parts.database.transaction() as tx:
        kept = outbox.settle(tx, letter.id, state, now=now, carrier_sid=sid, reason=reason)
        if not kept and sid is not None:
            redactions.add(tx, parts.vault, [sid], now=now)
