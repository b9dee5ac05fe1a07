"""Our own words, understood anywhere in a talk as a whole message."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from navigator.actions.talking.explaining import explain
from navigator.actions.talking.following import following
from navigator.actions.talking.repeating import again
from navigator.actions.talking.showing import (
    FIRST_NEEDS,
    MORE_NEEDS,
    SHOWN_PLACES,
    go_on,
    need_menu,
    read_back,
    show_list,
)
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.domain import conversation
from navigator.domain.conversation import Stage, State, begin_again
from navigator.wording.reading import say
from sms.keywords import carrier_keyword, whole_word
from sms.segments import fits


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
    WHAT = "what"
    LIST = "list"
    NEXT = "next"
    REPEAT = "repeat"
    ELSEWHERE = "elsewhere"
    FINE = "fine"
    HELLO = "hello"


SAID_AT_THE_END = (
    "thanks", "thank you", "thx", "ty", "merci", "merci beaucoup", "ok thanks", "ok merci", "bye",
    "goodbye", "thanks bye", "merci bye", "au revoir", "bonne journee", "have a good day",
)  # fmt: skip

WORDS: Mapping[str, Word] = {
    **dict.fromkeys(("menu", "restart", "start over", "recommencer"), Word.MENU),
    **dict.fromkeys(("back", "go back", "retour", "undo", "annuler"), Word.BACK),
    **dict.fromkeys(("more", "plus"), Word.MORE),
    **dict.fromkeys(("9", "person", "a person", "human", "personne", "une personne",
                     "une vraie personne", "talk to a person", "parler à une personne"),
                    Word.PERSON),
    **dict.fromkeys(("english", "anglais"), Word.ENGLISH),
    **dict.fromkeys(("francais", "french", "en francais"), Word.FRENCH),
    **dict.fromkeys(("unshare", "un share", "retirer"), Word.UNSHARE),
    **dict.fromkeys(("erase", "effacer", "erase me", "effacez"), Word.ERASE),
    **dict.fromkeys(("what", "huh", "quoi", "hein", "pardon"), Word.WHAT),
    **dict.fromkeys(("repeat", "repeat please", "say again", "again", "repetez", "repete",
                     "encore"), Word.REPEAT),
    **dict.fromkeys(("nvm", "never mind", "nevermind", "forget it", "laisse tomber",
                     "laissez tomber"), Word.FINE),
    **dict.fromkeys(("next", "the next one", "suivant", "suivante", "suite", "la suite"),
                    Word.NEXT),
    **dict.fromkeys(("code", "a code", "un code", "my code", "mon code", "new phone",
                     "other phone", "another phone", "i have a new phone", "i got a new phone",
                     "new number", "i have a new number", "nouveau telephone",
                     "autre telephone", "nouveau numero", "j'ai un nouveau telephone"),
                    Word.ELSEWHERE),
    **dict.fromkeys(("list", "liste", "my list", "ma liste"), Word.LIST),
    **dict.fromkeys(SAID_AT_THE_END, Word.THANKS),
}  # fmt: skip


def own_keyword(body: str) -> str | None:
    """Give the keyword that a whole message is: the carrier's, or erase and unshare."""
    match = carrier_keyword(body)
    if match is not None:
        return match.keyword
    word = whole_word(body, WORDS)
    return word if word in {Word.ERASE, Word.UNSHARE} else None


def _menu(guide: Guide, state: State, language: str) -> Turn:
    return need_menu(guide, begin_again(state).but(asked=1), language, FIRST_NEEDS)


def _back(guide: Guide, state: State, language: str) -> Turn:
    earlier = conversation.before(state)
    if state.stage is Stage.REFERRED or earlier is None:
        return again(guide, state, language)
    return again(guide, earlier, language)


def _more(guide: Guide, state: State, language: str) -> Turn:
    if state.stage is Stage.LIST:
        return show_list(guide, state.but(page=state.page + len(state.menu)), language)
    if state.stage is Stage.NEED:
        return need_menu(guide, state, language, MORE_NEEDS)
    return again(guide, state, language)


def _person(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    # The words depend on whether somebody is there at this hour: the face knows the clock.
    return Turn(state.but(misses=0), language, "", Effect.PERSON)


def _in_language(language: str) -> "Callable[[Guide, State, str], Turn]":
    def switch(guide: Guide, state: State, _: str) -> Turn:
        shown = again(guide, state, language)
        return Turn(shown.state, language, shown.reply, shown.effect)

    return switch


def _next(guide: Guide, state: State, language: str) -> Turn:
    """Go on with the next of several needs that were told at once."""
    if state.stage not in SHOWN_PLACES | {Stage.REFERRED}:
        return again(guide, state, language)
    after = following(guide, state, state.menu)
    if not after:
        return Turn(state, language, say("next_none", language))
    kept = state.but(needs=after, page=0, narrowing=False, chosen=None, misses=0)
    done = go_on(guide, kept, language)
    if done.state.stage is Stage.LIST:
        return done
    return go_on(guide, kept, language, lead=read_back(guide, kept, language))


def _hello(guide: Guide, state: State, language: str) -> Turn:
    """Greet somebody who comes back, and say where the talk stands."""
    shown = again(guide, state, language)
    greeted = f"{say('hello_again', language)}\n{shown.reply}"
    reply = greeted if fits(greeted, segments=2) else shown.reply
    return Turn(shown.state, language, reply, shown.effect)


def _fine(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    return Turn(state, language, say("fine", language))


def _elsewhere(guide: Guide, state: State, language: str) -> Turn:  # noqa: ARG001
    # The code is made by the face, in the transaction that keeps it.
    return Turn(state, language, "", Effect.HAND_ON)


def _list(guide: Guide, state: State, language: str) -> Turn:
    """Show the best list so far, whatever is still unknown."""
    if not state.needs:
        return again(guide, state, language)
    return show_list(guide, state.but(page=0), language)


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
    Word.WHAT: explain,
    Word.LIST: _list,
    Word.NEXT: _next,
    Word.REPEAT: again,
    Word.ELSEWHERE: _elsewhere,
    Word.FINE: _fine,
    Word.HELLO: _hello,
}
