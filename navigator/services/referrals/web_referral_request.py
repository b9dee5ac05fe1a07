"""A referral asked for on the web: who gets what, and the letter that tells the number of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from directory_data.directory import Directory, Service
from navigator.domain.access_points import access_point_service
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

CONSENT = {
    "en": (
        "Our navigators see what you told us here. They give {recipient}: your first name, your"
        " number, how it is safe to reach you, and what you need ({need}). Nothing else. It counts"
        " for 90 days. You can take it back at any time. Saying no changes nothing else."
    ),
    "fr": (
        "Nos navigateurs voient ce que vous nous avez dit ici. Ils donnent à {recipient} : votre"
        " prénom, votre numéro, comment vous joindre sans risque et ce qu'il vous faut ({need})."
        " Rien d'autre. C'est valable 90 jours. Vous pouvez changer d'avis à tout moment. Dire non"
        " ne change rien d'autre."
    ),
}


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


def recipient_of(directory: Directory, service: Service, answers: Answers) -> Service:
    """Give the service that gets the name and number: the door for this person, or itself."""
    return access_point_service(directory, service, answers)


def web_consent(
    guide: DialogueContext, service: Service, answers: Answers, need: str, language: str
) -> str:
    """Read back who gets what; these are the words that are kept with the consent."""
    recipient = recipient_of(guide.directory, service, answers).organization.name.in_(language)
    words = guide.vocabulary.needs[need].say.in_(language)
    return CONSENT[language].format(recipient=recipient, need=words)


def request_from_web(
    uow: UnitOfWork,
    guide: DialogueContext,
    wanted: WebReferralRequest,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> referrals.Referral | None:
    """Make the referral; None when the number has too many open ones."""
    known = people.ids_by_number(uow, wanted.number)
    if len(referrals.list_open(uow, known)) >= MOST_OPEN:
        return None
    made = referral_service.create_referral(uow, _asking(guide, wanted), now=now)
    if wanted.safe_contact is not SafeContact.CALL:
        referral_service.notify(
            uow,
            number=wanted.number,
            body=text_message("notice_web", wanted.language, code=made.code),
            kind="notice_web",
            now=now,
            zone=zone,
            referral_id=made.id,
        )
    return made


def _asking(guide: DialogueContext, wanted: WebReferralRequest) -> referral_service.ReferralRequest:
    need = wanted.needs[0]
    recipient = recipient_of(guide.directory, wanted.service, wanted.answers)
    return referral_service.ReferralRequest(
        name=wanted.name,
        number=wanted.number,
        language=wanted.language,
        safe_contact=wanted.safe_contact,
        need=need,
        service=wanted.service,
        door=None if recipient is wanted.service else recipient,
        story=take_snapshot(
            guide,
            wanted.service,
            wanted.words,
            wanted.answers,
            for_other=wanted.for_other,
            channel="web",
        ),
        consent_words=web_consent(guide, wanted.service, wanted.answers, need, wanted.language),
        answer="agree",
        channel="web",
    )
