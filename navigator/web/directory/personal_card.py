"""The cards of a search: each with the door that works for the place and age that were said."""

from datetime import datetime

from directory_data.directory import Service
from navigator.domain.access_points import access_point_for
from navigator.web.base.request_context import container, current_edition, language
from navigator.web.directory.person_in_address import PersonInAddress
from navigator.web.directory.service_card import ServiceCard, make_card, make_card_through


def plain_service_card(service: Service, moment: datetime) -> ServiceCard:
    """Make the card of a service, nothing being known of the person."""
    return make_card(
        current_edition().directory, service, language(), now=moment, zone=container().zone
    )


def personal_service_card(
    service: Service, person: PersonInAddress, moment: datetime
) -> ServiceCard:
    """Make the card with the door that this person contacts: in a list, beside it, on paper."""
    directory, here = current_edition().directory, container()
    door = access_point_for(directory, service, person.answers(here.vocabulary), moment)
    return make_card_through(directory, service, door, language(), now=moment, zone=here.zone)
