"""A talk goes on elsewhere: a code is made by text; one from a phone or the web is opened."""

import re
from datetime import timedelta

from navigator.actions import handing_on
from navigator.actions.handing_on import Carried, Refused, spaced, tidy
from navigator.actions.talking.showing import facts_read_back, go_on, read_back
from navigator.actions.talking.values import Effect, Turn
from navigator.domain import conversation
from navigator.domain.conversation import Stage, State
from navigator.domain.speaking import Handover, Speaker, after
from navigator.storage import conversations, history
from navigator.storage.conversations import Talk
from navigator.storage.incoming import exchanges
from navigator.texting.scene import Answer, Scene
from navigator.wording.reading import say
from sms.segments import fits, plain

AN_HOUR = timedelta(hours=1)
MOST_TRIED = 5
"""Codes that one number may try in an hour."""

_NAMED = re.compile(
    r"(?:(?:hi|hello|bonjour|my|the|this is|here is|i have|i got|mon|le|voici|j'ai|a|un) )*"
    r"code(?: is| est)?[ :]*([a-z0-9]{3}[- ]?[a-z0-9]{3})[ .!]*",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s*([a-z0-9]{3}[- ]?[a-z0-9]{3})[\s.!]*", re.IGNORECASE)
_ANYWHERE = re.compile(r"\b[A-Z2-9]{3}-[A-Z2-9]{3}\b")


def code_in(body: str) -> str | None:
    """Give the code that a whole text is: "k7f 3pq", "my code is K7F-3PQ"; None for other words."""
    named, alone = _NAMED.fullmatch(body.strip()), _ALONE.fullmatch(body)
    found = named or alone
    code = tidy(found[1]) if found else None
    return code if code and (named or handing_on.is_unlike_words(code)) else None


def take_up(scene: Scene) -> Turn | None:
    """Go on with what a code was made for; None where the text is no code."""
    state, language = scene.state, scene.talk.language
    if state.code and tidy(scene.body) == state.code:
        # The number of a request is no code to go on with: say how the request stands.
        return Turn(state, language, say("already_referred", language, code=state.code))
    code = code_in(scene.body)
    if code is not None:
        return _opened(scene, code)
    named = _NAMED.fullmatch(scene.body.strip())
    if named and any(letter.isdecimal() for letter in named[1]):
        # No code has all of these letters: it need not be tried.
        return _refused(scene, "code_wrong", named[1].upper())
    return None


def _opened(scene: Scene, code: str) -> Turn:
    tried = _tried(scene)
    if tried >= MOST_TRIED:
        return _refused(scene, "code_many")
    opened = handing_on.take(scene.tx, scene.parts.vault, code, who=None, now=scene.now)
    if isinstance(opened, Carried):
        return _gone_on(scene, opened)
    if opened is Refused.TOO_MANY:
        return _refused(scene, "code_many")
    return _refused(scene, "code_wrong_again" if tried else "code_wrong", spaced(code))


def _refused(scene: Scene, key: str, code: str = "") -> Turn:
    state, language = scene.state, scene.talk.language
    here = state.but(stage=Stage.NEED, menu=(), asked=1) if _is_new(state) else state
    return Turn(here, language, plain(say(key, language, code=code)))


def _tried(scene: Scene) -> int:
    since = max(scene.now - AN_HOUR, scene.talk.started_at)
    lately = exchanges(scene.tx, scene.parts.vault, scene.talk.id, since=since)
    return sum(code_in(one.body) is not None for one in lately)


def _gone_on(scene: Scene, opened: Carried) -> Turn:
    """Take the talk up here with the needs and answers, and with nothing else of the old number."""
    language = opened.language if scene.talk.new else scene.talk.language
    carried = handing_on.begun(opened)
    kept = carried.but(code=scene.state.code, failures=scene.state.failures)
    history.note(
        scene.tx,
        actor="person",
        act="open-handoff",
        subject=f"talk {scene.talk.id}",
        now=scene.now,
    )
    if _moved_from(scene, opened.talk) is not Speaker.BOT:
        return Turn(
            kept.but(stage=Stage.NEED), language, say("code_taken", language), Effect.PERSON
        )
    done = go_on(scene.guide, kept, language, lead=_welcome(scene, kept, language))
    # A way back leads to what stood on this phone before.
    return Turn(conversation.moved(scene.state, done.state), language, done.reply)


def _welcome(scene: Scene, state: State, language: str) -> str:
    told = read_back(scene.guide, state, language)
    whole = f"{say('code_taken', language)} {told}".strip()
    short = f"{say('code_taken', language)} {facts_read_back(scene.guide, state, language)}".strip()
    return whole if fits(whole, segments=1) else short


def _moved_from(scene: Scene, mark: str) -> Speaker:
    """Empty the talk that a code was made in, so that the old phone shows nothing more of it.

    Give who had the word there; whoever waited for a person waits on the new phone.
    """
    talk_id, _, _ = mark.partition(" ")
    if not talk_id or int(talk_id) == scene.talk.id:
        return Speaker.BOT
    old = conversations.find(scene.tx, scene.parts.vault, int(talk_id), hold=True)
    if old is None or _mark(old) != mark:
        return Speaker.BOT
    conversations.keep(
        scene.tx,
        scene.parts.vault,
        old.id,
        state=conversation.dump(State()),
        language=old.language,
        idle_at=None,
    )
    if old.speaker is not Speaker.BOT:
        conversations.turn_to(scene.tx, old, after(old.speaker, Handover.BEGIN), now=scene.now)
    return old.speaker


def _mark(talk: Talk) -> str:
    """Name a talk so that another one which gets its id later is not taken for it."""
    return f"{talk.id} {talk.started_at.isoformat()}"


def hand_on(scene: Scene, done: Turn) -> Answer:
    """Make a code for whoever asked for one; no words, no name and no number go along."""
    state, language = done.state, done.language
    if not state.needs:
        begun = state.but(stage=Stage.NEED, menu=(), asked=1) if _is_new(state) else state
        return Answer(say("code_where", language), begun, language, Speaker.BOT)
    carried = Carried(
        needs=state.needs,
        answers=state.answers,
        asked=tuple(state.answers),
        for_other=state.for_other,
        language=language,
        talk=_mark(scene.talk),
    )
    code = handing_on.make(scene.tx, scene.parts.vault, carried, now=scene.now)
    if code is None:
        return Answer(say("code_busy", language), state, language, Speaker.BOT)
    state = state.but(misses=0)
    lines = [say("code_made", language, code=spaced(code))]
    if state.code:
        lines.append(say("code_request", language, code=state.code))
    return Answer(plain("\n".join(lines)), state, language, Speaker.BOT)


def forget_codes(scene: Scene, text: str) -> None:
    """Delete what was kept under the codes that stand in a text of ours."""
    for code in _ANYWHERE.findall(text):
        handing_on.forget(scene.tx, scene.parts.vault, code)


def _is_new(state: State) -> bool:
    return state.stage is Stage.NEW
