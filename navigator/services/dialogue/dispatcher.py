"""One turn of a talk by text: a text in, the next state and one message out. It writes nothing."""

from collections.abc import Callable, Mapping

from directory_data.vocabulary.loader import FactKind
from navigator.domain.conversation_state import ConversationState, Stage, with_history
from navigator.nlp.conversational_intents import asks_about_us, asks_for_person, denies_danger
from navigator.nlp.utterance_intents import (
    asks_about_privacy,
    is_acknowledgement,
    is_angry,
    is_greeting,
    says_not_understood,
    says_unsure,
)
from navigator.services.dialogue import interview_steps, referral_steps
from navigator.services.dialogue.messages import SHOWN_PLACES
from navigator.services.dialogue.reprompt import reprompt
from navigator.services.dialogue.text_commands import COMMAND_HANDLERS, COMMANDS, Command
from navigator.services.dialogue.turn_types import DialogueContext, DialogueTurn, Effect
from navigator.wording.content import region_message, text_message
from search_index.analyzer import fold_text
from sms.keywords import whole_message

OWN_WORDS = frozenset({Stage.NAME, Stage.CONSENT, Stage.ERASE})
"""Here a text is taken as it stands: a name, or a yes or no that must be plain."""

UNSURE_AT = SHOWN_PLACES | {Stage.SAFE, Stage.CONSENT}
"""Here nothing can be skipped: who is unsure gets the choice explained."""

CONTENT_AT = frozenset({Stage.LIST, Stage.DETAIL, Stage.REFERRED})
"""Here "ok" asks for nothing."""


def dispatch_turn(
    guide: DialogueContext, state: ConversationState, body: str, language: str
) -> DialogueTurn:
    """Take one text and answer it."""
    here = state.but(paused=False)
    said = fold_text(body)
    if state.paused and denies_danger(said):
        here = here.but(held=(), needs=tuple(n for n in here.needs if n not in here.held))
    known = whole_message(body, COMMANDS)
    if known is Command.PERSON and _asks_years_of_another(guide, state) and body.strip() == "9":
        known = None
    if known is None and here.stage not in OWN_WORDS and asks_for_person(said):
        known = Command.PERSON
    if known is None and here.stage not in OWN_WORDS and asks_about_us(said):
        return DialogueTurn(
            here, language, region_message("info", language, guide.directory.policy)
        )
    if known is None and here.stage not in OWN_WORDS and asks_about_privacy(body):
        return DialogueTurn(here, language, text_message("private", language))
    known = known or _aside(here.stage, body)
    if known is not None:
        done = COMMAND_HANDLERS[known](guide, here, language)
    else:
        done = STAGES[here.stage](guide, here, body, language)
    if state.paused and known is None and _is_lost(state, done):
        # What came after a danger card is no misunderstanding: say where the talk stands.
        done = reprompt(guide, here, language)
    elif known is None and _is_lost(here, done) and not here.failures and is_angry(body):
        done = DialogueTurn(done.state, language, text_message("sorry_angry", language))
    if known is Command.BACK or done.effect is not Effect.NONE:
        return done
    return DialogueTurn(with_history(here, done.state), done.language, done.reply)


def _aside(stage: Stage, body: str) -> Command | None:
    """Take what people say beside the choices for the word of ours that it means."""
    if stage is Stage.NEW:
        return None
    if is_greeting(body) and stage is not Stage.NAME:
        return Command.HELLO
    if says_not_understood(body) or (stage in UNSURE_AT and says_unsure(body)):
        return Command.WHAT
    return Command.FINE if stage in CONTENT_AT and is_acknowledgement(body) else None


def _is_lost(before: ConversationState, done: DialogueTurn) -> bool:
    return done.state.failures > before.failures or done.effect is Effect.PERSON


def _asks_years_of_another(guide: DialogueContext, state: ConversationState) -> bool:
    """Say whether 9 may be the age of a child rather than the wish to talk to a person."""
    if state.stage is not Stage.QUESTION or not state.for_other or not state.question:
        return False
    return guide.vocabulary.facts[state.question].kind is FactKind.YEARS


STAGES: Mapping[Stage, Callable[[DialogueContext, ConversationState, str, str], DialogueTurn]] = {
    Stage.NEW: interview_steps.take_first_message,
    Stage.NEED: interview_steps.take_need,
    Stage.QUESTION: interview_steps.take_answer,
    Stage.LIST: interview_steps.take_list_choice,
    Stage.WHICH_CONTACT: interview_steps.take_which,
    Stage.WHICH_MORE: interview_steps.take_which,
    Stage.DETAIL: interview_steps.take_detail_choice,
    Stage.NAME: referral_steps.take_name,
    Stage.SAFE: referral_steps.take_safe_contact,
    Stage.CONSENT: referral_steps.take_consent,
    Stage.REFERRED: interview_steps.take_after_referral,
    Stage.ERASE: referral_steps.take_erase_answer,
}
