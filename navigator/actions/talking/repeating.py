"""Say again what a talk asked for last: after a way back, another language, or danger."""

from collections.abc import Callable, Mapping

from navigator.actions.talking.contact import ask_safe, consent_words
from navigator.actions.talking.detail import show_detail
from navigator.actions.talking.showing import (
    FIRST_NEEDS,
    go_on,
    need_menu,
    question_text,
    read_back,
    show_list,
)
from navigator.actions.talking.steps import which
from navigator.actions.talking.values import Guide, Turn
from navigator.domain.conversation import Stage, State
from navigator.wording.reading import say


def again(guide: Guide, state: State, language: str) -> Turn:
    """Say again what the state waits for."""
    return AGAIN[state.stage](guide, state, language)


def _welcome(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state.but(stage=Stage.NEED, menu=()), language, say("welcome", language))


def _need(guide: Guide, state: State, language: str) -> Turn:
    if state.needs and not state.menu:
        # Danger was answered before the need that it came with.
        return go_on(guide, state, language, lead=read_back(guide, state, language))
    return need_menu(guide, state, language, state.menu or FIRST_NEEDS)


def _question(guide: Guide, state: State, language: str) -> Turn:
    return Turn(state, language, question_text(guide, state, language))


def _list(guide: Guide, state: State, language: str) -> Turn:
    return show_list(guide, state, language)


def _which(guide: Guide, state: State, language: str) -> Turn:
    return which(guide, state, language, contact=state.stage is Stage.WHICH_CONTACT)


def _safe(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state, language, ask_safe(state, language))


def _consent(guide: Guide, state: State, language: str) -> Turn:
    return Turn(state, language, consent_words(guide, state, language))


def _said(key: str) -> Callable[[Guide, State, str], Turn]:
    def say_it(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
        return Turn(state, language, say(key, language, code=state.code))

    return say_it


AGAIN: Mapping[Stage, Callable[[Guide, State, str], Turn]] = {
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
