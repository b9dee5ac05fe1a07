"""Who answers a text: reserved words, danger, a person, or the bot; in this order."""

from dataclasses import replace

from navigator.actions.talking.turn import lost, turn
from navigator.actions.talking.values import Turn
from navigator.actions.talking.words import WORDS, Word
from navigator.domain import safety
from navigator.domain.conversation import Stage
from navigator.domain.small_talk import says_safe
from navigator.domain.speaking import Speaker
from navigator.texting.effects import carry_out, erase, unshare
from navigator.texting.endangered import answer_danger, give_numbers
from navigator.texting.persons import while_asked_for
from navigator.texting.reserved import answer_keyword
from navigator.texting.scene import Answer, Scene
from navigator.wording.reading import say
from search_index.text import fold
from sms.keywords import carrier_keyword, whole_word
from sms.reactions import is_reaction

YES = dict.fromkeys(("yes", "y", "ya", "yeah", "yep", "yup", "oui", "ouais", "yes i am"), True)
IN_DANGER_NOW = safety.Danger(safety.Level.EMERGENCY, safety.Kind.UNSAFE, "self", worker=False)

_NOTHING_SAID = "\u00a0"


def answer(scene: Scene) -> Answer:
    """Answer one text, and do what it asks for, in the transaction of the scene."""
    keyword = carrier_keyword(scene.body, scene.incoming.opt_out_type)
    if keyword is not None:
        return answer_keyword(scene, keyword)
    danger = safety.check(scene.body, scene.parts.danger)
    if danger.level is not safety.Level.NONE and not danger.worker:
        return answer_danger(scene, danger)
    if scene.talk.opted_out:
        return _after_opt_out(scene)
    if scene.quiet or is_reaction(scene.body):
        return scene.silence()
    if danger.level is not safety.Level.NONE:
        give_numbers(scene, danger)
    return _by_speaker(scene)


def _by_speaker(scene: Scene) -> Answer:
    if scene.state.urgent:
        scene = replace(scene, state=scene.state.but(urgent=False))
        if not says_safe(fold(scene.body)) and whole_word(scene.body, WORDS) is None:
            # Nobody is led on to questions while somebody may be dying.
            return scene.say("still_emergency")
    if scene.state.paused and whole_word(scene.body, YES):
        # The card asked whether there is danger right now.
        return answer_danger(scene, IN_DANGER_NOW)
    if scene.talk.speaker is not Speaker.BOT:
        return while_asked_for(scene)
    if not any(character.isalnum() for character in scene.body):
        return _wordless(scene)
    return carry_out(scene, turn(scene.guide, scene.state, scene.body, scene.talk.language))


def _after_opt_out(scene: Scene) -> Answer:
    """Say nothing; what people own they can still take back, without a word from us."""
    word = whole_word(scene.body, WORDS)
    silent = Turn(scene.state, scene.talk.language, "")
    if word is Word.UNSHARE:
        unshare(scene, silent)
    if word is Word.ERASE:
        return erase(scene, silent)
    return scene.silence()


def _wordless(scene: Scene) -> Answer:
    """Answer a picture, a lone emoji or nothing at all; a keycap emoji is a number."""
    language = scene.talk.language
    if scene.state.stage is Stage.NEW and not scene.incoming.media_count:
        return carry_out(scene, turn(scene.guide, scene.state, _NOTHING_SAID, language))
    done = lost(scene.state, language)
    if scene.incoming.media_count and done.reply and not scene.state.misses:
        done = Turn(done.state, language, say("media_only", language), done.effect)
    return carry_out(scene, done)
