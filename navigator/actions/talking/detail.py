"""One service in a text: what it is, the door that works now for this person, and what to say."""

from collections.abc import Sequence

from navigator.actions.listing import Way
from navigator.actions.talking.at_the_door import (
    hours_line,
    instead_line,
    what_to_bring,
    what_to_say,
)
from navigator.actions.talking.showing import show_list, way_of
from navigator.actions.talking.values import Guide, Turn
from navigator.domain.conversation import Stage, State
from navigator.domain.describing import number, phones, reach
from navigator.domain.doors import door_for
from navigator.wording.reading import say
from sms.segments import fits, plain


def show_detail(guide: Guide, state: State, language: str) -> Turn:
    """Show one service: what it is, its door with the hours now, and how to get in."""
    way = way_of(guide, state, state.chosen)
    if way is None:
        return show_list(guide, state, language)
    now, more = _door_lines(guide, state, way, language)
    always = [_head(way, language), *now]
    text = _fitted(
        always, [way.service.record.description.in_(language), _where(way), *more], language
    )
    return Turn(state.but(stage=Stage.DETAIL), language, text)


def _where(way: Way) -> str:
    """Give the street to go to, where it is no secret and no other door comes first."""
    record = way.service.record
    if way.contact is not way.service or record.confidential_location:
        return ""
    streets = [f"{place.street}, {place.city}" for place in record.places if place.street]
    return f"{streets[0]}." if len(streets) == 1 else ""


def _head(way: Way, language: str) -> str:
    numbers = ", ".join(number(phone) for phone in phones(way.contact)[:2]) or reach(way.contact)
    name = way.service.record.brief(language)
    if way.contact is way.service:
        return f"{name}: {numbers}"
    door = way.contact.record.brief(language)
    return f"{name}: {say('through', language, door=door, phone=reach(way.contact))}"


def _door_lines(guide: Guide, state: State, way: Way, language: str) -> tuple[list[str], list[str]]:
    """Give what must be said of the door now, and what may be said where there is room."""
    own = (way.service, guide.directory.door_of(way.service))
    turned = way.contact.id not in {one.id for one in own if one is not None}
    # Another door than the record's: how to get in is as that door says.
    how = (way.contact if turned else way.service).record.access.how.in_(language)
    if guide.moment is None:
        return [], [how]
    door = door_for(guide.directory, way.service, state.answers, guide.moment)
    now = [hours_line(door, guide.moment, language), instead_line(door, language)]
    return now, [what_to_say(door, language), what_to_bring(door, language), how]


def _fitted(always: Sequence[str], maybe: Sequence[str], language: str) -> str:
    """Put in as much as fits two segments, in this order of importance."""
    tail = say("detail_tail", language)
    body = [line for line in always if line]
    for line in filter(None, maybe):
        if fits(plain("\n".join([*body, line, tail])), segments=2):
            body.append(line)
    return plain("\n".join([*body, tail]))
