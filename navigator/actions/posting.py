"""Whether a letter may still leave: asked when it is written, and again when it is handed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from navigator.actions.referring import after_quiet_hours
from navigator.domain.conversation import SafeContact
from navigator.storage import conversations, outbox, people
from navigator.storage.database import Transaction
from navigator.storage.outbox import Letter
from navigator.vault import Vault

AT_ANY_HOUR = frozenset({"safety", "reply", "person"})
"""Safety, late answers, and a navigator who answers somebody that waits; all else is initiated."""

SAFETY_UNTIL = timedelta(minutes=30)
"""A second safety text that could not leave by then would come out of nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a letter does not leave now: stopped for good, or held until a moment."""

    reason: str
    until: datetime | None = None


def held_back(
    tx: Transaction, vault: Vault, letter: Letter, *, now: datetime, zone: ZoneInfo
) -> Verdict | None:
    """Say why a letter may not leave now; None where it may."""
    talk = conversations.of_number(tx, vault, letter.number)
    if talk is not None and talk.opted_out:
        return Verdict("opted_out")
    if letter.kind == "safety" and now - letter.created_at > SAFETY_UNTIL:
        return Verdict("too_late")
    if letter.referral_id is not None:
        stopped = _of_referral(tx, vault, letter.referral_id, now)
        if stopped is not None:
            return stopped
    until = after_quiet_hours(now, zone)
    if letter.kind not in AT_ANY_HOUR and until > now:
        return Verdict("quiet_hours", until)
    return None


def _of_referral(tx: Transaction, vault: Vault, referral_id: int, now: datetime) -> Verdict | None:
    consent_id, person_id = outbox.consent_of(tx, referral_id)
    if not people.consent_counts(tx, consent_id, now=now):
        return Verdict("consent_ended")
    if people.find(tx, vault, person_id).safe_contact == SafeContact.CALL:
        return Verdict("not_private")
    return None
