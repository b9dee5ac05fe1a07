"""Explain in plain words what can be answered now, to somebody who did not understand us."""

from collections.abc import Mapping

from directory_data.vocabulary.loader import FactKind
from navigator.domain.conversation_state import ConversationState, Stage
from navigator.services.dialogue.messages import need_menu, not_understood
from navigator.services.dialogue.reprompt import reprompt
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn
from navigator.services.interview.questions_and_answers import word_question
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

EXPLAINED: Mapping[Stage, str] = {
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


def clarify(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Say in other words what can be answered, once; who is still lost gets a person."""
    if state.misses:
        return not_understood(state, language)
    counted = state.but(misses=1)
    if state.stage is Stage.QUESTION:
        return DialogueTurn(counted, language, _question(guide, state, language))
    if state.stage is Stage.NEED and not state.menu:
        return need_menu(guide, counted, language, guide.directory.policy.menus.first)
    if state.stage in EXPLAINED:
        return DialogueTurn(counted, language, text_message(EXPLAINED[state.stage], language))
    shown = reprompt(guide, state, language)
    return DialogueTurn(shown.state.but(misses=1), language, shown.reply, shown.effect)


def _question(guide: DialogueContext, state: ConversationState, language: str) -> str:
    fact = state.question or ""
    if guide.vocabulary.facts[fact].kind is FactKind.YEARS:
        return text_message("explain_years", language)
    why = word_question(guide.vocabulary, fact, language, for_other=state.for_other).why
    text = to_gsm7(text_message("explain_question", language, why=why))
    return (
        text
        if fits_segments(text, segments=2)
        else to_gsm7(text_message("explain_question", language, why=""))
    )
