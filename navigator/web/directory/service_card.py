"""A service as a card: what it is, who it is for, how to get in, when it was checked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from directory_data.directory import Directory, Service
from directory_data.records import PhoneKind, PhoneNumber, RuleStrength, ServiceRecord
from navigator.domain.access_points import AccessPoint
from navigator.domain.contact_details import phone_number_text, sourced_phones
from navigator.wording.date_format import date_and_time, long_date
from navigator.wording.language_names import language_name

SHOWN_LANGUAGES = ("en", "fr", "ase", "ar", "zh", "es", "pa", "ur", "hi")
"""Languages that a card names, and that a search can be narrowed to, in this order (ISO 639)."""


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """What a card shows of a service, in one language."""

    id: str
    name: str
    organization: str
    description: str
    how: str
    say: str
    bring: tuple[str, ...]
    who: tuple[str, ...]
    first: tuple[str, ...]
    other: tuple[str, ...]
    door: "ServiceCard | None"
    phones: tuple[PhoneNumber, ...]
    url: str | None
    email: str | None
    places: tuple[str, ...]
    hours: str
    open_now: bool | None
    free: bool | None
    fees: str
    languages: tuple[str, ...]
    checked: str | None
    """When the way to reach it was last seen to be right: 2024, 2024-05 or 2024-05-31."""
    needs: tuple[str, ...]
    crisis: bool

    @property
    def title(self) -> str:
        """Give the name with the organization, where they differ."""
        same = self.organization in self.name
        return self.name if same else f"{self.name} ({self.organization})"


def make_card(
    directory: Directory,
    service: Service,
    language: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    with_door: bool = True,
) -> ServiceCard:
    """Make the card of a service."""
    record = service.record
    door = directory.door_of(service) if with_door else None
    words = record.hours.words.in_(language) if record.hours and record.hours.words else ""
    return ServiceCard(
        id=record.id,
        name=record.name.in_(language),
        organization=service.organization.name.in_(language),
        description=record.description.in_(language),
        how=record.access.how.in_(language),
        say=record.access.what_to_say.in_(language) if record.access.what_to_say else "",
        bring=tuple(one.in_(language) for one in record.access.what_to_bring),
        who=_rule_words(record, RuleStrength.REQUIRES, language),
        first=_rule_words(record, RuleStrength.PREFERS, language),
        other=tuple(one.in_(language) for one in record.other_criteria),
        door=make_card(directory, door, language, now=now, zone=zone) if door else None,
        phones=tuple(
            p for p in sourced_phones(service) if not door or p.number not in _numbers(door)
        ),
        url=record.url,
        email=record.email,
        places=() if record.confidential_location else _places(service),
        hours=words,
        open_now=record.hours.open_at(now.astimezone(zone)) if record.hours else None,
        free=record.fees.free,
        fees=record.fees.words.in_(language) if record.fees.words else "",
        languages=_languages(service, language),
        checked=record.last_check.date if record.last_check else None,
        needs=record.needs,
        crisis=record.crisis,
    )


def make_card_through(
    directory: Directory,
    service: Service,
    door: AccessPoint,
    language: str,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> ServiceCard:
    """Make the card with the door that works for a person, which may not be the record's."""
    own = make_card(directory, service, language, now=now, zone=zone, with_door=False)
    told = replace(
        own,
        say=door.say.in_(language) if door.say else "",
        bring=tuple(one.in_(language) for one in door.bring),
        open_now=door.open_now,
    )
    contact = door.service
    if contact is service:
        return told
    turned = contact is not directory.door_of(service)
    return replace(
        told,
        how=contact.record.access.how.in_(language) if turned else own.how,
        door=make_card(directory, contact, language, now=now, zone=zone, with_door=False),
        phones=tuple(phone for phone in own.phones if phone.number not in _numbers(contact)),
    )


def _rule_words(record: ServiceRecord, strength: RuleStrength, language: str) -> tuple[str, ...]:
    return tuple(rule.words.in_(language) for rule in record.rules if rule.strength == strength)


def _numbers(service: Service) -> frozenset[str]:
    return frozenset(phone.number for phone in service.record.phones)


def _places(service: Service) -> tuple[str, ...]:
    return tuple(
        ", ".join(part for part in (place.street, place.city, place.postal_code) if part)
        for place in service.record.places
    )


def _languages(service: Service, language: str) -> tuple[str, ...]:
    names = [
        language_name(code, language, on_card=True)
        for code in service.record.languages
        if code in SHOWN_LANGUAGES
    ]
    note = service.record.languages_note
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
