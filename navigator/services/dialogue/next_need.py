"""Several needs told at once: the first gets the list, the others are kept and led to."""

from collections.abc import Collection, Mapping, Sequence

from directory_data.vocabulary.loader import NeedFlag
from navigator.domain.conversation_state import KnownPerson
from navigator.nlp.needs.pipeline import understand
from navigator.services.dialogue.dialogue_turn import STRONG, DialogueContext
from navigator.services.interview.contactable_services import ContactableService
from navigator.wording.content import text_message
from sms.segments import to_gsm7

PAGE = 3
"""Most services that one message shows: with a head and the choices, more rarely fit."""

PLAIN = 0.75
"""From this score on, words name a need outright."""


def remaining_needs(
    context: DialogueContext, person: KnownPerson, shown: Collection[str]
) -> tuple[str, ...]:
    """Give the needs that come after those of a list, the next one first.

    A need only touched on is answered where some place shown is there for it in the first place.
    """
    if len(person.needs) < 2:
        return ()
    services = context.directory.services
    answered = {services[key].record.needs[0] for key in shown if key in services}
    scores = _need_scores(context, person)
    # What stands nowhere in the words was chosen from a menu, or came with danger.
    later = {need: scores.get(need, PLAIN) for need in person.needs[1:]}
    return tuple(
        need
        for need, score in later.items()
        if score >= PLAIN or (score > STRONG and need not in answered)
    )


def _need_scores(context: DialogueContext, person: KnownPerson) -> Mapping[str, float]:
    if person.need_scores is not None:
        return person.need_scores
    # A conversation that 0.1.0 began: it kept the words alone.
    return dict(understand(person.words, lexicon=context.lexicon).needs)


def order_by_need(
    context: DialogueContext, person: KnownPerson, options: Sequence[ContactableService]
) -> tuple[ContactableService, ...]:
    """Put what only serves a need with a list of its own behind the rest: food is no bed."""
    first = [option.key for option in options[:PAGE]]
    # What cannot wait stands in every list.
    urgent = context.vocabulary.needs_with(NeedFlag.URGENT)
    later = set(remaining_needs(context, person, first)) - urgent

    def waits(option: ContactableService) -> bool:
        served = set(person.needs).intersection(option.service.record.needs)
        return bool(served) and served <= later

    return (*(option for option in options if not waits(option)), *filter(waits, options))


def next_need_line(
    context: DialogueContext, person: KnownPerson, shown: Collection[str], language: str
) -> str:
    """Say which need comes next, and how to get to it; empty where there is none."""
    later = remaining_needs(context, person, shown)
    if not later:
        return ""
    need = context.vocabulary.needs[later[0]].say.in_(language)
    return to_gsm7(text_message("list_next", language, need=need))
