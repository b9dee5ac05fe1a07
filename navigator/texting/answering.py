"""Who answers a text: reserved words, danger, a person, or the bot; in this order."""

from dataclasses import replace

from navigator.actions.talking.explaining import explain
from navigator.actions.talking.repeating import again
from navigator.actions.talking.turn import turn
from navigator.actions.talking.values import Effect, Turn
from navigator.actions.talking.words import WORDS, Word
from navigator.domain import safety
from navigator.domain.small_talk import says_safe
from navigator.domain.speaking import Speaker
from navigator.domain.understanding import understand
from navigator.storage.incoming import exchanges
from navigator.texting.effects import carry_out, erase, unshare
from navigator.texting.endangered import answer_danger, give_numbers
from navigator.texting.handing import take_up
from navigator.texting.persons import while_asked_for
from navigator.texting.reserved import answer_keyword
from navigator.texting.scene import Answer, Scene
from navigator.wording.reading import say
from search_index.text import fold
from sms.keywords import carrier_keyword, whole_word
from sms.reactions import is_reaction

YES = dict.fromkeys(("yes", "y", "ya", "yeah", "yep", "yup", "oui", "ouais", "yes i am"), True)
IN_DANGER_NOW = safety.Danger(safety.Level.EMERGENCY, safety.Kind.UNSAFE, "self", worker=False)

ASKED_FOR = frozenset({Word.MENU, Word.BACK, Word.LIST, Word.REPEAT, Word.ENGLISH, Word.FRENCH})
"""Who texts one of these wants to see it once more."""

_NOTHING_SAID = "\u00a0"


def answer(scene: Scene) -> Answer:
    """Answer one text, and do what it asks for, in the transaction of the scene."""
    keyword = carrier_keyword(scene.body, scene.incoming.opt_out_type)
    if keyword is not None:
        return answer_keyword(scene, keyword)
    danger = safety.check(scene.body, scene.parts.danger)
    if scene.state.urgent and danger.level is safety.Level.CRISIS:
        # What came before it is not over yet.
        danger = replace(danger, level=safety.Level.EMERGENCY)
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
    word = whole_word(scene.body, WORDS)
    if scene.state.urgent:
        scene = replace(scene, state=scene.state.but(urgent=False))
        if word is None and not says_safe(fold(scene.body)):
            # Nobody is led on to questions while somebody may be dying; what they tell is kept.
            told = understand(scene.body, lexicon=scene.guide.lexicon, hint=scene.talk.language)
            answers = {**scene.state.answers, **told.facts}
            return replace(scene, state=scene.state.but(answers=answers)).say("still_emergency")
    if scene.state.paused and scene.state.held and word is Word.MENU:
        # "Text MENU and I go on": with what brought them here, not from the start.
        here = scene.state.but(paused=False)
        return carry_out(scene, again(scene.guide, here, scene.talk.language))
    if scene.state.paused and whole_word(scene.body, YES):
        # The card asked whether there is danger right now.
        return answer_danger(scene, IN_DANGER_NOW)
    if scene.talk.speaker is not Speaker.BOT:
        return while_asked_for(scene)
    said = scene.body or _NOTHING_SAID
    done = take_up(scene) or turn(scene.guide, scene.state, said, scene.talk.language)
    if scene.incoming.media_count and not _says_something(scene) and done.effect is Effect.NONE:
        # A picture is kept nowhere; only words can be answered.
        done = replace(done, reply=say("media_only", done.language))
    return carry_out(scene, _in_other_words(scene, done))


def _after_opt_out(scene: Scene) -> Answer:
    """Say nothing; what people own they can still take back, without a word from us."""
    word = whole_word(scene.body, WORDS)
    silent = Turn(scene.state, scene.talk.language, "")
    if word is Word.UNSHARE:
        unshare(scene, silent)
    if word is Word.ERASE:
        return erase(scene, silent)
    return scene.silence()


def _says_something(scene: Scene) -> bool:
    return any(character.isalnum() for character in scene.body)


def _in_other_words(scene: Scene, done: Turn) -> Turn:
    """Say nothing twice in a row, but where just that was asked for."""
    word = whole_word(scene.body, WORDS)
    if done.effect is not Effect.NONE or word in ASKED_FOR or not _is_said_again(scene, done):
        return done
    if done.reply == say("thanks_again", done.language):
        return replace(done, reply="")
    if done.reply == say("thanks", done.language):
        return replace(done, reply=say("thanks_again", done.language))
    other = explain(scene.guide, done.state, done.language)
    if other.reply == done.reply:
        # That was the explanation already.
        return explain(scene.guide, other.state, done.language)
    return other


def _is_said_again(scene: Scene, done: Turn) -> bool:
    before, after = scene.state, done.state
    if (before.stage, before.question) != (after.stage, after.question):
        return False
    last = exchanges(scene.tx, scene.parts.vault, scene.talk.id, last=1)
    return bool(last) and last[0].reply == done.reply
