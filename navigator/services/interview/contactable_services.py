"""Ways to get help: the services that a person can contact, each through its door."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.vocabulary.loader import NeedFlag, Vocabulary
from navigator.domain.access_point_selection import widest_access_points
from navigator.domain.eligibility import Verdict
from navigator.domain.matching import LIST_LENGTH, Match
from navigator.domain.service_contacts import shortest_contact
from navigator.wording.content import text_message

MOST_MATCHES = 2 * LIST_LENGTH
"""Several services may lie behind one door, so more are looked at than a list shows."""


@dataclass(frozen=True, slots=True)
class ContactableService:
    """A door or service that a person can contact, with the service that is meant by it."""

    contact: Service
    service: Service

    @property
    def key(self) -> str:
        """Give the id under which a talk remembers it."""
        return self.service.id


def contactable_services(matches: Sequence[Match]) -> tuple[ContactableService, ...]:
    """Give each way in once, the best service first; services behind one door are one option."""
    found: dict[str, ContactableService] = {}
    fitting = [match for match in matches if match.verdict is not Verdict.DOES_NOT_FIT]
    for match in fitting[:MOST_MATCHES]:
        contact = match.contact
        if contact.id not in found and shortest_contact(contact):
            found[contact.id] = ContactableService(contact, match.service)
    return tuple(found.values())


def all_contactable_services(
    directory: Directory, matches: Sequence[Match]
) -> tuple[ContactableService, ...]:
    """Give the ways in, and after them the doors that are open to everybody."""
    first = contactable_services(matches)
    known = {option.contact.id for option in first}
    widest = (door for door in widest_access_points(directory) if door.id not in known)
    return (*first, *(ContactableService(door, door) for door in widest))


def accepts_referrals(vocabulary: Vocabulary, option: ContactableService) -> bool:
    """Say whether a navigator can ask it to contact a person; a crisis line only takes calls."""
    return option.service.record.needs[0] not in vocabulary.needs_with(NeedFlag.CALL_ONLY)


def option_line(option: ContactableService, language: str) -> str:
    """Name the service, the door that it is reached through, and the number to call."""
    name = option.service.record.brief(language)
    if option.contact is not option.service:
        door = option.contact.record.brief(language)
        via = text_message("list_via", language, name=name, door=door)
        return f"- {via} {shortest_contact(option.contact)}"
    return f"- {name} {shortest_contact(option.contact)}"
