"""One service in a text: what it is, the door that works now for this person, and what to say."""

from collections.abc import Sequence

from navigator.domain.access_point_selection import access_point_for
from navigator.domain.conversation_state import AfterList, KnownPerson, ShowingService
from navigator.domain.service_contacts import phone_number_text, shortest_contact, sourced_phones
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn
from navigator.services.dialogue.messages import SEGMENTS, show_list
from navigator.services.dialogue.opening_hours_text import (
    alternative_line,
    opening_hours_line,
    what_to_bring,
    what_to_say,
)
from navigator.services.interview.contactable_services import ContactableService
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7


def show_detail(
    context: DialogueContext, state: AfterList, key: str, language: str
) -> DialogueTurn:
    """Show one service: what it is, its door with the hours now, and how to get in."""
    option = context.option(state.person, key)
    if option is None:
        return show_list(context, state, language, page=state.shown.page)
    now, more = _door_lines(context, state.person, option, language)
    description = option.service.record.description.in_(language)
    text = _fitted([_head(option, language), *now], [description, _where(option), *more], language)
    return DialogueTurn(ShowingService(state.memory, state.shown, key), language, text)


def _where(option: ContactableService) -> str:
    """Give the street to go to, where it is no secret and no other door comes first."""
    record = option.service.record
    if option.contact is not option.service or record.confidential_location:
        return ""
    streets = [f"{place.street}, {place.city}" for place in record.places if place.street]
    return f"{streets[0]}." if len(streets) == 1 else ""


def _head(option: ContactableService, language: str) -> str:
    numbers = ", ".join(
        phone_number_text(phone) for phone in sourced_phones(option.contact)[:2]
    ) or shortest_contact(option.contact)
    name = option.service.record.brief(language)
    if option.contact is option.service:
        return f"{name}: {numbers}"
    door = option.contact.record.brief(language)
    phone = shortest_contact(option.contact)
    return f"{name}: {text_message('through', language, door=door, phone=phone)}"


def _door_lines(
    context: DialogueContext, person: KnownPerson, option: ContactableService, language: str
) -> tuple[list[str], list[str]]:
    """Give what must be told of the door now, and what may be told where there is room."""
    directory = context.directory
    own_door = directory.access_point_of(option.service) or option.service
    redirected = option.contact.id not in {option.service.id, own_door.id}
    # Another door than the record's: how to get in is as that door says.
    how = (option.contact if redirected else option.service).record.access.how.in_(language)
    if context.moment is None:
        return [], [how]
    door = access_point_for(directory, option.service, person.answers, context.moment)
    now = [opening_hours_line(door, context.moment, language), alternative_line(door, language)]
    return now, [what_to_say(door, language), what_to_bring(door, language), how]


def _fitted(always: Sequence[str], maybe: Sequence[str], language: str) -> str:
    """Put in as much as fits two segments, in this order of importance."""
    tail = text_message("detail_tail", language)
    lines = [line for line in always if line]
    for line in filter(None, maybe):
        if fits_segments(to_gsm7("\n".join([*lines, line, tail])), segments=SEGMENTS):
            lines.append(line)
    return to_gsm7("\n".join([*lines, tail]))
