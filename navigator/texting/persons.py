"""While a person is asked for, or has taken over: the bot keeps still, but keeps everything."""

from navigator.actions.talking.repeating import again
from navigator.actions.talking.turn import turn
from navigator.actions.talking.words import WORDS, Word
from navigator.domain.conversation import Stage
from navigator.domain.speaking import Handover, Speaker, after
from navigator.texting.effects import carry_out
from navigator.texting.scene import Answer, Scene
from navigator.wording.reading import say
from sms.keywords import whole_word

ALWAYS = frozenset({Word.UNSHARE, Word.ERASE, Word.ENGLISH, Word.FRENCH})
"""What is a person's own to decide works whoever has the word."""

BACK_TO_THE_BOT = frozenset({Word.MENU, Word.BACK})
"""MENU begins again, BACK goes on where the talk was when a person was asked for."""


def while_asked_for(scene: Scene) -> Answer:
    """Answer while the bot does not have the word."""
    word = whole_word(scene.body, WORDS)
    speaker, language = scene.talk.speaker, scene.talk.language
    if word in {Word.ENGLISH, Word.FRENCH}:
        spoken = "en" if word is Word.ENGLISH else "fr"
        return Answer(say("language_set", spoken), scene.state, spoken, speaker)
    if word in ALWAYS or scene.state.stage is Stage.ERASE:
        return _keeping(scene, speaker)
    if word in BACK_TO_THE_BOT and after(speaker, Handover.MENU) is Speaker.BOT:
        here = scene.state.but(told=False)
        if word is Word.BACK:
            return carry_out(scene, again(scene.guide, here, language))
        return carry_out(scene, turn(scene.guide, here, scene.body, language))
    if speaker is Speaker.PERSON or scene.state.told:
        return scene.silence()
    kept = scene.state.but(told=True)
    return Answer(say("person_kept", language), kept, language, speaker)


def _keeping(scene: Scene, speaker: Speaker) -> Answer:
    """Do what was asked, and leave the word where it is."""
    done = carry_out(scene, turn(scene.guide, scene.state, scene.body, scene.talk.language))
    return Answer(done.reply, done.state, done.language, speaker, erased=done.erased)
