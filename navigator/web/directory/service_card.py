"""A service as a card: what it is, who it is for, how to get in, when it was checked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from directory_data.directory import Directory, Service
from directory_data.records import PhoneKind, PhoneNumber, RuleStrength, ServiceRecord
from navigator.domain.access_point_selection import AccessPoint, access_point_for
from navigator.domain.service_contacts import phone_number_text, sourced_phones
from navigator.web.base.request_context import PageContext
from navigator.web.directory.person_in_url import PersonInUrl
from navigator.wording.date_format import date_and_time, long_date
from navigator.wording.language_names import language_name

SHOWN_LANGUAGES = ("en", "fr", "ase", "ar", "zh", "es", "pa", "ur", "hi")
"""Languages that a card names, and that a search can be narrowed to, in this order (ISO 639)."""


@dataclass(frozen=True, slots=True)
class CardAccess:
    """How to get in; `through` is the card of the access point to contact, if it is another one."""

    how: str
    say: str
    bring: tuple[str, ...]
    through: "ServiceCard | None"
    hours: str
    open_now: bool | None


@dataclass(frozen=True, slots=True)
class CardContact:
    """How to reach the service itself."""

    phones: tuple[PhoneNumber, ...]
    url: str | None
    email: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardAudience:
    """Who it is for: rules that a person must meet, those it is made for, others, and languages."""

    requires: tuple[str, ...]
    made_for: tuple[str, ...]
    other: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardCost:
    """What it costs; `free` is None where nobody says."""

    free: bool | None
    fees: str


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What a card shows of a service, in one language."""

    id: str
    name: str
    organization: str
    description: str
    access: CardAccess
    contact: CardContact
    audience: CardAudience
    cost: CardCost
    checked: str | None
    """When the way to reach it was last seen to be right: 2024, 2024-05 or 2024-05-31."""

    @property
    def title(self) -> str:
        """Give the name with the organization, where they differ."""
        same = self.organization in self.name
        return self.name if same else f"{self.name} ({self.organization})"


def plain_service_card(service: Service, context: PageContext) -> ServiceCard:
    """Make the card of a service, nothing being known of the person."""
    return make_card(context.directory, service, context.language, context.moment)


def personal_service_card(
    service: Service, person: PersonInUrl, context: PageContext
) -> ServiceCard:
    """Make the card with the access point of this person: in a list, beside it, on paper."""
    answers = person.answers(context.vocabulary)
    access_point = access_point_for(context.directory, service, answers, context.moment)
    return make_card_through(service, access_point, context)


def make_card(
    directory: Directory,
    service: Service,
    language: str,
    moment: datetime,
    *,
    with_access_point: bool = True,
) -> ServiceCard:
    """Make the card of a service at a local time."""
    record = service.record
    access_point = directory.access_point_of(service) if with_access_point else None
    through = make_card(directory, access_point, language, moment) if access_point else None
    return ServiceCard(
        id=record.id,
        name=record.name.in_(language),
        organization=service.organization.name.in_(language),
        description=record.description.in_(language),
        access=_access(record, through, language, moment),
        contact=_contact(service, access_point),
        audience=_audience(record, language),
        cost=CardCost(
            free=record.fees.free,
            fees=record.fees.words.in_(language) if record.fees.words else "",
        ),
        checked=record.last_check.date if record.last_check else None,
    )


def make_card_through(
    service: Service, access_point: AccessPoint, context: PageContext
) -> ServiceCard:
    """Make the card with the access point that works for a person, maybe not the record's."""
    directory, language, moment = context.directory, context.language, context.moment
    card = make_card(directory, service, language, moment, with_access_point=False)
    access = replace(
        card.access,
        say=access_point.say.in_(language) if access_point.say else "",
        bring=tuple(item.in_(language) for item in access_point.bring),
        open_now=access_point.open_now,
    )
    other = access_point.service
    if other is service:
        return replace(card, access=access)
    through = make_card(directory, other, language, moment, with_access_point=False)
    how = other.record.access.how if other is not directory.access_point_of(service) else None
    return replace(
        card,
        access=replace(access, how=how.in_(language) if how else access.how, through=through),
        contact=replace(card.contact, phones=_phones(service, other)),
    )


def _access(
    record: ServiceRecord, through: ServiceCard | None, language: str, moment: datetime
) -> CardAccess:
    access, hours = record.access, record.hours
    return CardAccess(
        how=access.how.in_(language),
        say=access.what_to_say.in_(language) if access.what_to_say else "",
        bring=tuple(item.in_(language) for item in access.what_to_bring),
        through=through,
        hours=hours.words.in_(language) if hours and hours.words else "",
        open_now=hours.open_at(moment) if hours else None,
    )


def _contact(service: Service, access_point: Service | None) -> CardContact:
    record = service.record
    return CardContact(
        phones=_phones(service, access_point),
        url=record.url,
        email=record.email,
        places=()
        if record.confidential_location
        else tuple(
            ", ".join(part for part in (place.street, place.city, place.postal_code) if part)
            for place in record.places
        ),
    )


def _phones(service: Service, access_point: Service | None) -> tuple[PhoneNumber, ...]:
    """Give the phones of a service that are not its access point's."""
    others = {phone.number for phone in access_point.record.phones} if access_point else set()
    return tuple(phone for phone in sourced_phones(service) if phone.number not in others)


def _audience(record: ServiceRecord, language: str) -> CardAudience:
    def rules(strength: RuleStrength) -> tuple[str, ...]:
        return tuple(rule.words.in_(language) for rule in record.rules if rule.strength == strength)

    return CardAudience(
        requires=rules(RuleStrength.REQUIRES),
        made_for=rules(RuleStrength.PREFERS),
        other=tuple(criterion.in_(language) for criterion in record.other_criteria),
        languages=_languages(record, language),
    )


def _languages(record: ServiceRecord, language: str) -> tuple[str, ...]:
    names = [
        language_name(code, language, on_card=True)
        for code in record.languages
        if code in SHOWN_LANGUAGES
    ]
    note = record.languages_note
    return (*names, note.in_(language)) if note else tuple(names)


def dial_address(phone: PhoneNumber) -> str:
    """Give the address that a phone dials or texts: "tel:+19055550100;ext=3", "sms:686868"."""
    digits = phone.number.replace("-", "")
    if len(digits) == 10:
        digits = f"+1{digits}"
    elif len(digits) == 11:
        digits = f"+{digits}"
    if phone.kind is PhoneKind.SMS:
        return f"sms:{digits}"
    return f"tel:{digits};ext={phone.ext}" if phone.ext else f"tel:{digits}"


FILTERS: dict[str, Callable[..., Any]] = {
    "dial": dial_address,
    "number": phone_number_text,
    "date_words": long_date,
    "moment_words": date_and_time,
}
