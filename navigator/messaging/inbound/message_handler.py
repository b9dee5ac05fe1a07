"""Handle a text: one transaction, one effect for its carrier id, the same reply ever after."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from directory_data.vocabulary.loader import NeedFlag
from navigator.container import Container
from navigator.domain import conversation_state, rate_limit
from navigator.domain.conversation_state import ConversationState, SafeContact, Stage
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.messaging.cost_guard import BRAKE, brake_flag_value
from navigator.messaging.inbound.disk_spool import DiskSpool
from navigator.messaging.inbound.message_context import MessageContext, Response
from navigator.messaging.inbound.responder import respond
from navigator.nlp.danger.detector import DangerLevel
from navigator.services.referrals.referral_service import after_quiet_hours
from navigator.storage import conversations, outbox, shared_flags
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

ATTEMPTS = 3
"""Two processes may take the same text, or a number's first one, at the same moment."""

FRESH = timedelta(hours=3)
"""A late answer to a text of so long ago is still a reply; later it waits for the daytime."""

REMIND_AFTER = timedelta(hours=24)
UNFINISHED = frozenset(
    {
        Stage.NEED,
        Stage.QUESTION,
        Stage.WHICH_CONTACT,
        Stage.WHICH_MORE,
        Stage.NAME,
        Stage.SAFE,
        Stage.CONSENT,
    }
)
"""Here something was asked; who falls silent is reminded once."""


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
    """Answer a text in one transaction; a late one is answered by a letter.

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
    now = container.now()
    guide = replace(
        container.edition_store.edition(now).guide, moment=now.astimezone(container.zone)
    )
    with container.database.unit_of_work() as uow:
        is_phone = number_kind(incoming.sender) is NumberKind.PHONE
        number = incoming.sender
        held = conversations.find_by_number(uow, number, hold=True) if is_phone else None
        if spool is not None and spool.holds(incoming):
            raise Overtaken
        # Asked once the talk is ours: a copy that another process has at hand is answered by then.
        before = find_reply(uow, incoming.sid)
        if before is not None:
            return before if late is None else _make_good(container, uow, incoming, before, late)
        if not is_phone:
            # Short codes and named senders are machines: remembered, never answered.
            exchange = Exchange(incoming.body, "", DangerLevel.NONE, now)
            remember_message(uow, sid=incoming.sid, conversation_id=None, exchange=exchange)
            return ""
        talk = held or conversations.create(uow, number, language=language, now=now)
        # The moments of a talk never stand still, so that its texts keep their order.
        now = max(container.now(), talk.heard_at + (timedelta() if talk.new else A_MOMENT))
        talk = replace(talk, pace=rate_limit.count_message(talk.pace, now))
        talk, state = _past_of(uow, talk, now)
        quiet = rate_limit.exceeds_limit(talk.pace, braked=_is_braked(container, uow, talk))
        scene = MessageContext(container, uow, guide, incoming, talk, state, now, quiet=quiet)
        said = _shortened(respond(scene))
        if not said.erased:
            _keep(scene, said)
        return _remember(scene, said, late)


def _past_of(
    uow: UnitOfWork, talk: Conversation, now: datetime
) -> tuple[Conversation, ConversationState]:
    """Give the talk as it goes on; after a long silence somebody else may have the number."""
    if now - talk.heard_at <= SILENT_AFTER:
        return talk, conversation_state.load_state(talk.state)
    speaker = next_speaker(talk.speaker, Handover.BEGIN)
    conversations.set_speaker(uow, talk, speaker, now=now)
    return replace(talk, speaker=speaker, started_at=now, new=True), ConversationState()


def _is_braked(container: Container, uow: UnitOfWork, talk: Conversation) -> bool:
    return talk.pace.day > rate_limit.A_DAY_BRAKED and shared_flags.get_flag(
        uow, BRAKE
    ) == brake_flag_value(container)


def _shortened(said: Response) -> Response:
    """Hold the budget of two segments, whatever names and numbers were filled in."""
    text = said.reply
    while text and not fits_segments(text, segments=2):
        text = text[: len(text) - 8].rstrip() + "..."
    return said if text == said.reply else replace(said, reply=text)


def _keep(scene: MessageContext, said: Response) -> None:
    talk = scene.talk
    if said.speaker is not talk.speaker:
        conversations.set_speaker(scene.uow, talk, said.speaker, now=scene.now)
    conversations.save_heard(
        scene.uow,
        talk,
        state=conversation_state.dump_state(said.state),
        language=said.language,
        idle_at=_remind_at(scene, said),
        number=scene.incoming.sender,
        now=scene.now,
    )


def _remind_at(scene: MessageContext, said: Response) -> datetime | None:
    state = said.state
    # A text that comes unasked may be read by the one whom the person fears.
    remindable = scene.guide.vocabulary.needs_with(NeedFlag.REMINDED)
    private = (
        said.danger != DangerLevel.NONE
        or state.paused
        or state.safe_contact is SafeContact.CALL
        or not remindable.issuperset(state.needs)
    )
    if scene.talk.opted_out or said.speaker is not Speaker.BOT or private:
        return None
    return scene.now + REMIND_AFTER if state.stage in UNFINISHED else None


def _remember(scene: MessageContext, said: Response, late: LateMessage | None) -> str:
    """Remember the text with its reply; a late reply leaves as a letter."""
    told = said.reply if late is None else late.acknowledged
    if late is not None and said.reply and said.reply != told:
        urgent = said.danger != DangerLevel.NONE
        _send_later(scene.container, scene.uow, scene.incoming, said.reply, late, urgent=urgent)
    exchange = Exchange(
        "" if said.erased else scene.body,
        told,
        said.danger,
        scene.now,
        measure(told).segments,
    )
    remember_message(
        scene.uow,
        sid=scene.incoming.sid,
        conversation_id=None if said.erased else scene.talk.id,
        exchange=exchange,
    )
    return told


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
