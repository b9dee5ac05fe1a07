"""Several needs told at once: the first gets the list, the others are kept and led to."""

from collections.abc import Collection, Sequence

from directory_data.vocabulary.loader import NeedFlag
from navigator.domain.conversation_state import ConversationState
from navigator.nlp.needs.pipeline import understand
from navigator.services.dialogue.turn_types import DialogueContext
from navigator.services.interview.contact_options import PAGE, ContactOption
from navigator.wording.content import text_message
from sms.segments import to_gsm7

STRONG, PLAIN = 0.5, 0.75
"""From these scores on, words name a need; and do so outright."""


def remaining_needs(
    guide: DialogueContext, state: ConversationState, shown: Collection[str]
) -> tuple[str, ...]:
    """Give the needs that come after those of a list, the next one first.

    A need only touched on is answered where some place shown is there for it in the first place.
    """
    if len(state.needs) < 2:
        return ()
    answered = {
        guide.directory.services[key].record.needs[0]
        for key in shown
        if key in guide.directory.services
    }
    scores = dict(understand(state.words, lexicon=guide.lexicon).needs)
    # What stands nowhere in the words was chosen from a menu, or came with danger.
    told = {need: scores.get(need, PLAIN) for need in state.needs[1:]}
    return tuple(
        need
        for need, score in told.items()
        if score >= PLAIN or (score > STRONG and need not in answered)
    )


def order_by_need(
    guide: DialogueContext, state: ConversationState, every: Sequence[ContactOption]
) -> tuple[ContactOption, ...]:
    """Put what only serves a need with a list of its own behind the rest: food is no bed."""
    first = [way.key for way in every[:PAGE]]
    # What cannot wait stands in every list.
    urgent = guide.vocabulary.needs_with(NeedFlag.URGENT)
    later = set(remaining_needs(guide, state, first)) - urgent

    def waits(way: ContactOption) -> bool:
        meant = set(state.needs).intersection(way.service.record.needs)
        return bool(meant) and meant <= later

    return (*(way for way in every if not waits(way)), *filter(waits, every))


def next_need_line(
    guide: DialogueContext, state: ConversationState, shown: Collection[str], language: str
) -> str:
    """Say which need comes next, and how to get to it; empty where there is none."""
    after = remaining_needs(guide, state, shown)
    if not after:
        return ""
    return to_gsm7(
        text_message("list_next", language, need=guide.vocabulary.needs[after[0]].say.in_(language))
    )
