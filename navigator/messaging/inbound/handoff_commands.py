"""A talk goes on elsewhere: a code is made by text; one from a phone or the web is opened."""

import re
from datetime import timedelta

from navigator.domain import conversation_state
from navigator.domain.conversation_state import ConversationState, Stage
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.services.dialogue.messages import next_message, read_back, read_back_facts
from navigator.services.dialogue.turn_types import DialogueTurn, Effect
from navigator.services.interview import handoff_codes
from navigator.services.interview.handoff_codes import (
    CodeRefused,
    HandoffPayload,
    format_code,
    normalize_code,
)
from navigator.storage import audit_log, conversations
from navigator.storage.conversations import Conversation
from navigator.storage.inbound_messages import list_exchanges
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

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
    code = normalize_code(found[1]) if found else None
    return code if code and (named or handoff_codes.is_unlike_words(code)) else None


def redeem_code_in_text(scene: MessageContext) -> DialogueTurn | None:
    """Go on with what a code was made for; None where the text is no code."""
    state, language = scene.state, scene.talk.language
    if state.code and normalize_code(scene.body) == state.code:
        # The number of a request is no code to go on with: say how the request stands.
        return DialogueTurn(
            state, language, text_message("already_referred", language, code=state.code)
        )
    code = code_in(scene.body)
    if code is not None:
        return _opened(scene, code)
    named = _NAMED.fullmatch(scene.body.strip())
    if named and any(letter.isdecimal() for letter in named[1]):
        # No code has all of these letters: it need not be tried.
        return _refused(scene, "code_wrong", named[1].upper())
    return None


def _opened(scene: MessageContext, code: str) -> DialogueTurn:
    tried = _tried(scene)
    if tried >= MOST_TRIED:
        return _refused(scene, "code_many")
    opened = handoff_codes.redeem_code(scene.uow, code, who=None, now=scene.now)
    if isinstance(opened, HandoffPayload):
        return _gone_on(scene, opened)
    if opened is CodeRefused.TOO_MANY:
        return _refused(scene, "code_many")
    return _refused(scene, "code_wrong_again" if tried else "code_wrong", format_code(code))


def _refused(scene: MessageContext, key: str, code: str = "") -> DialogueTurn:
    state, language = scene.state, scene.talk.language
    here = state.but(stage=Stage.NEED, menu=(), asked=1) if _is_new(state) else state
    return DialogueTurn(here, language, to_gsm7(text_message(key, language, code=code)))


def _tried(scene: MessageContext) -> int:
    since = max(scene.now - AN_HOUR, scene.talk.started_at)
    lately = list_exchanges(scene.uow, scene.talk.id, since=since)
    return sum(code_in(one.body) is not None for one in lately)


def _gone_on(scene: MessageContext, opened: HandoffPayload) -> DialogueTurn:
    """Take the talk up here with the needs and answers, and with nothing else of the old number."""
    language = opened.language if scene.talk.new else scene.talk.language
    carried = handoff_codes.state_from_payload(opened)
    kept = carried.but(code=scene.state.code, failures=scene.state.failures)
    audit_log.record(
        scene.uow,
        actor="person",
        act="open-handoff",
        subject=f"talk {scene.talk.id}",
        now=scene.now,
    )
    if _moved_from(scene, opened.talk) is not Speaker.BOT:
        return DialogueTurn(
            kept.but(stage=Stage.NEED),
            language,
            text_message("code_taken", language),
            Effect.PERSON,
        )
    done = next_message(scene.guide, kept, language, lead=_welcome(scene, kept, language))
    # A way back leads to what stood on this phone before.
    return DialogueTurn(
        conversation_state.with_history(scene.state, done.state), language, done.reply
    )


def _welcome(scene: MessageContext, state: ConversationState, language: str) -> str:
    told = read_back(scene.guide, state, language)
    whole = f"{text_message('code_taken', language)} {told}".strip()
    facts = read_back_facts(scene.guide, state, language)
    short = f"{text_message('code_taken', language)} {facts}".strip()
    return whole if fits_segments(whole, segments=1) else short


def _moved_from(scene: MessageContext, mark: str) -> Speaker:
    """Empty the talk that a code was made in, so that the old phone shows nothing more of it.

    Give who had the word there; whoever waited for a person waits on the new phone.
    """
    talk_id, _, _ = mark.partition(" ")
    if not talk_id or int(talk_id) == scene.talk.id:
        return Speaker.BOT
    old = conversations.find(scene.uow, int(talk_id), hold=True)
    if old is None or _mark(old) != mark:
        return Speaker.BOT
    conversations.save(
        scene.uow,
        old.id,
        state=conversation_state.dump_state(ConversationState()),
        language=old.language,
        idle_at=None,
    )
    if old.speaker is not Speaker.BOT:
        conversations.set_speaker(
            scene.uow, old, next_speaker(old.speaker, Handover.BEGIN), now=scene.now
        )
    return old.speaker


def _mark(talk: Conversation) -> str:
    """Name a talk so that another one which gets its id later is not taken for it."""
    return f"{talk.id} {talk.started_at.isoformat()}"


def create_code_by_text(scene: MessageContext, done: DialogueTurn) -> Response:
    """Make a code for whoever asked for one; no words, no name and no number go along."""
    state, language = done.state, done.language
    if not state.needs:
        begun = state.but(stage=Stage.NEED, menu=(), asked=1) if _is_new(state) else state
        return Response(text_message("code_where", language), begun, language, Speaker.BOT)
    carried = HandoffPayload(
        needs=state.needs,
        answers=state.answers,
        asked=tuple(state.answers),
        for_other=state.for_other,
        language=language,
        talk=_mark(scene.talk),
    )
    code = handoff_codes.create_code(scene.uow, carried, now=scene.now)
    if code is None:
        return Response(text_message("code_busy", language), state, language, Speaker.BOT)
    state = state.but(misses=0)
    lines = [text_message("code_made", language, code=format_code(code))]
    if state.code:
        lines.append(text_message("code_request", language, code=state.code))
    return Response(to_gsm7("\n".join(lines)), state, language, Speaker.BOT)


def delete_codes_in_text(scene: MessageContext, text: str) -> None:
    """Delete what was kept under the codes that stand in a text of ours."""
    for code in _ANYWHERE.findall(text):
        handoff_codes.delete_code(scene.uow, code)


def _is_new(state: ConversationState) -> bool:
    return state.stage is Stage.NEW
