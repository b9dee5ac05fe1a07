"""The cards of a search: each with the door that works for the place and age that were said."""

from datetime import datetime

from directory_data.directory import Service
from navigator.domain.doors import door_for
from navigator.web.cards import Card, card, card_through
from navigator.web.frame import edition, language, parts
from navigator.web.search_person import Person


def plain(service: Service, moment: datetime) -> Card:
    """Make the card of a service, nothing being known of the person."""
    return card(edition().directory, service, language(), now=moment, zone=parts().zone)


def for_person(service: Service, person: Person, moment: datetime) -> Card:
    """Make the card with the door that this person contacts: in a list, beside it, on paper."""
    directory, here = edition().directory, parts()
    door = door_for(directory, service, person.answers(here.vocabulary), moment)
    return card_through(directory, service, door, language(), now=moment, zone=here.zone)
