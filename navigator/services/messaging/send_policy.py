"""Whether a letter may still leave: asked when it is written, and again when it is handed over."""

from collections.abc import Collection, Iterator
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
    reason = next(_reasons_against(uow, letter, now, countries), None)
    if reason is not None:
        return SendDecision(reason)
    until = after_quiet_hours(now, zone)
    if letter.kind not in AT_ANY_HOUR and until > now:
        return SendDecision("quiet_hours", until)
    return None


def _reasons_against(
    uow: UnitOfWork, letter: OutboxMessage, now: datetime, countries: Collection[str]
) -> Iterator[str]:
    """Give every reason for which a letter never leaves."""
    if letter.kind not in AT_ANY_HOUR and not is_destination(letter.number, countries):
        yield "destination"
    talk = conversations.find_by_number(uow, letter.number)
    if talk is not None and talk.opted_out:
        yield "opted_out"
    if letter.kind == "person" and people.find_safe_contact(uow, letter.number) == SafeContact.CALL:
        yield "not_private"
    if letter.kind == "safety" and now - letter.created_at > SAFETY_LASTS:
        yield "too_late"
    if letter.referral_id is not None:
        consent_id, person_id = referrals.find_consent_and_person(uow, letter.referral_id)
        if not people.is_consent_valid(uow, consent_id, now=now):
            yield "consent_ended"
        if people.find(uow, person_id).safe_contact == SafeContact.CALL:
            yield "not_private"
