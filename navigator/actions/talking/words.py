"""Our own words, understood anywhere in a talk as a whole message."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from navigator.actions.talking.showing import (
    FIRST_NEEDS,
    MORE_NEEDS,
    need_menu,
    question_text,
    show_list,
)
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.domain.conversation import Stage, State, begin_again
from navigator.wording.reading import say
from sms.keywords import carrier_keyword, whole_word


class Word(StrEnum):
    """Our own words, understood anywhere as a whole message."""

    MENU = "menu"
    BACK = "back"
    MORE = "more"
    PERSON = "person"
    ENGLISH = "english"
    FRENCH = "french"
    UNSHARE = "unshare"
    ERASE = "erase"
    THANKS = "thanks"


WORDS: Mapping[str, Word] = {
    **dict.fromkeys(("menu", "restart", "start over", "recommencer"), Word.MENU),
    **dict.fromkeys(("back", "retour"), Word.BACK),
    **dict.fromkeys(("more", "plus"), Word.MORE),
    **dict.fromkeys(("9", "person", "a person", "human", "personne", "une personne"), Word.PERSON),
    **dict.fromkeys(("english", "anglais"), Word.ENGLISH),
    **dict.fromkeys(("francais", "french", "en francais"), Word.FRENCH),
    **dict.fromkeys(("unshare",), Word.UNSHARE),
    **dict.fromkeys(("erase", "effacer"), Word.ERASE),
    **dict.fromkeys(("thanks", "thank you", "thx", "ty", "merci", "merci beaucoup"), Word.THANKS),
}


def own_keyword(body: str) -> str | None:
    """Give the keyword that a whole message is: the carrier's, or erase and unshare."""
    match = carrier_keyword(body)
    if match is not None:
        return match.keyword
    word = whole_word(body, WORDS)
    return word if word in {Word.ERASE, Word.UNSHARE} else None


def _menu(guide: Guide, state: State, language: str) -> Turn:
    return need_menu(guide, begin_again(state), language, FIRST_NEEDS)


def _back(guide: Guide, state: State, language: str) -> Turn:
    if state.stage in {Stage.QUESTION, Stage.NEED, Stage.NEW} or not state.needs:
        return _menu(guide, state, language)
    return show_list(guide, state.but(page=0), language)


def _more(guide: Guide, state: State, language: str) -> Turn:
    if state.stage is Stage.LIST:
        return show_list(guide, state.but(page=state.page + 1), language)
    if state.stage is Stage.NEED:
        return need_menu(guide, state, language, MORE_NEEDS)
    return _back(guide, state, language)


def _person(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state, language, say("person_waiting", language), Effect.PERSON)


def _in_language(language: str) -> "Callable[[Guide, State, str], Turn]":
    def switch(guide: Guide, state: State, _: str) -> Turn:
        if state.stage is Stage.QUESTION:
            return Turn(state, language, question_text(guide, state, language))
        if state.stage in {Stage.NEW, Stage.NEED}:
            return _menu(guide, state, language)
        if state.stage is Stage.LIST:
            return show_list(guide, state, language)
        return Turn(state, language, say("language_set", language))

    return switch


def _unshare(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(begin_again(state).but(code=""), language, "", Effect.UNSHARE)


def _ask_erase(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state.but(stage=Stage.ERASE), language, say("erase_ask", language))


def _thanks(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state, language, say("thanks", language))


ACTS: Mapping[Word, Callable[[Guide, State, str], Turn]] = {
    Word.MENU: _menu,
    Word.BACK: _back,
    Word.MORE: _more,
    Word.PERSON: _person,
    Word.ENGLISH: _in_language("en"),
    Word.FRENCH: _in_language("fr"),
    Word.UNSHARE: _unshare,
    Word.ERASE: _ask_erase,
    Word.THANKS: _thanks,
}
