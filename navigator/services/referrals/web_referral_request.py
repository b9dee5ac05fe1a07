"""A referral asked for on the web: who gets what, and the letter that tells the number of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from directory_data.directory import Service
from navigator.domain.access_point_selection import access_point_service
from navigator.domain.business_calendar import BusinessCalendar
from navigator.domain.conversation_state import SafeContact
from navigator.domain.eligibility import Answer, Answers
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.referrals import referral_service
from navigator.services.referrals.decision_trace import take_snapshot
from navigator.storage import people, referrals
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message

MOST_OPEN = 3
"""Open requests of one number from the web; more would let a stranger pester somebody."""


@dataclass(frozen=True, slots=True)
class WebReferralRequest:
    """What a person filled in on the web."""

    name: str
    number: str
    safe_contact: SafeContact
    language: str
    service: Service
    words: str
    needs: tuple[str, ...]
    answers: Mapping[str, Answer]
    for_other: bool


def web_consent(
    context: DialogueContext, service: Service, answers: Answers, need: str, language: str
) -> str:
    """Read back who gets what; these are the words that are kept with the consent."""
    recipient = access_point_service(context.directory, service, answers)
    return text_message(
        "web_consent",
        language,
        recipient=recipient.organization.name.in_(language),
        need=context.vocabulary.needs[need].say.in_(language),
    )


def request_from_web(
    uow: UnitOfWork,
    context: DialogueContext,
    wanted: WebReferralRequest,
    *,
    now: datetime,
    calendar: BusinessCalendar,
) -> referrals.Referral | None:
    """Make the referral; None when the number has too many open ones."""
    known = people.list_ids_by_number(uow, wanted.number)
    if len(referrals.list_open(uow, known)) >= MOST_OPEN:
        return None
    request = _referral_request(context, wanted)
    referral = referral_service.create_referral(uow, request, now=now, calendar=calendar)
    if wanted.safe_contact is not SafeContact.CALL:
        referral_service.notify(
            uow,
            number=wanted.number,
            body=text_message("notice_web", wanted.language, code=referral.code),
            kind="notice_web",
            now=now,
            zone=calendar.zone,
            referral_id=referral.id,
        )
    return referral


def _referral_request(
    context: DialogueContext, wanted: WebReferralRequest
) -> referral_service.ReferralRequest:
    need, answers = wanted.needs[0], wanted.answers
    recipient = access_point_service(context.directory, wanted.service, answers)
    return referral_service.ReferralRequest(
        name=wanted.name,
        number=wanted.number,
        language=wanted.language,
        safe_contact=wanted.safe_contact,
        need=need,
        service=wanted.service,
        door=None if recipient is wanted.service else recipient,
        snapshot=take_snapshot(
            context,
            wanted.service,
            wanted.words,
            answers,
            for_other=wanted.for_other,
            channel="web",
        ),
        consent_words=web_consent(context, wanted.service, answers, need, wanted.language),
        answer="agree",
        channel="web",
    )
