"""Danger is answered first and at once, with fixed words; the need is kept for the next text."""

from dataclasses import replace
from datetime import timedelta

from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.conversation_state import (
    AwaitingNeed,
    ConversationState,
    DialogueMemory,
    KnownPerson,
    Stage,
    start_over,
)
from navigator.domain.rate_limit import exceeds_safety_limit
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.nlp.danger.detector import Danger
from navigator.services.dialogue.dialogue_turn import STRONG
from navigator.services.dialogue.free_text import MOST_NEEDS, spoken_language, with_words
from navigator.services.safety_cards import safety_card_for_person
from navigator.storage import outbox
from sms.segments import to_gsm7

SECOND_AFTER = timedelta(seconds=3)
"""The second safety text leaves this long after the first one, so that they come in order."""

ASKED_SOMETHING = frozenset(
    {Stage.QUESTION, Stage.NAME, Stage.SAFE, Stage.CONSENT, Stage.REFERRED, Stage.ERASE}
)
"""Here the next text most likely answers what was asked; elsewhere a new need goes on."""

GROWN_UP = 18
"""Below these years a need becomes the one that is there for the young."""


def respond_to_danger(context: MessageContext, danger: Danger, *, quiet: bool) -> Response:
    """Answer with the card, also while a person answers and after an opt-out."""
    state = _with_danger(context, danger)
    language = spoken_language(context.state, context.message)
    speaker = context.conversation.speaker
    if exceeds_safety_limit(context.conversation.pace):
        return Response("", state, language, speaker, danger.level)
    directory = context.dialogue.directory
    card = safety_card_for_person(danger, directory, state.person.answers, language)
    if card.then and not context.conversation.opted_out and not quiet:
        _send_second(context, "\n".join(card.then))
    return Response(card.first, state, language, speaker, danger.level)


def send_crisis_numbers(context: MessageContext, danger: Danger) -> None:
    """Send a worker who writes about a client the numbers, and let the conversation go on."""
    answers = with_words(context.state, context.message).person.answers
    language = spoken_language(context.state, context.message)
    card = safety_card_for_person(danger, context.dialogue.directory, answers, language)
    _send_second(context, "\n".join((card.first, *card.then[:1])))


def _send_second(context: MessageContext, text: str) -> None:
    outbox.enqueue(
        context.uow,
        number=context.incoming.sender,
        body=to_gsm7(text),
        kind="safety",
        now=context.now,
        not_before=context.now + SECOND_AFTER,
    )


def _with_danger(context: MessageContext, danger: Danger) -> ConversationState:
    """Keep the need and the facts that stand in the text; the next text goes on with them."""
    state, message = context.state, context.message
    updated = with_words(state, message)
    needs_kept = state.person.needs
    vocabulary = context.dialogue.vocabulary
    danger_needs = _danger_needs(vocabulary, danger, updated.person)
    kind = vocabulary.danger_kinds.get(danger.kind or "")
    not_meant = kind.not_meant if kind else frozenset()
    named = tuple(
        need
        for need, score in message.understood.needs[:MOST_NEEDS]
        if need not in not_meant and (score >= STRONG or not needs_kept)
    )
    if state.stage in ASKED_SOMETHING:
        needs = (*danger_needs, *needs_kept, *named)
        return replace(updated, memory=_memory(updated, danger, danger_needs, needs))
    begun = with_words(start_over(state), message)
    memory = _memory(begun, danger, danger_needs, (*danger_needs, *(named or needs_kept)))
    return AwaitingNeed(replace(memory, progress=replace(memory.progress, asked=1)))


def _memory(
    state: ConversationState, danger: Danger, danger_needs: tuple[str, ...], needs: tuple[str, ...]
) -> DialogueMemory:
    first = tuple(dict.fromkeys(needs))[:MOST_NEEDS]
    person = replace(state.person, needs=first, danger_needs=danger_needs)
    return replace(state.memory, person=person, answered_danger=danger.level)


def _danger_needs(vocabulary: Vocabulary, danger: Danger, person: KnownPerson) -> tuple[str, ...]:
    """Give what danger needs beside the card: it stays the first need when all goes on."""
    kind = vocabulary.danger_kinds.get(danger.kind or "")
    needs = kind.needs if kind else ()
    if kind and danger.about == "self":
        needs = tuple(need for need in needs if need not in kind.not_for_self)
    age = person.answers.get("age")
    if type(age) is int and age < GROWN_UP:
        return tuple(vocabulary.needs[need].for_the_young or need for need in needs)
    return needs
