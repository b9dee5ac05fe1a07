"""Whether a letter may still leave: asked when it is written, and again when it is handed over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from navigator.domain.conversation_state import SafeContact
from navigator.services.referrals.referral_service import after_quiet_hours
from navigator.storage import conversations, people, referrals
from navigator.storage.outbox import OutboxMessage
from navigator.storage.unit_of_work import UnitOfWork
from sms.destinations import is_destination

AT_ANY_HOUR = frozenset({"safety", "reply", "person"})
"""Safety, late answers, and a navigator who answers somebody that waits; all else is initiated."""

SAFETY_LASTS = timedelta(minutes=30)
"""A second safety text that could not leave by then would come out of nothing."""


@dataclass(frozen=True, slots=True)
class SendDecision:
    """Why a letter does not leave now: stopped for good, or held until a moment."""

    reason: str
    until: datetime | None = None


def decide_sending(
    uow: UnitOfWork,
    letter: OutboxMessage,
    *,
    now: datetime,
    zone: ZoneInfo,
    countries: Collection[str],
) -> SendDecision | None:
    """Say why a letter may not leave now; None where it may.

    Whoever texts us is answered wherever they are; of our own accord we text `countries` only.
    """
    if letter.kind not in AT_ANY_HOUR and not is_destination(letter.number, countries):
        return SendDecision("destination")
    talk = conversations.find_by_number(uow, letter.number)
    if talk is not None and talk.opted_out:
        return SendDecision("opted_out")
    if letter.kind == "safety" and now - letter.created_at > SAFETY_LASTS:
        return SendDecision("too_late")
    if letter.referral_id is not None:
        stopped = _decide_by_consent(uow, letter.referral_id, now)
        if stopped is not None:
            return stopped
    until = after_quiet_hours(now, zone)
    if letter.kind not in AT_ANY_HOUR and until > now:
        return SendDecision("quiet_hours", until)
    return None


def _decide_by_consent(uow: UnitOfWork, referral_id: int, now: datetime) -> SendDecision | None:
    consent_id, person_id = referrals.find_consent_and_person(uow, referral_id)
    if not people.is_consent_valid(uow, consent_id, now=now):
        return SendDecision("consent_ended")
    if people.find(uow, person_id).safe_contact == SafeContact.CALL:
        return SendDecision("not_private")
    return None
