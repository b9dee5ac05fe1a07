"""Danger is answered first and at once, with fixed words; the need is kept for the next text."""

from collections.abc import Mapping
from datetime import timedelta

from navigator.actions.hearing import danger_card
from navigator.actions.talking.following import STRONG
from navigator.actions.talking.showing import hear
from navigator.domain.conversation import Stage, State, begin_again
from navigator.domain.pace import too_often
from navigator.domain.safety import Danger, Kind, Level
from navigator.storage import outbox
from navigator.texting.scene import Answer, Scene
from sms.segments import plain

SECOND_AFTER = timedelta(seconds=3)
"""The second safety text leaves this long after the first one, so that they come in order."""

ASKED_SOMETHING = frozenset(
    {Stage.QUESTION, Stage.NAME, Stage.SAFE, Stage.CONSENT, Stage.REFERRED, Stage.ERASE}
)
"""Here the next text most likely answers what was asked; elsewhere a new need goes on."""

HELD: Mapping[Kind | None, tuple[str, ...]] = {
    Kind.SUICIDE: ("counselling",),
    Kind.SELF_HARM: ("counselling",),
    Kind.OVERDOSE: ("substance-use",),
    Kind.ABUSE: ("abuse-safety",),
    Kind.UNSAFE: ("abuse-safety",),
    Kind.TRAFFICKING: ("abuse-safety",),
    Kind.CHILD: ("abuse-safety", "family-parenting"),
    Kind.SEXUAL_ASSAULT: ("sexual-assault",),
    Kind.ELDER_ABUSE: ("elder-abuse",),
}
"""What danger needs beside the card: it stays the first need when the talk goes on."""

GROWN_UP = 18
FOR_THE_YOUNG = {"counselling": "child-youth-mental-health"}

UNMEANT: Mapping[Kind | None, frozenset[str]] = {
    Kind.SUICIDE: frozenset({"grief", "crisis-line"}),
    Kind.SELF_HARM: frozenset({"grief", "crisis-line"}),
}
"""Who wants to die speaks of death, but has lost nobody; the crisis line stands in the card."""


def answer_danger(scene: Scene, danger: Danger) -> Answer:
    """Answer with the card, also while a person has the word and after an opt-out."""
    heard, language = _heard(scene, danger)
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


def give_numbers(scene: Scene, danger: Danger) -> None:
    """Send a worker who writes about a client the numbers, and let the talk go on."""
    heard, language, _ = hear(scene.guide, scene.state, scene.body, scene.talk.language)
    words = danger_card(danger, scene.guide.directory, heard.answers, language)
    outbox.put(
        scene.tx,
        scene.parts.vault,
        number=scene.incoming.sender,
        body=plain("\n".join((words.first, *words.then[:1]))),
        kind="safety",
        now=scene.now,
        not_before=scene.now + SECOND_AFTER,
    )


def _heard(scene: Scene, danger: Danger) -> tuple[State, str]:
    """Keep the need and the facts that stand in the text; the next text goes on with them."""
    state = scene.state
    taken, language, heard = hear(scene.guide, state, scene.body, scene.talk.language)
    meant = tuple(
        need
        for need, score in heard.needs[:3]
        if need not in UNMEANT.get(danger.kind, ()) and (score >= STRONG or not state.needs)
    )
    held = _held(danger, taken)
    now = {"held": held, "paused": True, "urgent": danger.level is Level.EMERGENCY}
    if state.stage in ASKED_SOMETHING:
        needs = tuple(dict.fromkeys((*held, *state.needs, *meant)))[:3]
        return taken.but(needs=needs, **now), language
    again, _, _ = hear(scene.guide, begin_again(state), scene.body, language)
    needs = tuple(dict.fromkeys((*held, *(meant or state.needs))))[:3]
    return again.but(stage=Stage.NEED, needs=needs, menu=(), asked=1, **now), language


def _held(danger: Danger, taken: State) -> tuple[str, ...]:
    age = taken.answers.get("age")
    needs = HELD.get(danger.kind, ())
    if danger.about == "self":
        # A child who is hurt needs safety; help for parents is for somebody else.
        needs = tuple(need for need in needs if need != "family-parenting")
    if type(age) is int and age < GROWN_UP:
        return tuple(FOR_THE_YOUNG.get(need, need) for need in needs)
    return needs
