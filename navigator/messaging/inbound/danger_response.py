"""Danger is answered first and at once, with fixed words; the need is kept for the next text."""

from collections.abc import Mapping
from datetime import timedelta

from navigator.domain.conversation_state import ConversationState, Stage, start_over
from navigator.domain.rate_limit import exceeds_safety_limit
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel
from navigator.services.dialogue.messages import take_in_words
from navigator.services.dialogue.next_need import STRONG
from navigator.services.safety_cards import safety_card_for_person
from navigator.storage import outbox
from sms.segments import to_gsm7

SECOND_AFTER = timedelta(seconds=3)
"""The second safety text leaves this long after the first one, so that they come in order."""

ASKED_SOMETHING = frozenset(
    {Stage.QUESTION, Stage.NAME, Stage.SAFE, Stage.CONSENT, Stage.REFERRED, Stage.ERASE}
)
"""Here the next text most likely answers what was asked; elsewhere a new need goes on."""

HELD: Mapping[DangerKind | None, tuple[str, ...]] = {
    DangerKind.SUICIDE: ("counselling",),
    DangerKind.SELF_HARM: ("counselling",),
    DangerKind.OVERDOSE: ("substance-use",),
    DangerKind.ABUSE: ("abuse-safety",),
    DangerKind.UNSAFE: ("abuse-safety",),
    DangerKind.TRAFFICKING: ("abuse-safety",),
    DangerKind.CHILD: ("abuse-safety", "family-parenting"),
    DangerKind.SEXUAL_ASSAULT: ("sexual-assault",),
    DangerKind.ELDER_ABUSE: ("elder-abuse",),
}
"""What danger needs beside the card: it stays the first need when the talk goes on."""

GROWN_UP = 18
FOR_THE_YOUNG = {"counselling": "child-youth-mental-health"}

UNMEANT: Mapping[DangerKind | None, frozenset[str]] = {
    DangerKind.SUICIDE: frozenset({"grief", "crisis-line"}),
    DangerKind.SELF_HARM: frozenset({"grief", "crisis-line"}),
}
"""Who wants to die speaks of death, but has lost nobody; the crisis line stands in the card."""


def respond_to_danger(scene: MessageContext, danger: Danger) -> Response:
    """Answer with the card, also while a person has the word and after an opt-out."""
    heard, language = _heard(scene, danger)
    speaker = scene.talk.speaker
    if exceeds_safety_limit(scene.talk.pace):
        return Response("", heard, language, speaker, danger.level)
    words = safety_card_for_person(danger, scene.guide.directory, heard.answers, language)
    if words.then and not scene.talk.opted_out and not scene.quiet:
        outbox.enqueue(
            scene.uow,
            number=scene.incoming.sender,
            body=to_gsm7("\n".join(words.then)),
            kind="safety",
            now=scene.now,
            not_before=scene.now + SECOND_AFTER,
        )
    return Response(words.first, heard, language, speaker, danger.level)


def send_crisis_numbers(scene: MessageContext, danger: Danger) -> None:
    """Send a worker who writes about a client the numbers, and let the talk go on."""
    heard, language, _ = take_in_words(scene.guide, scene.state, scene.body, scene.talk.language)
    words = safety_card_for_person(danger, scene.guide.directory, heard.answers, language)
    outbox.enqueue(
        scene.uow,
        number=scene.incoming.sender,
        body=to_gsm7("\n".join((words.first, *words.then[:1]))),
        kind="safety",
        now=scene.now,
        not_before=scene.now + SECOND_AFTER,
    )


def _heard(scene: MessageContext, danger: Danger) -> tuple[ConversationState, str]:
    """Keep the need and the facts that stand in the text; the next text goes on with them."""
    state = scene.state
    taken, language, heard = take_in_words(scene.guide, state, scene.body, scene.talk.language)
    meant = tuple(
        need
        for need, score in heard.needs[:3]
        if need not in UNMEANT.get(danger.kind, ()) and (score >= STRONG or not state.needs)
    )
    held = _held(danger, taken)
    now = {"held": held, "paused": True, "urgent": danger.level is DangerLevel.EMERGENCY}
    if state.stage in ASKED_SOMETHING:
        needs = tuple(dict.fromkeys((*held, *state.needs, *meant)))[:3]
        return taken.but(needs=needs, **now), language
    again, _, _ = take_in_words(scene.guide, start_over(state), scene.body, language)
    needs = tuple(dict.fromkeys((*held, *(meant or state.needs))))[:3]
    return again.but(stage=Stage.NEED, needs=needs, menu=(), asked=1, **now), language


def _held(danger: Danger, taken: ConversationState) -> tuple[str, ...]:
    age = taken.answers.get("age")
    needs = HELD.get(danger.kind, ())
    if danger.about == "self":
        # A child who is hurt needs safety; help for parents is for somebody else.
        needs = tuple(need for need in needs if need != "family-parenting")
    if type(age) is int and age < GROWN_UP:
        return tuple(FOR_THE_YOUNG.get(need, need) for need in needs)
    return needs
