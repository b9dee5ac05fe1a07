"""Say again what a talk asked for last: after a way back, another language, or danger."""

from collections.abc import Callable, Mapping

from navigator.domain.conversation_state import ConversationState, Stage
from navigator.services.dialogue.interview_steps import ask_which
from navigator.services.dialogue.messages import (
    need_menu,
    next_message,
    question_text,
    read_back,
    show_list,
)
from navigator.services.dialogue.referral_steps import ask_safe_contact, consent_words
from navigator.services.dialogue.service_detail import show_detail
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn
from navigator.wording.content import region_message, text_message


def reprompt(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Say again what the state waits for."""
    return AGAIN[state.stage](guide, state, language)


def _welcome(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    return DialogueTurn(
        state.but(stage=Stage.NEED, menu=()),
        language,
        region_message("welcome", language, guide.directory.policy),
    )


def _need(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    if state.needs and not state.menu:
        # Danger was answered before the need that it came with.
        return next_message(guide, state, language, lead=read_back(guide, state, language))
    return need_menu(guide, state, language, state.menu or guide.directory.policy.menus.first)


def _question(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    return DialogueTurn(state, language, question_text(guide, state, language))


def _list(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    return show_list(guide, state, language)


def _which(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    return ask_which(guide, state, language, contact=state.stage is Stage.WHICH_CONTACT)


def _safe(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    return DialogueTurn(state, language, ask_safe_contact(state, language))


def _consent(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    return DialogueTurn(state, language, consent_words(guide, state, language))


def _said(key: str) -> Callable[[DialogueContext, ConversationState, str], DialogueTurn]:
    def say_it(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
        return DialogueTurn(state, language, text_message(key, language, code=state.code))

    return say_it


AGAIN: Mapping[Stage, Callable[[DialogueContext, ConversationState, str], DialogueTurn]] = {
    Stage.NEW: _welcome,
    Stage.NEED: _need,
    Stage.QUESTION: _question,
    Stage.LIST: _list,
    Stage.WHICH_CONTACT: _which,
    Stage.WHICH_MORE: _which,
    Stage.DETAIL: show_detail,
    Stage.NAME: _said("ask_name"),
    Stage.SAFE: _safe,
    Stage.CONSENT: _consent,
    Stage.REFERRED: _said("already_referred"),
    Stage.ERASE: _said("erase_ask"),
}
