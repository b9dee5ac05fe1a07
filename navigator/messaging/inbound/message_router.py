"""Who answers a text: reserved words, danger, a person, or the bot; in this order."""

from collections.abc import Mapping
from dataclasses import replace

from navigator.domain.conversation_state import (
    AwaitingAnswer,
    ConversationState,
    Stage,
    start_over,
    with_person,
)
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.messaging.inbound.danger_response import respond_to_danger, send_crisis_numbers
from navigator.messaging.inbound.effect_handlers import (
    apply_effect,
    erase_everything,
    withdraw_all_consents,
)
from navigator.messaging.inbound.handoff_commands import redeem_code_in_text
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.nlp.conversational_intents import Intent
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel
from navigator.services.conversations.opt_out import opt_out
from navigator.services.dialogue.dialogue_turn import DialogueTurn, Effect
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.services.dialogue.reprompt import clarify, reprompt
from navigator.services.dialogue.text_commands import Command
from navigator.storage import conversations
from navigator.storage.inbound_messages import list_exchanges
from navigator.wording.content import region_message, text_message
from sms.keywords import Keyword, KeywordMatch, whole_message
from sms.tapbacks import is_reaction

KEYWORD_REPLIES: Mapping[Keyword, str] = {
    Keyword.STOP: "stopped",
    Keyword.START: "started",
    Keyword.HELP: "help",
    Keyword.INFO: "info",
}

YES = dict.fromkeys(("yes", "y", "ya", "yeah", "yep", "yup", "oui", "ouais", "yes i am"), True)
IN_DANGER_NOW = Danger(DangerLevel.EMERGENCY, DangerKind.UNSAFE, "self", worker=False)

REPEATABLE = frozenset(
    {Command.MENU, Command.BACK, Command.LIST, Command.REPEAT, Command.ENGLISH, Command.FRENCH}
)
"""Who texts one of these wants to see it once more."""

ALWAYS = frozenset({Command.UNSHARE, Command.ERASE})
"""What is a person's own to decide works whoever answers."""

BACK_TO_BOT = frozenset({Command.MENU, Command.BACK})
"""MENU begins again, BACK goes on where the conversation was when a person was asked for."""

LANGUAGES: Mapping[Command | None, str] = {Command.ENGLISH: "en", Command.FRENCH: "fr"}


def respond(context: MessageContext, *, quiet: bool) -> Response:
    """Answer one text, and do what it asks for, in the transaction of the context.

    `quiet`: this number gets no more answers for now; reserved words and danger still act.
    """
    message = context.message
    if message.keyword is not None:
        return _answer_keyword(context, message.keyword, quiet=quiet)
    danger = _danger(context)
    in_danger = danger.level is not DangerLevel.NONE
    if in_danger and not danger.worker:
        return respond_to_danger(context, danger, quiet=quiet)
    if context.conversation.opted_out:
        return _respond_after_opt_out(context)
    if quiet or is_reaction(context.incoming.body):
        return context.silence()
    if in_danger:
        send_crisis_numbers(context, danger)
    return _respond_after_danger(context) or _respond_by_speaker(context)


def _answer_keyword(context: MessageContext, match: KeywordMatch, *, quiet: bool) -> Response:
    """Act on a reserved word; where the carrier answered it already, we are silent."""
    conversation, state = context.conversation, context.state
    speaker = conversation.speaker
    if match.keyword is Keyword.STOP:
        opt_out(context.uow, context.incoming.sender, now=context.now)
    elif match.keyword is Keyword.START and conversation.opted_out:
        conversations.set_opted_out(context.uow, conversation.id, None)
        state, speaker = start_over(state), next_speaker(speaker, Handover.BEGIN)
    language = match.language or context.language
    policy = context.dialogue.directory.policy
    silent = context.incoming.opt_out_type is not None or quiet
    reply = "" if silent else region_message(KEYWORD_REPLIES[match.keyword], language, policy)
    # A word answers in its own language, but only a first text chooses the conversation's.
    return Response(reply, state, language if conversation.new else context.language, speaker)


def _danger(context: MessageContext) -> Danger:
    danger, before = context.message.danger, context.state.memory.answered_danger
    if before is DangerLevel.EMERGENCY and danger.level is DangerLevel.CRISIS:
        # What came before it is not over yet.
        return replace(danger, level=DangerLevel.EMERGENCY)
    return danger


def _respond_after_opt_out(context: MessageContext) -> Response:
    """Say nothing; what people own they can still take back, without a word from us."""
    silent = DialogueTurn(context.state, context.language, "")
    if context.message.command is Command.UNSHARE:
        withdraw_all_consents(context, silent)
    if context.message.command is Command.ERASE:
        return erase_everything(context, silent)
    return context.silence()


