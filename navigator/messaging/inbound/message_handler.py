"""Handle a text: one transaction, one effect for its carrier id, the same reply ever after."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from navigator.container import Container
from navigator.domain import rate_limit
from navigator.domain.conversation_state import ConversationState, NewConversation
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.domain.stored_conversation_state import dump_state, load_state
from navigator.messaging.cost_guard import is_braked
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.messaging.inbound.message_router import respond
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.conversations.conversation_timeouts import reminder_time
from navigator.services.dialogue.dialogue_turn import DialogueContext, parse_message
from navigator.services.directory.edition_store import Edition
from navigator.services.referrals.referral_service import after_quiet_hours
from navigator.storage import conversations, outbox
from navigator.storage import inbound_messages as remembered
from navigator.storage.conversations import Conversation
from navigator.storage.database import WriteConflict
from navigator.storage.inbound_messages import Exchange, find_reply, remember_message
from navigator.storage.unit_of_work import UnitOfWork
from sms.inbound_message import InboundMessage
from sms.phone_numbers import NumberKind, number_kind
from sms.segments import fits_segments, measure

SILENT_AFTER = timedelta(days=90)
"""A number that was silent for this long may belong to somebody else: nothing of the past shows."""

A_MOMENT = timedelta(microseconds=1)

NOTHING_WRITTEN = "\u00a0"
"""Stands for a text without words (a picture): blank, but still something to be answered."""

ATTEMPTS = 3
"""Two processes may take the same text, or a number's first one, at the same moment."""

FRESH = timedelta(hours=3)
"""A late answer to a text of so long ago is still a reply; later it waits for the daytime."""


@dataclass(frozen=True, slots=True)
class LateMessage:
    """A text taken in after its webhook: what was acknowledged then, and when it came."""

    acknowledged: str
    came_at: datetime


class Overtaken(Exception):
    """While the database kept this text waiting, a text of its number was put on disk."""


def handle_message(
    container: Container,
    incoming: InboundMessage,
    *,
    language: str = "en",
    late: LateMessage | None = None,
    spool: DiskSpool | None = None,
) -> str:
    """Answer a text in one transaction; a late one is answered through the outbox.

    With a spool, raises Overtaken where texts of the number have come to lie there meanwhile.
    """
    # Compiled at the first text of a process, with no transaction open.
    container.models.danger_lexicon()
    for _ in range(ATTEMPTS - 1):
        try:
            return _handle(container, incoming, language, late, spool)
        except WriteConflict:
            continue
    return _handle(container, incoming, language, late, spool)


def _handle(
    container: Container,
    incoming: InboundMessage,
    language: str,
    late: LateMessage | None,
    spool: DiskSpool | None,
) -> str:
    edition = container.edition_store.edition(container.now())
    with container.database.unit_of_work() as uow:
        number = incoming.sender
        is_phone = number_kind(number) is NumberKind.PHONE
        held = conversations.find_by_number(uow, number, hold=True) if is_phone else None
        if spool is not None and spool.holds(incoming):
            raise Overtaken
        # Looked up once the conversation is ours: a copy in another process is answered by then.
        before = find_reply(uow, incoming.sid)
        if before is not None:
            return before if late is None else _make_good(container, uow, incoming, before, late)
        if not is_phone:
            return _remember_machine(uow, incoming, container.now())
        now = container.now()
        conversation = held or conversations.create(uow, number, language=language, now=now)
        context = _context(container, uow, edition, incoming, conversation)
        response = _shortened(respond(context, quiet=_is_quiet(context)))
        if not response.erased:
            _save(context, response)
        return _remember(context, response, late)


def _remember_machine(uow: UnitOfWork, incoming: InboundMessage, now: datetime) -> str:
    """Remember a text of a short code or a named sender: machines are never answered."""
    exchange = Exchange(incoming.body, "", DangerLevel.NONE, now)
    remember_message(uow, sid=incoming.sid, conversation_id=None, exchange=exchange)
    return ""


