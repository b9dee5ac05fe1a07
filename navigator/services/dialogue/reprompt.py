"""Ask again for what was asked last: in the same words, or, for who is lost, in others."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from directory_data.vocabulary.loader import FactKind
from navigator.domain.conversation_state import (
    AwaitingAnswer,
    AwaitingConsent,
    AwaitingContactChoice,
    AwaitingDetailChoice,
    AwaitingEraseAnswer,
    AwaitingName,
    AwaitingNeed,
    AwaitingSafeContact,
    ConversationState,
    NewConversation,
    Referred,
    ShowingList,
    ShowingService,
    Stage,
    with_progress,
)
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn, for_stage
from navigator.services.dialogue.list_steps import ask_which
from navigator.services.dialogue.messages import (
    SEGMENTS,
    need_menu,
    next_message,
    not_understood,
    question_text,
    read_back,
    show_list,
)
from navigator.services.dialogue.referral_steps import ask_safe_contact, consent_words
from navigator.services.dialogue.service_detail import show_detail
from navigator.services.interview.question_wording import word_question
from navigator.wording.content import region_message, text_message
from sms.segments import fits_segments, to_gsm7

EXPLANATIONS: Mapping[Stage, str] = {
    Stage.NEED: "explain_need",
    Stage.LIST: "explain_list",
    Stage.WHICH_CONTACT: "explain_which",
    Stage.WHICH_MORE: "explain_which",
    Stage.DETAIL: "explain_detail",
    Stage.NAME: "explain_name",
    Stage.SAFE: "explain_safe",
    Stage.CONSENT: "explain_consent",
    Stage.ERASE: "explain_erase",
}


def reprompt(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Ask again for what the state waits for."""
    return REPROMPTS[state.stage](context, state, language)


def clarify(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Say in other words what can be answered, once; who is still lost gets a person."""
    if state.progress.misses:
        return not_understood(state, language)
    counted = with_progress(state, replace(state.progress, misses=1))
    if isinstance(counted, AwaitingAnswer):
        return DialogueTurn(counted, language, _explained_question(context, counted, language))
    if isinstance(counted, AwaitingNeed) and not counted.menu:
        return need_menu(context, counted, language, context.menus.first)
    if state.stage in EXPLANATIONS:
        return DialogueTurn(counted, language, text_message(EXPLANATIONS[state.stage], language))
    turn = reprompt(context, state, language)
    return replace(turn, state=with_progress(turn.state, replace(turn.state.progress, misses=1)))


def _explained_question(context: DialogueContext, state: AwaitingAnswer, language: str) -> str:
    if context.vocabulary.facts[state.question].kind is FactKind.YEARS:
        return text_message("explain_years", language)
    for_other = state.person.for_other
    why = word_question(context.vocabulary, state.question, language, for_other=for_other).why
    text = to_gsm7(text_message("explain_question", language, why=why))
    if fits_segments(text, segments=SEGMENTS):
        return text
    return to_gsm7(text_message("explain_question", language, why=""))


def _welcome(context: DialogueContext, state: NewConversation, language: str) -> DialogueTurn:
    welcome = region_message("welcome", language, context.directory.policy)
    return DialogueTurn(AwaitingNeed(state.memory), language, welcome)


def _need(context: DialogueContext, state: AwaitingNeed, language: str) -> DialogueTurn:
    if state.person.needs and not state.menu:
        # Danger was answered before the need that it came with.
        lead = read_back(context, state.person, language)
        return next_message(context, state, language, lead=lead)
    return need_menu(context, state, language, state.menu or context.menus.first)


def _question(context: DialogueContext, state: AwaitingAnswer, language: str) -> DialogueTurn:
    return DialogueTurn(state, language, question_text(context, state, language))


def _list(context: DialogueContext, state: ShowingList, language: str) -> DialogueTurn:
    return show_list(context, state, language, page=state.shown.page)


def _which_contact(
    context: DialogueContext, state: AwaitingContactChoice, language: str
) -> DialogueTurn:
    return ask_which(context, state, language, contact=True)


def _which_detail(
    context: DialogueContext, state: AwaitingDetailChoice, language: str
) -> DialogueTurn:
    return ask_which(context, state, language, contact=False)


def _detail(context: DialogueContext, state: ShowingService, language: str) -> DialogueTurn:
    return show_detail(context, state, state.chosen, language)


def _safe_contact(_: DialogueContext, state: AwaitingSafeContact, language: str) -> DialogueTurn:
    return DialogueTurn(state, language, ask_safe_contact(state, language))


def _consent(context: DialogueContext, state: AwaitingConsent, language: str) -> DialogueTurn:
    return DialogueTurn(state, language, consent_words(context, state, language))


def _fixed(key: str) -> Callable[[DialogueContext, ConversationState, str], DialogueTurn]:
    def ask(_: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
        text = text_message(key, language, code=state.memory.referral_code)
        return DialogueTurn(state, language, text)

    return ask


REPROMPTS: Mapping[Stage, Callable[[DialogueContext, ConversationState, str], DialogueTurn]] = dict(
    (
        for_stage(NewConversation, _welcome),
        for_stage(AwaitingNeed, _need),
        for_stage(AwaitingAnswer, _question),
        for_stage(ShowingList, _list),
        for_stage(AwaitingContactChoice, _which_contact),
        for_stage(AwaitingDetailChoice, _which_detail),
        for_stage(ShowingService, _detail),
        for_stage(AwaitingName, _fixed("ask_name")),
        for_stage(AwaitingSafeContact, _safe_contact),
        for_stage(AwaitingConsent, _consent),
        for_stage(Referred, _fixed("already_referred")),
        for_stage(AwaitingEraseAnswer, _fixed("erase_ask")),
    )
)
