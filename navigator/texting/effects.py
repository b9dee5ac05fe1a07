"""What a turn asks for: a referral, taking it back, being forgotten, a person."""

from collections.abc import Callable, Mapping

from navigator.actions import referring
from navigator.actions.listing import Way
from navigator.actions.talking.contact import consent_words
from navigator.actions.talking.showing import way_of
from navigator.actions.talking.values import Effect, Turn
from navigator.actions.tracing import tell_story
from navigator.actions.waiting import waiting_words
from navigator.domain.conversation import Stage, State
from navigator.domain.desk import Desk
from navigator.domain.speaking import Handover, Speaker, after
from navigator.storage import conversations, history, incoming, outbox, redactions
from navigator.texting.handing import forget_codes, hand_on
from navigator.texting.scene import Answer, Scene
from navigator.wording.dates import day
from navigator.wording.reading import say
from sms.segments import plain

OPEN_TO_ALL = frozenset({"211-ontario", "access-halton-311"})
"""Where a list holds nothing but these, nothing was found."""

ALL_REPLIES = 500
"""More exchanges than a talk has."""


def carry_out(scene: Scene, done: Turn) -> Answer:
    """Do what a turn asks for, in the same transaction."""
    return EFFECTS[done.effect](scene, done)


def _nothing(scene: Scene, done: Turn) -> Answer:
    if done.state.stage is Stage.LIST and done.state.needs and done.state.page == 0:
        _note_miss(scene, done)
    return Answer(done.reply, done.state, done.language, Speaker.BOT)


def _note_miss(scene: Scene, done: Turn) -> None:
    if any(key not in OPEN_TO_ALL for key in done.state.menu):
        return
    place, age = done.state.answers.get("municipality"), done.state.answers.get("age")
    history.miss(
        scene.tx,
        channel="sms",
        language=done.language,
        needs=done.state.needs,
        place=str(place) if place else None,
        age=age if type(age) is int else None,
        now=scene.now,
    )


def _refer(scene: Scene, done: Turn) -> Answer:
    state = done.state
    way = way_of(scene.guide, state, state.chosen)
    if way is None:
        return Answer(say("nothing_shared", done.language), state, done.language, Speaker.BOT)
    referral = referring.ask(
        scene.tx,
        scene.parts.vault,
        _asking(scene, state, done.language, way),
        now=scene.now,
    )
    due = day(referral.due_at or scene.now, done.language, scene.parts.zone)
    text = plain(say("referred", done.language, code=referral.code, day=due))
    kept = state.but(code=referral.code, misses=0, past=())
    return Answer(text, kept, done.language, Speaker.BOT)


def _asking(scene: Scene, state: State, language: str, way: Way) -> referring.Asking:
    return referring.Asking(
        name=state.name,
        number=scene.incoming.sender,
        language=language,
        safe_contact=state.safe_contact,
        need=state.needs[0],
        service=way.service,
        door=way.contact if way.contact is not way.service else None,
        story=tell_story(
            scene.guide,
            way.service,
            state.words,
            state.answers,
            for_other=state.for_other,
            channel="sms",
        ),
        consent_words=consent_words(scene.guide, state, language),
        answer=scene.body.strip()[:20],
        channel="sms",
    )


def unshare(scene: Scene, done: Turn) -> Answer:
    """Take back every consent and open request of the number."""
    count = referring.withdraw(scene.tx, scene.parts.vault, scene.incoming.sender, now=scene.now)
    key = "unshared" if count else "nothing_shared"
    return Answer(say(key, done.language), done.state, done.language, Speaker.BOT)


def erase(scene: Scene, done: Turn) -> Answer:
    """Forget all that the number told us, and have the worker ask the carrier to do the same."""
    tx, vault, number = scene.tx, scene.parts.vault, scene.incoming.sender
    sids = {*incoming.sids(tx, scene.talk.id), scene.incoming.sid}
    sids |= outbox.sids_to(tx, vault, number)
    now = scene.parts.now()
    redactions.add(tx, vault, sorted(sids), now=now)
    for one in incoming.exchanges(tx, vault, scene.talk.id, last=ALL_REPLIES):
        forget_codes(scene, one.reply)
        if one.reply:
            redactions.add_reply(tx, vault, number=number, body=one.reply, since=one.at, now=now)
    referring.erase(tx, vault, number, now=scene.now)
    conversations.erase(tx, vault, scene.talk)
    return Answer(done.reply, done.state, done.language, Speaker.BOT, erased=True)


def _person(scene: Scene, done: Turn) -> Answer:
    history.note(
        scene.tx,
        actor="person",
        act="ask-for-person",
        subject=f"talk {scene.talk.id}",
        now=scene.now,
    )
    text = waiting_words(Desk(), scene.now, scene.parts.zone, done.language, lead=done.reply)
    kept = done.state.but(told=False)
    return Answer(text, kept, done.language, after(scene.talk.speaker, Handover.ASK))


EFFECTS: Mapping[Effect, Callable[[Scene, Turn], Answer]] = {
    Effect.NONE: _nothing,
    Effect.REFER: _refer,
    Effect.UNSHARE: unshare,
    Effect.ERASE: erase,
    Effect.PERSON: _person,
    Effect.HAND_ON: hand_on,
}
