"""Who answers a text: reserved words, danger, a person, or the bot; in this order."""

from dataclasses import replace

from navigator.domain.handover import Speaker
from navigator.messaging.inbound.carrier_keywords import answer_keyword
from navigator.messaging.inbound.danger_response import respond_to_danger, send_crisis_numbers
from navigator.messaging.inbound.effect_handlers import (
    apply_effect,
    erase_everything,
    withdraw_all_consents,
)
from navigator.messaging.inbound.handoff_commands import redeem_code_in_text
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.messaging.inbound.waiting_for_human import respond_while_waiting
from navigator.nlp.conversational_intents import says_safe
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel, detect_danger
from navigator.nlp.needs.pipeline import understand
from navigator.services.dialogue.clarification import clarify
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.services.dialogue.reprompt import reprompt
from navigator.services.dialogue.text_commands import COMMANDS, Command
from navigator.services.dialogue.turn_types import DialogueTurn, Effect
from navigator.storage.inbound_messages import list_exchanges
from navigator.wording.content import text_message
from search_index.analyzer import fold_text
from sms.keywords import carrier_keyword, whole_message
from sms.tapbacks import is_reaction

YES = dict.fromkeys(("yes", "y", "ya", "yeah", "yep", "yup", "oui", "ouais", "yes i am"), True)
IN_DANGER_NOW = Danger(DangerLevel.EMERGENCY, DangerKind.UNSAFE, "self", worker=False)

ASKED_FOR = frozenset(
    {Command.MENU, Command.BACK, Command.LIST, Command.REPEAT, Command.ENGLISH, Command.FRENCH}
)
"""Who texts one of these wants to see it once more."""

_NOTHING_SAID = "\u00a0"


def respond(scene: MessageContext) -> Response:
    """Answer one text, and do what it asks for, in the transaction of the scene."""
    keyword = carrier_keyword(scene.body, scene.incoming.opt_out_type)
    if keyword is not None:
        return answer_keyword(scene, keyword)
    danger = detect_danger(scene.body, scene.container.danger)
    if scene.state.urgent and danger.level is DangerLevel.CRISIS:
        # What came before it is not over yet.
        danger = replace(danger, level=DangerLevel.EMERGENCY)
    if danger.level is not DangerLevel.NONE and not danger.worker:
        return respond_to_danger(scene, danger)
    if scene.talk.opted_out:
        return _after_opt_out(scene)
    if scene.quiet or is_reaction(scene.body):
        return scene.silence()
    if danger.level is not DangerLevel.NONE:
        send_crisis_numbers(scene, danger)
    return _by_speaker(scene)


def _by_speaker(scene: MessageContext) -> Response:
    word = whole_message(scene.body, COMMANDS)
    if scene.state.urgent:
        scene = replace(scene, state=scene.state.but(urgent=False))
        if word is None and not says_safe(fold_text(scene.body)):
            # Nobody is led on to questions while somebody may be dying; what they tell is kept.
            told = understand(scene.body, lexicon=scene.guide.lexicon, hint=scene.talk.language)
            answers = {**scene.state.answers, **told.facts}
            return replace(scene, state=scene.state.but(answers=answers)).say("still_emergency")
    if scene.state.paused and scene.state.held and word is Command.MENU:
        # "Text MENU and I go on": with what brought them here, not from the start.
        here = scene.state.but(paused=False)
        return apply_effect(scene, reprompt(scene.guide, here, scene.talk.language))
    if scene.state.paused and whole_message(scene.body, YES):
        # The card asked whether there is danger right now.
        return respond_to_danger(scene, IN_DANGER_NOW)
    if scene.talk.speaker is not Speaker.BOT:
        return respond_while_waiting(scene)
    said = scene.body or _NOTHING_SAID
    done = redeem_code_in_text(scene) or dispatch_turn(
        scene.guide, scene.state, said, scene.talk.language
    )
    if scene.incoming.media_count and not _says_something(scene) and done.effect is Effect.NONE:
        # A picture is kept nowhere; only words can be answered.
        done = replace(done, reply=text_message("media_only", done.language))
    return apply_effect(scene, _in_other_words(scene, done))


def _after_opt_out(scene: MessageContext) -> Response:
    """Say nothing; what people own they can still take back, without a word from us."""
    word = whole_message(scene.body, COMMANDS)
    silent = DialogueTurn(scene.state, scene.talk.language, "")
    if word is Command.UNSHARE:
        withdraw_all_consents(scene, silent)
    if word is Command.ERASE:
        return erase_everything(scene, silent)
    return scene.silence()


def _says_something(scene: MessageContext) -> bool:
    return any(character.isalnum() for character in scene.body)


def _in_other_words(scene: MessageContext, done: DialogueTurn) -> DialogueTurn:
    """Say nothing twice in a row, but where just that was asked for."""
    word = whole_message(scene.body, COMMANDS)
    if done.effect is not Effect.NONE or word in ASKED_FOR or not _is_said_again(scene, done):
        return done
    if done.reply == text_message("thanks_again", done.language):
        return replace(done, reply="")
    if done.reply == text_message("thanks", done.language):
        return replace(done, reply=text_message("thanks_again", done.language))
    other = clarify(scene.guide, done.state, done.language)
    if other.reply == done.reply:
        # That was the explanation already.
        return clarify(scene.guide, other.state, done.language)
    return other


def _is_said_again(scene: MessageContext, done: DialogueTurn) -> bool:
    before, after = scene.state, done.state
    if (before.stage, before.question) != (after.stage, after.question):
        return False
    last = list_exchanges(scene.uow, scene.talk.id, last=1)
    return bool(last) and last[0].reply == done.reply
