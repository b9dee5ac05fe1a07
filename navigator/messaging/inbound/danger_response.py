"""Danger is answered first and at once, with fixed words; the need is kept for the next text."""

from datetime import timedelta

from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.conversation_state import ConversationState, Stage, start_over
from navigator.domain.rate_limit import exceeds_safety_limit
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.nlp.danger.detector import Danger, DangerLevel
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

GROWN_UP = 18
"""Below these years a need becomes the one that is there for the young."""


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
    kind = scene.guide.vocabulary.danger_kinds.get(danger.kind or "")
    not_meant = kind.not_meant if kind else frozenset()
    meant = tuple(
        need
        for need, score in heard.needs[:3]
        if need not in not_meant and (score >= STRONG or not state.needs)
    )
    held = _held(scene.guide.vocabulary, danger, taken)
    now = {"held": held, "paused": True, "urgent": danger.level is DangerLevel.EMERGENCY}
    if state.stage in ASKED_SOMETHING:
        needs = tuple(dict.fromkeys((*held, *state.needs, *meant)))[:3]
        return taken.but(needs=needs, **now), language
    again, _, _ = take_in_words(scene.guide, start_over(state), scene.body, language)
    needs = tuple(dict.fromkeys((*held, *(meant or state.needs))))[:3]
    return again.but(stage=Stage.NEED, needs=needs, menu=(), asked=1, **now), language


def _held(vocabulary: Vocabulary, danger: Danger, taken: ConversationState) -> tuple[str, ...]:
    """Give what danger needs beside the card: it stays the first need when the talk goes on."""
    kind = vocabulary.danger_kinds.get(danger.kind or "")
    needs = kind.needs if kind else ()
    if kind and danger.about == "self":
        needs = tuple(need for need in needs if need not in kind.not_for_self)
    age = taken.answers.get("age")
    if type(age) is int and age < GROWN_UP:
        return tuple(vocabulary.needs[need].for_the_young or need for need in needs)
    return needs
