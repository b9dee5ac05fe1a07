"""The list of a talk by text: ways in, a few at a time, within two segments."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.vocabulary.reading import Vocabulary
from navigator.domain.conversation import State
from navigator.domain.describing import reach
from navigator.domain.eligibility import Verdict
from navigator.domain.matching import SHOWN, Match, widest_doors
from navigator.wording.reading import say
from sms.segments import fits, plain

PAGE = 3
SEGMENTS = 2


@dataclass(frozen=True, slots=True)
class Way:
    """A door or service that a person can contact, with the service that is meant by it."""

    contact: Service
    service: Service

    @property
    def key(self) -> str:
        """Give the id under which a talk remembers it."""
        return self.service.id


def ways(matches: Sequence[Match]) -> tuple[Way, ...]:
    """Give each way in once, the best service first; services behind one door are one way."""
    found: dict[str, Way] = {}
    fitting = [one for one in matches if one.verdict is not Verdict.DOES_NOT_FIT]
    for one in fitting[: 2 * SHOWN]:
        way = one.way_in
        if way.id not in found and reach(way):
            found[way.id] = Way(way, one.service)
    return tuple(found.values())


def all_ways(directory: Directory, matches: Sequence[Match]) -> tuple[Way, ...]:
    """Give the ways in, and after them the doors that are open to everybody."""
    first = ways(matches)
    known = {way.contact.id for way in first}
    last = [Way(door, door) for door in widest_doors(directory) if door.id not in known]
    return (*first, *last)


def can_refer(way: Way) -> bool:
    """Say whether a navigator can ask it to contact a person; a crisis line only takes calls."""
    return way.service.record.needs[0] != "crisis-line"


def can_refer_service(directory: Directory, service: Service) -> bool:
    """Say whether a navigator can ask a service, or its door, to contact a person."""
    return can_refer(Way(directory.door_of(service) or service, service))


def page(
    state: State,
    every: Sequence[Way],
    vocabulary: Vocabulary,
    language: str,
    *,
    lead: str,
    ask: bool,
) -> tuple[str, tuple[str, ...]]:
    """Write one page of the list; give the text and the keys of what is shown."""
    rest = every[state.page :]
    if not rest:
        return say("list_end", language), tuple(state.menu)
    for count in range(min(PAGE, len(rest)), 0, -1):
        more = say("list_more", language) if len(rest) > count else ""
        tail = say("list_tail", language, more=(say("list_ask", language) if ask else "") + more)
        lines = [line(way, language) for way in rest[:count]]
        parts = [lead, _head(state, vocabulary, language), *lines, tail]
        text = plain("\n".join(part for part in parts if part))
        if fits(text, segments=SEGMENTS) or count == 1:
            break
    return text, tuple(way.key for way in rest[:count])


def line(way: Way, language: str) -> str:
    """Name the service, the door that it is reached through, and the number to call."""
    name = way.service.record.brief(language)
    if way.contact is not way.service:
        door = way.contact.record.brief(language)
        return f"- {say('list_via', language, name=name, door=door)} {reach(way.contact)}"
    return f"- {name} {reach(way.contact)}"


def _head(state: State, vocabulary: Vocabulary, language: str) -> str:
    if not state.needs:
        return ""
    return say("list_head", language, need=vocabulary.needs[state.needs[0]].say.in_(language))
