"""While a person is asked for, or has taken over: the bot keeps still, but keeps everything."""

from navigator.domain.conversation_state import Stage
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.messaging.inbound.effect_handlers import apply_effect
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.services.dialogue.dispatcher import dispatch_turn
from navigator.services.dialogue.reprompt import reprompt
from navigator.services.dialogue.text_commands import COMMANDS, Command
from navigator.wording.content import text_message
from sms.keywords import whole_message

ALWAYS = frozenset({Command.UNSHARE, Command.ERASE, Command.ENGLISH, Command.FRENCH})
"""What is a person's own to decide works whoever has the word."""

BACK_TO_THE_BOT = frozenset({Command.MENU, Command.BACK})
"""MENU begins again, BACK goes on where the talk was when a person was asked for."""


def respond_while_waiting(scene: MessageContext) -> Response:
    """Answer while the bot does not have the word."""
    word = whole_message(scene.body, COMMANDS)
    speaker, language = scene.talk.speaker, scene.talk.language
    if word in {Command.ENGLISH, Command.FRENCH}:
        spoken = "en" if word is Command.ENGLISH else "fr"
        return Response(text_message("language_set", spoken), scene.state, spoken, speaker)
    if word in ALWAYS or scene.state.stage is Stage.ERASE:
        return _keeping(scene, speaker)
    if word in BACK_TO_THE_BOT and next_speaker(speaker, Handover.MENU) is Speaker.BOT:
        here = scene.state.but(told=False)
        if word is Command.BACK:
            return apply_effect(scene, reprompt(scene.guide, here, language))
        return apply_effect(scene, dispatch_turn(scene.guide, here, scene.body, language))
    if speaker is Speaker.PERSON or scene.state.told:
        return scene.silence()
    kept = scene.state.but(told=True)
    return Response(text_message("person_kept", language), kept, language, speaker)


def _keeping(scene: MessageContext, speaker: Speaker) -> Response:
    """Do what was asked, and leave the word where it is."""
    done = apply_effect(
        scene, dispatch_turn(scene.guide, scene.state, scene.body, scene.talk.language)
    )
    return Response(done.reply, done.state, done.language, speaker, erased=done.erased)
