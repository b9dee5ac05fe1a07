"""The steps up to the list: the first text, the need, and the answers to the questions."""

from dataclasses import replace

from directory_data.vocabulary.loader import FactKind
from navigator.domain.conversation_state import (
    AwaitingAnswer,
    AwaitingNeed,
    NewConversation,
    SomeState,
    with_person,
    with_progress,
    without_misses,
)
from navigator.domain.eligibility import DECLINED, Answer
from navigator.nlp.conversational_intents import Intent
from navigator.services.dialogue.age_corrections import (
    OLDEST,
    age_confirmation,
    age_in_words,
    late_age,
)
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn, ParsedMessage
from navigator.services.dialogue.free_text import spoken_language, with_words
from navigator.services.dialogue.messages import (
    need_menu,
    next_message,
    not_understood,
    question_text,
    read_back,
)
from navigator.services.interview.question_wording import word_question
from navigator.wording.content import region_message
from sms.number_parser import number_of
from sms.reply_matcher import ReplyOption, match_reply

SKIP = ReplyOption(DECLINED, "skip", ("0", "not sure", "pass", "passer", "rather not say", "idk"))


def take_first_message(
    context: DialogueContext, state: NewConversation, message: ParsedMessage
) -> DialogueTurn:
    """Take the first text."""
    updated, language = with_words(state, message), spoken_language(state, message)
    if updated.person.needs:
        lead = read_back(context, updated.person, language)
        return next_message(context, updated, language, lead=lead)
    # A greeting is no story to be kept. What the welcome asks is the first question of three.
    updated = with_person(updated, replace(updated.person, words="", need_scores={}))
    asked = with_progress(updated, replace(updated.progress, asked=1))
    welcome = region_message("welcome", language, context.directory.policy)
    return DialogueTurn(AwaitingNeed(asked.memory), language, welcome)


def take_need(
    context: DialogueContext, state: AwaitingNeed, message: ParsedMessage
) -> DialogueTurn:
    """Take a need, by number or in words."""
    picked = _picked_need(context, state, message)
    if picked == "more":
        return need_menu(context, state, message.language, context.menus.more)
    if picked is not None:
        return next_message(context, _with_need(state, picked), message.language)
    unsure = number_of(message.body) == 0 or Intent.UNSURE in message.intents
    if unsure and state.menu:
        return _take_unsure(context, state, message.language)
    updated, language = with_words(state, message), spoken_language(state, message)
    if updated.person.needs and (message.understood.needs or not state.menu):
        # Without a menu the need is known already: danger was answered before it.
        lead = read_back(context, updated.person, language)
        return next_message(context, without_misses(updated), language, lead=lead)
    if state.menu:
        return not_understood(updated, language)
    return need_menu(context, _asked_once_more(updated), language, context.menus.first)


def _picked_need(
    context: DialogueContext, state: AwaitingNeed, message: ParsedMessage
) -> str | None:
    needs = context.vocabulary.needs
    options = [ReplyOption(need, needs[need].label.in_(message.language)) for need in state.menu]
    if options:
        options.append(ReplyOption("more", "", (str(len(options) + 1),)))
    return match_reply(message.body, options).value


def _take_unsure(context: DialogueContext, state: AwaitingNeed, language: str) -> DialogueTurn:
    """Offer further needs to somebody who is not sure; then somebody who sorts things out."""
    if state.menu != context.menus.more:
        return need_menu(context, _asked_once_more(state), language, context.menus.more)
    sorts_out = context.directory.policy.navigation_need
    return next_message(context, _with_need(state, sorts_out), language)


def _with_need(state: AwaitingNeed, need: str) -> AwaitingNeed:
    return without_misses(with_person(state, replace(state.person, needs=(need,))))


def _asked_once_more(state: SomeState) -> SomeState:
    return with_progress(state, replace(state.progress, asked=state.progress.asked + 1))


def take_answer(
    context: DialogueContext, state: AwaitingAnswer, message: ParsedMessage
) -> DialogueTurn:
    """Take an answer to a question, with all else that was told."""
    fact, value = _answer(context, state, message)
    if value is not None:
        return _take_value(context, state, message, fact, value)
    updated = with_words(state, message)
    if message.names_need:
        language = spoken_language(state, message)
        lead = read_back(context, updated.person, message.language)
        return next_message(context, without_misses(updated), language, lead=lead)
    if message.facts:
        kept = with_person(updated, replace(updated.person, needs=state.person.needs))
        lead = read_back(context, kept.person, message.language)
        return next_message(context, kept, message.language, lead=lead)
    again = question_text(context, state, message.language)
    return not_understood(state, message.language, again=again)


def _answer(
    context: DialogueContext, state: AwaitingAnswer, message: ParsedMessage
) -> tuple[str, Answer | None]:
    """Give the fact that a text answers with its value; None where it answers nothing."""
    value = _picked_answer(context, state, message)
    if value is None and (years := late_age(message.folded)) is not None:
        # No choice has so high a number: it is the age, told late or corrected.
        return "age", years
    if value is None and state.question in message.facts:
        value = message.facts[state.question]
    return state.question, value


def _take_value(
    context: DialogueContext,
    state: AwaitingAnswer,
    message: ParsedMessage,
    fact: str,
    value: Answer,
) -> DialogueTurn:
    """Go on with an answer; several may stand in one text, and a need beside them."""
    person, language, more = state.person, message.language, _tells_more(message.body)
    # The fact that was asked for counts as it was picked, whatever else was understood.
    facts = {**message.facts, fact: value} if more else {fact: value}
    changed = with_words(state, message) if more and message.names_need else state
    answered = replace(changed.person, answers={**person.answers, **facts})
    kept = without_misses(with_person(changed, answered))
    lead = age_confirmation(person, facts.get("age", DECLINED), language)
    if not lead and fact != state.question:
        lead = read_back(context, kept.person, language)
    return next_message(context, kept, language, lead=lead)


def _picked_answer(
    context: DialogueContext, state: AwaitingAnswer, message: ParsedMessage
) -> Answer | None:
    if context.vocabulary.facts[state.question].kind is FactKind.YEARS:
        return _picked_years(context, message)
    question = word_question(
        context.vocabulary, state.question, message.language, for_other=state.person.for_other
    )
    options = [ReplyOption(choice.field, choice.label) for choice in question.choices]
    picked = match_reply(message.body, [*options, SKIP]).value
    if picked is None or picked == DECLINED:
        return picked
    return next(choice.value for choice in question.choices if choice.field == picked)


def _picked_years(context: DialogueContext, message: ParsedMessage) -> Answer | None:
    years = number_of(message.body)
    if years:
        return years if years <= OLDEST else None
    if match_reply(message.body, [SKIP]).value:
        return DECLINED
    return age_in_words(context, message)


def _tells_more(body: str) -> bool:
    written = body.split()
    return len(written) > 2 or (len(written) == 2 and any(word.isdecimal() for word in written))
