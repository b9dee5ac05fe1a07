"""A referral asked for on the web: who gets what, and the letter that tells the number of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from directory_data.directory import Directory, Service
from navigator.actions import referring
from navigator.actions.talking.values import Guide
from navigator.actions.tracing import tell_story
from navigator.domain.conversation import SafeContact
from navigator.domain.doors import resolve
from navigator.domain.eligibility import Answer, Answers
from navigator.storage import people, referrals
from navigator.storage.database import Transaction
from navigator.vault import Vault
from navigator.wording.reading import say

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
class WebRequest:
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
    return resolve(directory, service, answers)


def web_consent(guide: Guide, service: Service, answers: Answers, need: str, language: str) -> str:
    """Read back who gets what; these are the words that are kept with the consent."""
    recipient = recipient_of(guide.directory, service, answers).organization.name.in_(language)
    words = guide.vocabulary.needs[need].say.in_(language)
    return CONSENT[language].format(recipient=recipient, need=words)


def ask_from_web(
    tx: Transaction,
    vault: Vault,
    guide: Guide,
    wanted: WebRequest,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> referrals.Referral | None:
    """Make the referral; None when the number has too many open ones."""
    known = people.with_number(tx, vault, wanted.number)
    if len(referrals.open_of(tx, vault, known)) >= MOST_OPEN:
        return None
    made = referring.ask(tx, vault, _asking(guide, wanted), now=now)
    if wanted.safe_contact is not SafeContact.CALL:
        referring.tell(
            tx,
            vault,
            number=wanted.number,
            body=say("notice_web", wanted.language, code=made.code),
            kind="notice_web",
            now=now,
            zone=zone,
            referral_id=made.id,
        )
    return made


def _asking(guide: Guide, wanted: WebRequest) -> referring.Asking:
    need = wanted.needs[0]
    recipient = recipient_of(guide.directory, wanted.service, wanted.answers)
    return referring.Asking(
        name=wanted.name,
        number=wanted.number,
        language=wanted.language,
        safe_contact=wanted.safe_contact,
        need=need,
        service=wanted.service,
        door=None if recipient is wanted.service else recipient,
        story=tell_story(
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
