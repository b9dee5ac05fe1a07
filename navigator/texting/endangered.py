"""Danger is answered first and at once, with fixed words; the need is kept for the next text."""

from datetime import timedelta

from navigator.actions.hearing import danger_card
from navigator.actions.talking.showing import STRONG, hear
from navigator.domain.conversation import Stage, State, begin_again
from navigator.domain.pace import too_often
from navigator.domain.safety import Danger
from navigator.storage import outbox
from navigator.texting.scene import Answer, Scene
from sms.segments import plain

SECOND_AFTER = timedelta(seconds=3)
"""The second safety text leaves this long after the first one, so that they come in order."""

ASKED_SOMETHING = frozenset(
    {Stage.QUESTION, Stage.NAME, Stage.SAFE, Stage.CONSENT, Stage.REFERRED, Stage.ERASE}
)
"""Here the next text most likely answers what was asked; elsewhere a new need goes on."""


def answer_danger(scene: Scene, danger: Danger) -> Answer:
    """Answer with the card, also while a person has the word and after an opt-out."""
    heard, language = _heard(scene)
    speaker = scene.talk.speaker
    if too_often(scene.talk.pace):
        return Answer("", heard, language, speaker, danger.level)
    words = danger_card(danger, scene.guide.directory, heard.answers, language)
    if words.then and not scene.talk.opted_out and not scene.quiet:
        outbox.put(
            scene.tx,
            scene.parts.vault,
            number=scene.incoming.sender,
            body=plain("\n".join(words.then)),
            kind="safety",
            now=scene.now,
            not_before=scene.now + SECOND_AFTER,
        )
    return Answer(words.first, heard, language, speaker, danger.level)


def _heard(scene: Scene) -> tuple[State, str]:
    """Keep the need and the facts that stand in the text; the next text goes on with them."""
    state = scene.state
    taken, language, heard = hear(scene.guide, state, scene.body, scene.talk.language)
    if state.stage in ASKED_SOMETHING:
        needs = tuple(dict.fromkeys((*state.needs, *(need for need, _ in heard.needs))))[:3]
        return taken.but(needs=needs, paused=True), language
    if heard.needs and (heard.needs[0][1] >= STRONG or not state.needs):
        again, _, _ = hear(scene.guide, begin_again(state), scene.body, language)
        return again.but(stage=Stage.NEED, menu=(), paused=True), language
    stage = Stage.NEED if state.stage is Stage.NEW else state.stage
    return taken.but(stage=stage, paused=True), language
