"""One turn of a conversation by text: a text in, the next state and one message out; no writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

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
    with_person,
)
from navigator.domain.stored_conversation_state import with_history
from navigator.nlp.conversational_intents import Intent
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.dialogue.command_handlers import COMMAND_HANDLERS
from navigator.services.dialogue.dialogue_turn import (
    DialogueContext,
    DialogueTurn,
    Effect,
    ParsedMessage,
    for_stage,
)
from navigator.services.dialogue.interview_steps import take_answer, take_first_message, take_need
from navigator.services.dialogue.list_steps import (
    take_after_referral,
    take_detail_choice,
    take_list_choice,
    take_which,
)
from navigator.services.dialogue.messages import AFTER_A_LIST
from navigator.services.dialogue.referral_steps import (
    take_consent,
    take_erase_answer,
    take_name,
    take_safe_contact,
)
from navigator.services.dialogue.reprompt import reprompt
from navigator.services.dialogue.text_commands import Command
from navigator.wording.content import text_message

STAGE_HANDLERS: Mapping[
    Stage, Callable[[DialogueContext, ConversationState, ParsedMessage], DialogueTurn]
] = dict(
    (
        for_stage(NewConversation, take_first_message),
        for_stage(AwaitingNeed, take_need),
        for_stage(AwaitingAnswer, take_answer),
        for_stage(ShowingList, take_list_choice),
        for_stage(AwaitingContactChoice, take_which),
        for_stage(AwaitingDetailChoice, take_which),
        for_stage(ShowingService, take_detail_choice),
        for_stage(AwaitingName, take_name),
        for_stage(AwaitingSafeContact, take_safe_contact),
        for_stage(AwaitingConsent, take_consent),
        for_stage(Referred, take_after_referral),
        for_stage(AwaitingEraseAnswer, take_erase_answer),
    )
)

VERBATIM = frozenset({Stage.NAME, Stage.CONSENT, Stage.ERASE})
"""Here a text is taken as it stands: a name, or a yes or no that must be plain."""

EVERYWHERE = frozenset(Stage)


@dataclass(frozen=True, slots=True)
class IntentRule:
    """An intent that stands for a word of ours, and the stages at which it does."""

    intent: Intent
    command: Command
    stages: frozenset[Stage]


INTENT_RULES = (
    IntentRule(Intent.ASKS_FOR_PERSON, Command.PERSON, EVERYWHERE - VERBATIM),
    IntentRule(Intent.ASKS_ABOUT_US, Command.ABOUT_US, EVERYWHERE - VERBATIM),
    IntentRule(Intent.ASKS_ABOUT_PRIVACY, Command.PRIVACY, EVERYWHERE - VERBATIM),
    # "Hello" begins a conversation, and may be a name.
    IntentRule(Intent.GREETS, Command.HELLO, EVERYWHERE - {Stage.NEW, Stage.NAME}),
    IntentRule(Intent.NOT_UNDERSTOOD, Command.WHAT, EVERYWHERE - {Stage.NEW}),
    # Here nothing can be skipped: who is unsure gets the choice explained.
    IntentRule(Intent.UNSURE, Command.WHAT, AFTER_A_LIST | {Stage.SAFE, Stage.CONSENT}),
    # Here "ok" asks for nothing.
    IntentRule(
        Intent.ACKNOWLEDGES, Command.FINE, frozenset({Stage.LIST, Stage.DETAIL, Stage.REFERRED})
    ),
)
"""In order of priority: "hi, are you a robot?" asks about us."""


def dispatch_turn(
    context: DialogueContext, state: ConversationState, message: ParsedMessage
) -> DialogueTurn:
    """Take one text and answer it."""
    here = _after_danger(state, message)
    command = _command(context, here, message)
    if command is not None:
        turn = COMMAND_HANDLERS[command](context, here, message.language)
    else:
        turn = STAGE_HANDLERS[here.stage](context, here, message)
        if _is_lost(here, turn):
            turn = _answer_lost(context, state, here, turn, message)
    if command is Command.BACK or turn.effect is not Effect.NONE:
        return turn
    return replace(turn, state=with_history(here, turn.state))


def _after_danger(state: ConversationState, message: ParsedMessage) -> ConversationState:
    """Go on from before a safety card; what it added goes where there was no danger."""
    if state.memory.answered_danger is DangerLevel.NONE:
        return state
    here = replace(state, memory=replace(state.memory, answered_danger=DangerLevel.NONE))
    if Intent.DENIES_DANGER not in message.intents:
        return here
    person = here.person
    needs = tuple(need for need in person.needs if need not in person.danger_needs)
    return with_person(here, replace(person, needs=needs, danger_needs=()))


def _command(
    context: DialogueContext, state: ConversationState, message: ParsedMessage
) -> Command | None:
    """Give the word of ours that a text is, or that it stands for at this stage."""
    if message.command is not None and not _may_be_age(context, state, message):
        return message.command
    meant = (
        rule.command
        for rule in INTENT_RULES
        if rule.intent in message.intents and state.stage in rule.stages
    )
    return next(meant, None)


def _may_be_age(context: DialogueContext, state: ConversationState, message: ParsedMessage) -> bool:
    """Say whether 9 may be the age of a child rather than the wish to talk to a person."""
    if not isinstance(state, AwaitingAnswer) or message.body.strip() != "9":
        return False
    years = context.vocabulary.facts[state.question].kind is FactKind.YEARS
    return years and state.person.for_other


def _is_lost(before: ConversationState, turn: DialogueTurn) -> bool:
    more_failures = turn.state.progress.failures > before.progress.failures
    return more_failures or turn.effect is Effect.PERSON


def _answer_lost(
    context: DialogueContext,
    state: ConversationState,
    here: ConversationState,
    turn: DialogueTurn,
    message: ParsedMessage,
) -> DialogueTurn:
    """Choose other words for a text that was not understood, after danger or said in anger."""
    if state.memory.answered_danger is not DangerLevel.NONE:
        # What came after a danger card is no misunderstanding: say where it stands.
        return reprompt(context, here, message.language)
    if Intent.ANGRY in message.intents and not here.progress.failures:
        text = text_message("sorry_angry", message.language)
        return DialogueTurn(turn.state, message.language, text)
    return turn
