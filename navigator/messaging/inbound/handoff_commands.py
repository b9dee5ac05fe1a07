"""A conversation goes on elsewhere: a code is made by text, or one from elsewhere is redeemed."""

import re
from dataclasses import replace
from datetime import timedelta

from navigator.domain.conversation_state import (
    AwaitingNeed,
    ConversationState,
    KnownPerson,
    NewConversation,
    with_progress,
    without_misses,
)
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.domain.stored_conversation_state import dump_state, with_history
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.services.dialogue.dialogue_turn import DialogueContext, DialogueTurn, Effect
from navigator.services.dialogue.messages import next_message, read_back, read_back_facts
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
from navigator.storage.unit_of_work import UnitOfWork
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


def redeem_code_in_text(context: MessageContext) -> DialogueTurn | None:
    """Go on with what a code was made for; None where the text is no code."""
    state, language, body = context.state, context.language, context.incoming.body
    own_code = state.memory.referral_code
    if own_code and normalize_code(body) == own_code:
        # The number of a request is no code to go on with: say how the request stands.
        return DialogueTurn(
            state, language, text_message("already_referred", language, code=own_code)
        )
    code = code_in(body)
    if code is not None:
        return _redeem(context, code)
    named = _NAMED.fullmatch(body.strip())
    if named and any(letter.isdecimal() for letter in named[1]):
        # No code has all of these letters: it need not be tried.
        return _refuse(context, "code_wrong", named[1].upper())
    return None


def _redeem(context: MessageContext, code: str) -> DialogueTurn:
    tried = _codes_tried(context)
    if tried >= MOST_TRIED:
        return _refuse(context, "code_many")
    redeemed = handoff_codes.redeem_code(context.uow, code, who=None, now=context.now)
    if isinstance(redeemed, HandoffPayload):
        return _continue_from(context, redeemed)
    if redeemed is CodeRefused.TOO_MANY:
        return _refuse(context, "code_many")
    return _refuse(context, "code_wrong_again" if tried else "code_wrong", format_code(code))


def _refuse(context: MessageContext, key: str, code: str = "") -> DialogueTurn:
    text = to_gsm7(text_message(key, context.language, code=code))
    return DialogueTurn(_begun(context.state), context.language, text)


def _codes_tried(context: MessageContext) -> int:
    since = max(context.now - AN_HOUR, context.conversation.started_at)
    recent = list_exchanges(context.uow, context.conversation.id, since=since)
    return sum(code_in(exchange.body) is not None for exchange in recent)


def _continue_from(context: MessageContext, payload: HandoffPayload) -> DialogueTurn:
    """Go on here with the needs and answers, and with nothing else of the old number."""
    language = payload.language if context.conversation.new else context.language
    state = _carried_over(context.state, payload)
    audit_log.record(
        context.uow,
        actor="person",
        act="open-handoff",
        subject=f"talk {context.conversation.id}",
        now=context.now,
    )
    if _close_origin(context, payload.talk) is not Speaker.BOT:
        asked = AwaitingNeed(state.memory)
        return DialogueTurn(asked, language, text_message("code_taken", language), Effect.PERSON)
    lead = _welcome(context.dialogue, state.person, language)
    turn = next_message(context.dialogue, state, language, lead=lead)
    # A way back leads to what stood on this phone before.
    return replace(turn, state=with_history(context.state, turn.state))


def _carried_over(here: ConversationState, payload: HandoffPayload) -> NewConversation:
    state = handoff_codes.state_from_payload(payload)
    progress = replace(state.progress, failures=here.progress.failures)
    memory = replace(state.memory, progress=progress, referral_code=here.memory.referral_code)
    return NewConversation(memory)


def _welcome(dialogue: DialogueContext, person: KnownPerson, language: str) -> str:
    taken = text_message("code_taken", language)
    whole = f"{taken} {read_back(dialogue, person, language)}".strip()
    short = f"{taken} {read_back_facts(dialogue, person, language)}".strip()
    return whole if fits_segments(whole, segments=1) else short


def _close_origin(context: MessageContext, origin: str) -> Speaker:
    """Empty the conversation that a code was made in, so that the old phone shows no more of it.

    Give who answered there; whoever waited for a person waits on the new phone.
    """
    conversation_id, _, _ = origin.partition(" ")
    if not conversation_id or int(conversation_id) == context.conversation.id:
        return Speaker.BOT
    old = conversations.find(context.uow, int(conversation_id), hold=True)
    if old is None or _origin(old) != origin:
        return Speaker.BOT
    conversations.save(
        context.uow,
        old.id,
        state=dump_state(NewConversation()),
        language=old.language,
        idle_at=None,
    )
    if old.speaker is not Speaker.BOT:
        speaker = next_speaker(old.speaker, Handover.BEGIN)
        conversations.set_speaker(context.uow, old, speaker, now=context.now)
    return old.speaker


def _origin(conversation: Conversation) -> str:
    """Name a conversation so that another one which gets its id later is not taken for it."""
    return f"{conversation.id} {conversation.started_at.isoformat()}"


def create_code_by_text(context: MessageContext, turn: DialogueTurn) -> Response:
    """Make a code for whoever asked for one; no words, no name and no number go along."""
    state, language = turn.state, turn.language
    person = state.person
    if not person.needs:
        text = text_message("code_where", language)
        return Response(text, _begun(state), language, Speaker.BOT)
    payload = HandoffPayload(
        needs=person.needs,
        answers=person.answers,
        asked=tuple(person.answers),
        for_other=person.for_other,
        language=language,
        talk=_origin(context.conversation),
    )
    code = handoff_codes.create_code(context.uow, payload, now=context.now)
    if code is None:
        return Response(text_message("code_busy", language), state, language, Speaker.BOT)
    lines = [text_message("code_made", language, code=format_code(code))]
    if state.memory.referral_code:
        lines.append(text_message("code_request", language, code=state.memory.referral_code))
    return Response(to_gsm7("\n".join(lines)), without_misses(state), language, Speaker.BOT)


def delete_codes_in_text(uow: UnitOfWork, text: str) -> None:
    """Delete what was kept under the codes that stand in a text of ours."""
    for code in _ANYWHERE.findall(text):
        handoff_codes.delete_code(uow, code)


def _begun(state: ConversationState) -> ConversationState:
    """Begin a conversation that is new: our reply asks what is needed, the first question."""
    if not isinstance(state, NewConversation):
        return state
    return AwaitingNeed(with_progress(state, replace(state.progress, asked=1)).memory)
