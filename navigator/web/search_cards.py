"""The cards of a search: each with the door that works for the place and age that were said."""

from dataclasses import replace
from datetime import datetime

from directory_data.directory import Service
from navigator.domain.describing import phones
from navigator.web.cards import Card, card
from navigator.web.frame import edition, language, parts


def plain(service: Service, moment: datetime, *, with_door: bool = True) -> Card:
    """Make the card of a service, nothing being known of the person."""
    return card(
        edition().directory,
        service,
        language(),
        now=moment,
        zone=parts().zone,
        with_door=with_door,
    )


def through(service: Service, door: Service | None, moment: datetime) -> Card:
    """Make the card of a service with the door that this person contacts."""
    if door is edition().directory.door_of(service):
        return plain(service, moment)
    own = plain(service, moment, with_door=False)
    if door is None:
        return own
    # Another door than the record's: how to get in is as that door says.
    say = door.record.access.what_to_say
    at_the_door = {phone.number for phone in phones(door)}
    return replace(
        own,
        how=door.record.access.how.in_(language()),
        say=say.in_(language()) if say else "",
        door=plain(door, moment, with_door=False),
        phones=tuple(phone for phone in own.phones if phone.number not in at_the_door),
    )
