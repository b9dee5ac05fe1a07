"""What a person writes in their own words: needs, facts, for whom, in which language."""

from dataclasses import replace

from navigator.domain.conversation_state import (
    AwaitingAnswer,
    ConversationState,
    SomeState,
    Stage,
    start_over,
    with_person,
)
from navigator.nlp.conversational_intents import Intent
from navigator.services.dialogue.age_corrections import age_confirmation, late_age
from navigator.services.dialogue.dialogue_turn import (
    STRONG,
    DialogueContext,
    DialogueTurn,
    ParsedMessage,
)
from navigator.services.dialogue.messages import (
    AFTER_A_LIST,
    next_message,
    not_understood,
    read_back,
    read_back_facts,
    show_list,
)

LONGEST_WORDS = 600
"""How much of a person's own words is kept for the navigator."""

MOST_NEEDS = 3
"""Needs that are kept of one text: a list for each is led to, one after the other."""


def with_words(state: SomeState, message: ParsedMessage) -> SomeState:
    """Give the state with all that a text told of the person."""
    person, understood = state.person, message.understood
    named = [need for need, _ in understood.needs]
    if isinstance(state, AwaitingAnswer) and Intent.ADDS in message.intents:
        named = [*person.needs, *(need for need, score in understood.needs if score >= STRONG)]
    needs = tuple(dict.fromkeys((*person.danger_needs, *named)))[:MOST_NEEDS]
    updated = replace(
        person,
        needs=needs if named else person.needs,
        answers={**person.answers, **message.facts},
        for_other=person.for_other or understood.for_other,
    )
    if not updated.words:
        scores = dict(understood.needs)
        updated = replace(updated, words=message.body[:LONGEST_WORDS], need_scores=scores)
    return with_person(state, updated)


def spoken_language(state: ConversationState, message: ParsedMessage) -> str:
    """Give the language to answer in: a single word changes it only at the beginning."""
    wrote_much = len(message.body.split()) >= 2
    if wrote_much or state.stage is Stage.NEW:
        return message.understood.language
    return message.language


def take_new_words(
    context: DialogueContext, state: ConversationState, message: ParsedMessage, *, again: str = ""
) -> DialogueTurn:
    """Take words in the middle of a conversation: a new need, another answer, or neither.

    `again` is what was asked, to be said once more where nothing was understood.
    """
    person, language = state.person, message.language
    years = late_age(message.folded) if state.stage in AFTER_A_LIST else None
    if years is not None:
        updated = replace(person, answers={**person.answers, "age": years})
        facts = read_back_facts(context, updated, language)
        lead = age_confirmation(person, years, language) or facts
        return show_list(context, with_person(state, updated), language, lead=lead)
    if message.names_need:
        return begin_with_words(context, state, message)
    if message.facts and person.needs:
        updated = replace(person, answers={**person.answers, **message.facts})
        lead = read_back_facts(context, updated, language)
        return show_list(context, with_person(state, updated), language, lead=lead)
    return not_understood(state, language, again=again)


def begin_with_words(
    context: DialogueContext, state: ConversationState, message: ParsedMessage
) -> DialogueTurn:
    """Begin again with the need that a text names; who the person is stays known."""
    begun = with_words(start_over(state), message)
    language = message.understood.language
    lead = read_back(context, begun.person, language)
    return next_message(context, begun, language, lead=lead)