def _context(
    container: Container,
    uow: UnitOfWork,
    edition: Edition,
    incoming: InboundMessage,
    conversation: Conversation,
) -> MessageContext:
    """Put together what a text is handled with."""
    # The moments of a conversation never stand still, so that its texts keep their order.
    step = timedelta() if conversation.new else A_MOMENT
    now = max(container.now(), conversation.heard_at + step)
    conversation = replace(conversation, pace=rate_limit.count_message(conversation.pace, now))
    conversation, state = _past(uow, conversation, now)
    dialogue = DialogueContext(
        edition.directory, edition.models, container.now().astimezone(container.zone)
    )
    message = parse_message(
        dialogue,
        incoming.body or NOTHING_WRITTEN,
        conversation.language,
        opt_out_type=incoming.opt_out_type,
    )
    return MessageContext(container, uow, dialogue, conversation, state, incoming, message, now)


def _past(
    uow: UnitOfWork, conversation: Conversation, now: datetime
) -> tuple[Conversation, ConversationState]:
    """Give it as it goes on; after a long silence somebody else may have the number."""
    if now - conversation.heard_at <= SILENT_AFTER:
        return conversation, load_state(conversation.state)
    speaker = next_speaker(conversation.speaker, Handover.BEGIN)
    conversations.set_speaker(uow, conversation, speaker, now=now)
    return replace(conversation, speaker=speaker, started_at=now, new=True), NewConversation()


def _is_quiet(context: MessageContext) -> bool:
    pace = context.conversation.pace
    braked = pace.day > rate_limit.A_DAY_BRAKED and is_braked(context.container, context.uow)
    return rate_limit.exceeds_limit(pace, braked=braked)


def _shortened(response: Response) -> Response:
    """Hold the budget of two segments, whatever names and numbers were filled in."""
    text = response.reply
    while text and not fits_segments(text, segments=2):
        text = text[: len(text) - 8].rstrip() + "..."
    return response if text == response.reply else replace(response, reply=text)


def _save(context: MessageContext, response: Response) -> None:
    conversation = context.conversation
    if response.speaker is not conversation.speaker:
        conversations.set_speaker(context.uow, conversation, response.speaker, now=context.now)
    conversations.save_heard(
        context.uow,
        conversation,
        state=dump_state(response.state),
        language=response.language,
        idle_at=_reminder_time(context, response),
        number=context.incoming.sender,
        now=context.now,
    )


def _reminder_time(context: MessageContext, response: Response) -> datetime | None:
    if context.conversation.opted_out or response.speaker is not Speaker.BOT:
        return None
    return reminder_time(response.state, context.dialogue.vocabulary, now=context.now)


def _remember(context: MessageContext, response: Response, late: LateMessage | None) -> str:
    """Remember the text with its reply; a late reply leaves by the outbox."""
    answered = response.reply if late is None else late.acknowledged
    if late is not None and response.reply and response.reply != answered:
        urgent = response.danger is not DangerLevel.NONE
        _send_later(
            context.container, context.uow, context.incoming, response.reply, late, urgent=urgent
        )
    exchange = Exchange(
        "" if response.erased else context.incoming.body,
        answered,
        response.danger,
        context.now,
        measure(answered).segments,
    )
    remember_message(
        context.uow,
        sid=context.incoming.sid,
        conversation_id=None if response.erased else context.conversation.id,
        exchange=exchange,
    )
    return answered


def _make_good(
    container: Container, uow: UnitOfWork, incoming: InboundMessage, before: str, late: LateMessage
) -> str:
    """Send the reply of a text that has had its effect, but was acknowledged in other words.

    Its process died, or lost the database, between the commit and the answer; then the text came
    again, to the disk.
    """
    if not late.acknowledged or before in {"", late.acknowledged}:
        return before
    remembered.replace_reply(uow, sid=incoming.sid, reply=late.acknowledged)
    _send_later(container, uow, incoming, before, late, urgent=False)
    return late.acknowledged


def _send_later(
    container: Container,
    uow: UnitOfWork,
    incoming: InboundMessage,
    reply: str,
    late: LateMessage,
    *,
    urgent: bool,
) -> None:
    now = container.now()
    soon = urgent or now - late.came_at <= FRESH
    outbox.enqueue(
        uow,
        number=incoming.sender,
        body=reply,
        kind="safety" if urgent else "reply",
        now=now,
        not_before=now if soon else after_quiet_hours(now, container.zone),
    )