def _respond_after_danger(context: MessageContext) -> Response | None:
    """Answer what follows a safety card; None where the conversation can simply go on."""
    state, message = context.state, context.message
    if state.memory.answered_danger is DangerLevel.NONE:
        return None
    lasting = state.memory.answered_danger is DangerLevel.EMERGENCY
    if lasting and message.command is None and Intent.SAFE not in message.intents:
        return _still_emergency(context)
    if state.person.danger_needs and message.command is Command.MENU:
        # "Text MENU and I go on": with what brought them here, not from the start.
        here = _after_card(state, DangerLevel.NONE)
        return apply_effect(context, reprompt(context.dialogue, here, context.language))
    if whole_message(context.incoming.body, YES):
        # The card asked whether there is danger right now.
        return respond_to_danger(context, IN_DANGER_NOW, quiet=False)
    return None


def _still_emergency(context: MessageContext) -> Response:
    """Lead nobody on to questions while somebody may be dying; what they tell is kept."""
    person = context.state.person
    updated = replace(person, answers={**person.answers, **context.message.facts})
    state = _after_card(with_person(context.state, updated), DangerLevel.CRISIS)
    return replace(context, state=state).fixed_reply("still_emergency")


def _after_card(state: ConversationState, level: DangerLevel) -> ConversationState:
    return replace(state, memory=replace(state.memory, answered_danger=level))


def _respond_by_speaker(context: MessageContext) -> Response:
    if context.state.memory.answered_danger is DangerLevel.EMERGENCY:
        context = replace(context, state=_after_card(context.state, DangerLevel.CRISIS))
    if context.conversation.speaker is not Speaker.BOT:
        return _respond_while_waiting(context)
    turn = redeem_code_in_text(context) or _dispatch(context)
    wrote = any(character.isalnum() for character in context.incoming.body)
    if context.incoming.media_count and not wrote and turn.effect is Effect.NONE:
        # A picture is kept nowhere; only words can be answered.
        turn = replace(turn, reply=text_message("media_only", turn.language))
    return apply_effect(context, _in_other_words(context, turn))


def _dispatch(context: MessageContext) -> DialogueTurn:
    return dispatch_turn(context.dialogue, context.state, context.message)


def _in_other_words(context: MessageContext, turn: DialogueTurn) -> DialogueTurn:
    """Say nothing twice in a row, but where just that was asked for."""
    if turn.effect is not Effect.NONE or context.message.command in REPEATABLE:
        return turn
    if not _is_repeated(context, turn):
        return turn
    if turn.reply == text_message("thanks_again", turn.language):
        return replace(turn, reply="")
    if turn.reply == text_message("thanks", turn.language):
        return replace(turn, reply=text_message("thanks_again", turn.language))
    other = clarify(context.dialogue, turn.state, turn.language)
    if other.reply == turn.reply:
        # That was the explanation already.
        return clarify(context.dialogue, other.state, turn.language)
    return other


def _is_repeated(context: MessageContext, turn: DialogueTurn) -> bool:
    if _asked(context.state) != _asked(turn.state):
        return False
    last = list_exchanges(context.uow, context.conversation.id, last=1)
    return bool(last) and last[0].reply == turn.reply


def _asked(state: ConversationState) -> tuple[Stage, str]:
    return state.stage, state.question if isinstance(state, AwaitingAnswer) else ""


def _respond_while_waiting(context: MessageContext) -> Response:
    """Answer while a person is asked for, or has taken over: the bot keeps still."""
    command, speaker = context.message.command, context.conversation.speaker
    if command in LANGUAGES:
        language = LANGUAGES[command]
        return Response(text_message("language_set", language), context.state, language, speaker)
    if command in ALWAYS or context.state.stage is Stage.ERASE:
        # What was asked is done, and whoever answers goes on answering.
        return replace(apply_effect(context, _dispatch(context)), speaker=speaker)
    if command in BACK_TO_BOT and next_speaker(speaker, Handover.MENU) is Speaker.BOT:
        return _respond_again(_with_wait_explained(context, explained=False))
    if speaker is Speaker.PERSON or context.state.memory.wait_explained:
        return context.silence()
    return _with_wait_explained(context, explained=True).fixed_reply("person_kept")


def _respond_again(context: MessageContext) -> Response:
    """Let the bot go on for somebody who waits no longer."""
    if context.message.command is Command.BACK:
        turn = reprompt(context.dialogue, context.state, context.language)
        return apply_effect(context, turn)
    return apply_effect(context, _dispatch(context))


def _with_wait_explained(context: MessageContext, *, explained: bool) -> MessageContext:
    memory = replace(context.state.memory, wait_explained=explained)
    return replace(context, state=replace(context.state, memory=memory))
