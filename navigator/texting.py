"""A text comes in: remembered, understood and answered in one transaction."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from navigator.actions import referring
from navigator.actions.hearing import danger_card
from navigator.actions.listing import Way
from navigator.actions.talking.contact import consent_words
from navigator.actions.talking.showing import way_of
from navigator.actions.talking.turn import turn
from navigator.actions.talking.values import Effect, Guide, Turn
from navigator.actions.talking.words import WORDS, Word
from navigator.domain import conversation, safety
from navigator.domain.conversation import Stage, State
from navigator.parts import Parts
from navigator.storage import conversations, history, outbox
from navigator.storage.conversations import Exchange, Speaker, Talk
from navigator.storage.database import Clash, Transaction
from navigator.storage.referrals import Story
from navigator.wording.dates import day
from navigator.wording.reading import say
from sms.incoming import Incoming
from sms.keywords import Keyword, carrier_keyword, whole_word
from sms.numbers import NumberKind, kind
from sms.segments import plain

LOG = logging.getLogger(__name__)

SILENT_AFTER = timedelta(days=90)
"""A number that was silent for this long may belong to somebody else: nothing of the past shows."""

SAFETY_SECOND = timedelta(seconds=3)
"""The second safety text leaves this long after the first one, so that they come in order."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one text is handled with."""

    parts: Parts
    tx: Transaction
    guide: Guide
    incoming: Incoming
    talk: Talk
    now: datetime


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is kept and said at the end of a turn."""

    reply: str
    state: State
    language: str
    speaker: Speaker
    danger: str = safety.Level.NONE
    erased: bool = False


def reply(parts: Parts, incoming: Incoming, *, language: str = "en") -> str:
    """Answer a text once; the same carrier id gets the same reply again. Empty means silence."""
    for attempt in (1, 2):
        try:
            return _reply(parts, incoming, language)
        except Clash:
            # Another process took the same text, or the number's first one, at this moment.
            if attempt == 2:
                raise
    return ""


def _reply(parts: Parts, incoming: Incoming, language: str) -> str:
    now = parts.now()
    guide = parts.shelf.edition(now).guide
    with parts.database.transaction() as tx:
        before = conversations.reply_to(tx, parts.vault, incoming.sid)
        if before is not None:
            return before
        if kind(incoming.sender) is not NumberKind.PHONE:
            # Short codes and named senders are machines: remembered, never answered.
            _remember(parts, tx, incoming, None, "", safety.Level.NONE, now)
            return ""
        talk = conversations.with_number(
            tx, parts.vault, incoming.sender, language=language, now=now
        )
        again = conversations.reply_to(tx, parts.vault, incoming.sid)
        if again is not None:
            return again
        answer = _answer(_Scene(parts, tx, guide, incoming, talk, now))
        talk_id = None if answer.erased else talk.id
        body = "" if answer.erased else incoming.body
        if talk_id is not None:
            conversations.keep(
                tx,
                parts.vault,
                talk_id,
                state=conversation.dump(answer.state),
                language=answer.language,
                speaker=answer.speaker,
                now=now,
            )
        exchange = Exchange(body, answer.reply, answer.danger, now)
        conversations.remember(
            tx, parts.vault, sid=incoming.sid, talk_id=talk_id, exchange=exchange
        )
        return answer.reply


def _remember(
    parts: Parts,
    tx: Transaction,
    incoming: Incoming,
    talk_id: int | None,
    answer: str,
    danger: str,
    now: datetime,
) -> None:
    exchange = Exchange(incoming.body, answer, danger, now)
    conversations.remember(tx, parts.vault, sid=incoming.sid, talk_id=talk_id, exchange=exchange)


def _answer(scene: _Scene) -> _Answer:
    state = conversation.load(scene.talk.state)
    if scene.now - scene.talk.heard_at > SILENT_AFTER:
        state = State()
    language = scene.talk.language
    keyword = carrier_keyword(scene.incoming.body, scene.incoming.opt_out_type)
    if keyword is not None:
        return _keyword(scene, state, keyword.keyword, keyword.language or language)
    danger = safety.check(scene.incoming.body, scene.parts.danger)
    if danger.level is not safety.Level.NONE and not danger.worker:
        return _danger(scene, state, danger, language)
    if scene.talk.opted_out:
        # Nothing but safety is answered after an opt-out; the text is kept for no one.
        return _Answer("", state, language, scene.talk.speaker)
    if scene.talk.speaker is not Speaker.BOT:
        return _while_a_person_is_asked(scene, state, language)
    if not scene.incoming.body.strip():
        key = "media_only" if scene.incoming.media_count else "not_understood_first"
        return _Answer(say(key, language), state, language, Speaker.BOT)
    return _carry_out(scene, turn(scene.guide, state, scene.incoming.body, language))


def _keyword(scene: _Scene, state: State, keyword: Keyword, language: str) -> _Answer:
    # Where the carrier answered by itself, a second reply would be one too many.
    silent = scene.incoming.opt_out_type is not None
    speaker = scene.talk.speaker
    if keyword is Keyword.STOP:
        conversations.set_opted_out(scene.tx, scene.talk.id, scene.now)
        outbox.stop_waiting(
            scene.tx,
            scene.parts.vault,
            scene.incoming.sender,
            reason="opted_out",
            now=scene.now,
        )
    elif keyword is Keyword.START:
        conversations.set_opted_out(scene.tx, scene.talk.id, None)
        state, speaker = conversation.begin_again(state), Speaker.BOT
    key = {
        Keyword.STOP: "stopped",
        Keyword.START: "started",
        Keyword.HELP: "help",
        Keyword.INFO: "info",
    }[keyword]
    return _Answer("" if silent else say(key, language), state, language, speaker)


def _danger(scene: _Scene, state: State, danger: safety.Danger, language: str) -> _Answer:
    """Answer danger first, with fixed words; the need is kept, so that the talk goes on."""
    heard, language = _heard(scene, state, language)
    words = danger_card(danger, scene.guide.directory, heard.answers, language)
    if words.then and not scene.talk.opted_out:
        outbox.put(
            scene.tx,
            scene.parts.vault,
            number=scene.incoming.sender,
            body=plain("\n".join(words.then)),
            kind="safety",
            now=scene.now,
            not_before=scene.now + SAFETY_SECOND,
        )
    return _Answer(words.first, heard, language, scene.talk.speaker, danger.level)


def _heard(scene: _Scene, state: State, language: str) -> tuple[State, str]:
    from_turn = turn(scene.guide, state, scene.incoming.body, language)
    kept = from_turn.state if from_turn.effect is Effect.NONE else state
    return kept.but(stage=state.stage if state.stage is not Stage.NEW else Stage.NEED), (
        from_turn.language
    )


def _age(state: State) -> int | None:
    age = state.answers.get("age")
    return age if isinstance(age, int) else None


def _while_a_person_is_asked(scene: _Scene, state: State, language: str) -> _Answer:
    menu = whole_word(scene.incoming.body, WORDS) is Word.MENU
    if menu and scene.talk.speaker is Speaker.WAITING:
        return _carry_out(scene, turn(scene.guide, state, scene.incoming.body, language))
    if scene.talk.speaker is Speaker.PERSON:
        return _Answer("", state, language, Speaker.PERSON)
    return _Answer(say("person_kept", language), state, language, Speaker.WAITING)


def _carry_out(scene: _Scene, done: Turn) -> _Answer:
    effects = {
        Effect.NONE: _nothing,
        Effect.REFER: _refer,
        Effect.UNSHARE: _unshare,
        Effect.ERASE: _erase,
        Effect.PERSON: _person,
    }
    return effects[done.effect](scene, done)


def _nothing(scene: _Scene, done: Turn) -> _Answer:
    if done.state.stage is Stage.LIST and done.state.needs:
        _note_miss(scene, done)
    return _Answer(done.reply, done.state, done.language, Speaker.BOT)


def _note_miss(scene: _Scene, done: Turn) -> None:
    if any(key not in {"211-ontario", "access-halton-311"} for key in done.state.menu):
        return
    place = done.state.answers.get("municipality")
    history.miss(
        scene.tx,
        channel="sms",
        language=done.language,
        needs=done.state.needs,
        place=str(place) if place else None,
        age=_age(done.state),
        now=scene.now,
    )


def _refer(scene: _Scene, done: Turn) -> _Answer:
    state = done.state
    way = way_of(scene.guide, state, state.chosen)
    if way is None:
        return _Answer(say("nothing_shared", done.language), state, done.language, Speaker.BOT)
    referral = referring.ask(
        scene.tx, scene.parts.vault, _asking(scene, state, done.language, way), now=scene.now
    )
    due = day(referral.due_at or scene.now, done.language, scene.parts.zone)
    text = plain(say("referred", done.language, code=referral.code, day=due))
    return _Answer(text, state.but(code=referral.code), done.language, Speaker.BOT)


def _asking(scene: _Scene, state: State, language: str, way: Way) -> referring.Asking:
    return referring.Asking(
        name=state.name,
        number=scene.incoming.sender,
        language=language,
        safe_contact=state.safe_contact,
        need=state.needs[0],
        service=way.service,
        door=way.contact if way.contact is not way.service else None,
        story=Story(state.words, state.answers, for_other=state.for_other, channel="sms"),
        consent_words=consent_words(scene.guide, state, language),
        answer=scene.incoming.body.strip()[:20],
        channel="sms",
    )


def _unshare(scene: _Scene, done: Turn) -> _Answer:
    count = referring.withdraw(scene.tx, scene.parts.vault, scene.incoming.sender, now=scene.now)
    key = "unshared" if count else "nothing_shared"
    return _Answer(say(key, done.language), done.state, done.language, Speaker.BOT)


def _erase(scene: _Scene, done: Turn) -> _Answer:
    referring.erase(scene.tx, scene.parts.vault, scene.incoming.sender, now=scene.now)
    conversations.erase(scene.tx, scene.talk.id)
    return _Answer(done.reply, done.state, done.language, Speaker.BOT, erased=True)


def _person(scene: _Scene, done: Turn) -> _Answer:
    history.note(
        scene.tx,
        actor="person",
        act="ask-for-person",
        subject=f"talk {scene.talk.id}",
        now=scene.now,
    )
    return _Answer(done.reply, done.state, done.language, Speaker.WAITING)
