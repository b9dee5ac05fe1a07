"""What our own words do, wherever a conversation stands."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from navigator.domain.conversation_state import (
    AfterList,
    AwaitingEraseAnswer,
    AwaitingNeed,
    ConversationState,
    ShowingList,
    Stage,
    start_over,
    with_person,
    with_progress,
    without_misses,
)
from navigator.domain.stored_conversation_state import previous_state
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn, Effect
from navigator.services.dialogue.messages import (
    AFTER_A_LIST,
    SEGMENTS,
    need_menu,
    next_message,
    read_back,
    show_list,
)
from navigator.services.dialogue.next_need import remaining_needs
from navigator.services.dialogue.reprompt import clarify, reprompt
from navigator.services.dialogue.text_commands import Command
from navigator.wording.content import region_message, text_message
from sms.segments import fits_segments

CommandHandler = Callable[[DialogueContext, ConversationState, str], DialogueTurn]
"""Takes the language to answer in."""


def _menu(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    begun = start_over(state)
    asked = with_progress(begun, replace(begun.progress, asked=1))
    return need_menu(context, asked, language, context.menus.first)


def _back(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    earlier = None if state.stage is Stage.REFERRED else previous_state(state)
    return reprompt(context, earlier or state, language)


def _more(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    if isinstance(state, ShowingList):
        page = state.shown.page + len(state.shown.keys)
        return show_list(context, state, language, page=page)
    if isinstance(state, AwaitingNeed):
        return need_menu(context, state, language, context.menus.more)
    return reprompt(context, state, language)


def _person(_: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    # The words depend on whether somebody is there at this hour: the face knows the clock.
    return DialogueTurn(without_misses(state), language, "", Effect.PERSON)


def _switch_to(language: str) -> CommandHandler:
    def switch(context: DialogueContext, state: ConversationState, _: str) -> DialogueTurn:
        return reprompt(context, state, language)

    return switch


def _next(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Go on with the next of several needs that were told at once."""
    if not isinstance(state, AfterList) or state.stage not in AFTER_A_LIST | {Stage.REFERRED}:
        return reprompt(context, state, language)
    needs = remaining_needs(context, state.person, state.shown.keys)
    if not needs:
        return DialogueTurn(state, language, text_message("next_none", language))
    kept = with_person(state, replace(state.person, needs=needs))
    kept = with_progress(kept, replace(kept.progress, narrowing=False, misses=0))
    turn = next_message(context, kept, language)
    if turn.state.stage is Stage.LIST:
        return turn
    return next_message(context, kept, language, lead=read_back(context, kept.person, language))


def _hello(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Greet somebody who comes back, and say where the conversation stands."""
    turn = reprompt(context, state, language)
    greeted = f"{text_message('hello_again', language)}\n{turn.reply}"
    return replace(turn, reply=greeted) if fits_segments(greeted, segments=SEGMENTS) else turn


def _list(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    """Show the best list so far, whatever is still unknown."""
    show = show_list if state.person.needs else reprompt
    return show(context, state, language)


def _elsewhere(_: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    # The code is made by the face, in the transaction that keeps it.
    return DialogueTurn(state, language, "", Effect.HAND_ON)


def _unshare(_: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    begun = start_over(state)
    begun = replace(begun, memory=replace(begun.memory, referral_code=""))
    return DialogueTurn(begun, language, "", Effect.UNSHARE)


def _ask_erase(_: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    asked = AwaitingEraseAnswer(state.memory)
    return DialogueTurn(asked, language, text_message("erase_ask", language))


def _about_us(context: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
    text = region_message("info", language, context.directory.policy)
    return DialogueTurn(state, language, text)


def _fixed(key: str) -> CommandHandler:
    def reply(_: DialogueContext, state: ConversationState, language: str) -> DialogueTurn:
        return DialogueTurn(state, language, text_message(key, language))

    return reply


COMMAND_HANDLERS: Mapping[Command, CommandHandler] = {
    Command.MENU: _menu,
    Command.BACK: _back,
    Command.MORE: _more,
    Command.PERSON: _person,
    Command.ENGLISH: _switch_to("en"),
    Command.FRENCH: _switch_to("fr"),
    Command.UNSHARE: _unshare,
    Command.ERASE: _ask_erase,
    Command.THANKS: _fixed("thanks"),
    Command.WHAT: clarify,
    Command.LIST: _list,
    Command.NEXT: _next,
    Command.REPEAT: reprompt,
    Command.ELSEWHERE: _elsewhere,
    Command.FINE: _fixed("fine"),
    Command.HELLO: _hello,
    Command.ABOUT_US: _about_us,
    Command.PRIVACY: _fixed("private"),
}
