"""Our own words, understood anywhere in a talk as a whole message."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from navigator.domain import conversation_state
from navigator.domain.conversation_state import ConversationState, Stage, start_over
from navigator.services.dialogue.clarification import clarify
from navigator.services.dialogue.messages import (
    SHOWN_PLACES,
    need_menu,
    next_message,
    read_back,
    show_list,
)
from navigator.services.dialogue.next_need import remaining_needs
from navigator.services.dialogue.reprompt import reprompt
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn, Effect
from navigator.wording.content import text_message
from sms.keywords import carrier_keyword, whole_message
from sms.segments import fits_segments


class Command(StrEnum):
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

COMMANDS: Mapping[str, Command] = {
    **dict.fromkeys(("menu", "restart", "start over", "recommencer"), Command.MENU),
    **dict.fromkeys(("back", "go back", "retour", "undo", "annuler"), Command.BACK),
    **dict.fromkeys(("more", "plus"), Command.MORE),
    **dict.fromkeys(("9", "person", "a person", "human", "personne", "une personne",
                     "une vraie personne", "talk to a person", "parler à une personne"),
                    Command.PERSON),
    **dict.fromkeys(("english", "anglais"), Command.ENGLISH),
    **dict.fromkeys(("francais", "french", "en francais"), Command.FRENCH),
    **dict.fromkeys(("unshare", "un share", "retirer"), Command.UNSHARE),
    **dict.fromkeys(("erase", "effacer", "erase me", "effacez"), Command.ERASE),
    **dict.fromkeys(("what", "huh", "quoi", "hein", "pardon"), Command.WHAT),
    **dict.fromkeys(("repeat", "repeat please", "say again", "again", "repetez", "repete",
                     "encore"), Command.REPEAT),
    **dict.fromkeys(("nvm", "never mind", "nevermind", "forget it", "laisse tomber",
                     "laissez tomber"), Command.FINE),
    **dict.fromkeys(("next", "the next one", "suivant", "suivante", "suite", "la suite"),
                    Command.NEXT),
    **dict.fromkeys(("code", "a code", "un code", "my code", "mon code", "new phone",
                     "other phone", "another phone", "i have a new phone", "i got a new phone",
                     "new number", "i have a new number", "nouveau telephone",
                     "autre telephone", "nouveau numero", "j'ai un nouveau telephone"),
                    Command.ELSEWHERE),
    **dict.fromkeys(("list", "liste", "my list", "ma liste"), Command.LIST),
    **dict.fromkeys(SAID_AT_THE_END, Command.THANKS),
}  # fmt: skip


def own_keyword(body: str) -> str | None:
    """Give the keyword that a whole message is: the carrier's, or erase and unshare."""
    match = carrier_keyword(body)
    if match is not None:
        return match.keyword
    word = whole_message(body, COMMANDS)
    return word if word in {Command.ERASE, Command.UNSHARE} else None


def _menu(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    return need_menu(
        guide, start_over(state).but(asked=1), language, guide.directory.policy.menus.first
    )


def _back(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    earlier = conversation_state.previous_state(state)
    if state.stage is Stage.REFERRED or earlier is None:
        return reprompt(guide, state, language)
    return reprompt(guide, earlier, language)


def _more(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    if state.stage is Stage.LIST:
        return show_list(guide, state.but(page=state.page + len(state.menu)), language)
    if state.stage is Stage.NEED:
        return need_menu(guide, state, language, guide.directory.policy.menus.more)
    return reprompt(guide, state, language)


def _person(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    # The words depend on whether somebody is there at this hour: the face knows the clock.
    return DialogueTurn(state.but(misses=0), language, "", Effect.PERSON)


def _in_language(
    language: str,
) -> "Callable[[DialogueContext, ConversationState, str], DialogueTurn]":
    def switch(guide: DialogueContext, state: ConversationState, _: str) -> DialogueTurn:
        shown = reprompt(guide, state, language)
        return DialogueTurn(shown.state, language, shown.reply, shown.effect)

    return switch


def _next(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Go on with the next of several needs that were told at once."""
    if state.stage not in SHOWN_PLACES | {Stage.REFERRED}:
        return reprompt(guide, state, language)
    after = remaining_needs(guide, state, state.menu)
    if not after:
        return DialogueTurn(state, language, text_message("next_none", language))
    kept = state.but(needs=after, page=0, narrowing=False, chosen=None, misses=0)
    done = next_message(guide, kept, language)
    if done.state.stage is Stage.LIST:
        return done
    return next_message(guide, kept, language, lead=read_back(guide, kept, language))


def _hello(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Greet somebody who comes back, and say where the talk stands."""
    shown = reprompt(guide, state, language)
    greeted = f"{text_message('hello_again', language)}\n{shown.reply}"
    reply = greeted if fits_segments(greeted, segments=2) else shown.reply
    return DialogueTurn(shown.state, language, reply, shown.effect)


def _fine(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    return DialogueTurn(state, language, text_message("fine", language))


def _elsewhere(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    # The code is made by the face, in the transaction that keeps it.
    return DialogueTurn(state, language, "", Effect.HAND_ON)


def _list(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Show the best list so far, whatever is still unknown."""
    if not state.needs:
        return reprompt(guide, state, language)
    return show_list(guide, state.but(page=0), language)


def _unshare(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    return DialogueTurn(start_over(state).but(code=""), language, "", Effect.UNSHARE)


def _ask_erase(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    return DialogueTurn(state.but(stage=Stage.ERASE), language, text_message("erase_ask", language))


def _thanks(guide: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:  # noqa: ARG001
    return DialogueTurn(state, language, text_message("thanks", language))


COMMAND_HANDLERS: Mapping[
    Command, Callable[[DialogueContext, ConversationState, str], DialogueTurn]
] = {
    Command.MENU: _menu,
    Command.BACK: _back,
    Command.MORE: _more,
    Command.PERSON: _person,
    Command.ENGLISH: _in_language("en"),
    Command.FRENCH: _in_language("fr"),
    Command.UNSHARE: _unshare,
    Command.ERASE: _ask_erase,
    Command.THANKS: _thanks,
    Command.WHAT: clarify,
    Command.LIST: _list,
    Command.NEXT: _next,
    Command.REPEAT: reprompt,
    Command.ELSEWHERE: _elsewhere,
    Command.FINE: _fine,
    Command.HELLO: _hello,
}
