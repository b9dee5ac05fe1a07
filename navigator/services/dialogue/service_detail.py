"""One service in a text: what it is, the door that works now for this person, and what to say."""

from collections.abc import Sequence

from navigator.domain.access_points import access_point_for
from navigator.domain.contact_details import phone_number_text, shortest_contact, sourced_phones
from navigator.domain.conversation_state import ConversationState, Stage
from navigator.services.dialogue.messages import option_by_key, show_list
from navigator.services.dialogue.opening_hours_text import (
    alternative_line,
    opening_hours_line,
    what_to_bring,
    what_to_say,
)
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn
from navigator.services.interview.contact_options import ContactOption
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7


def show_detail(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Show one service: what it is, its door with the hours now, and how to get in."""
    way = option_by_key(guide, state, state.chosen)
    if way is None:
        return show_list(guide, state, language)
    now, more = _door_lines(guide, state, way, language)
    always = [_head(way, language), *now]
    text = _fitted(
        always, [way.service.record.description.in_(language), _where(way), *more], language
    )
    return DialogueTurn(state.but(stage=Stage.DETAIL), language, text)


def _where(way: ContactOption) -> str:
    """Give the street to go to, where it is no secret and no other door comes first."""
    record = way.service.record
    if way.contact is not way.service or record.confidential_location:
        return ""
    streets = [f"{place.street}, {place.city}" for place in record.places if place.street]
    return f"{streets[0]}." if len(streets) == 1 else ""


def _head(way: ContactOption, language: str) -> str:
    numbers = ", ".join(
        phone_number_text(phone) for phone in sourced_phones(way.contact)[:2]
    ) or shortest_contact(way.contact)
    name = way.service.record.brief(language)
    if way.contact is way.service:
        return f"{name}: {numbers}"
    door = way.contact.record.brief(language)
    phone = shortest_contact(way.contact)
    return f"{name}: {text_message('through', language, door=door, phone=phone)}"


def _door_lines(
    guide: DialogueContext, state: ConversationState, way: ContactOption, language: str
) -> tuple[list[str], list[str]]:
    """Give what must be said of the door now, and what may be said where there is room."""
    own = (way.service, guide.directory.door_of(way.service))
    turned = way.contact.id not in {one.id for one in own if one is not None}
    # Another door than the record's: how to get in is as that door says.
    how = (way.contact if turned else way.service).record.access.how.in_(language)
    if guide.moment is None:
        return [], [how]
    door = access_point_for(guide.directory, way.service, state.answers, guide.moment)
    now = [opening_hours_line(door, guide.moment, language), alternative_line(door, language)]
    return now, [what_to_say(door, language), what_to_bring(door, language), how]


def _fitted(always: Sequence[str], maybe: Sequence[str], language: str) -> str:
    """Put in as much as fits two segments, in this order of importance."""
    tail = text_message("detail_tail", language)
    body = [line for line in always if line]
    for line in filter(None, maybe):
        if fits_segments(to_gsm7("\n".join([*body, line, tail])), segments=2):
            body.append(line)
    return to_gsm7("\n".join([*body, tail]))
