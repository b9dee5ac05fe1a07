"""A person answers in place of the bot: waiting for one, one who takes over, and nobody coming."""

import logging
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from navigator.domain.conversation_state import SafeContact
from navigator.domain.desk_schedule import DeskSchedule
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.domain.roles import Staff
from navigator.domain.stored_conversation_state import load_state
from navigator.storage import audit_log, conversations, outbox, people
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from navigator.wording.date_format import near_day, time_of_day
from sms.segments import fits_segments, to_gsm7

LOG = logging.getLogger(__name__)

LATE_AFTER = timedelta(hours=1)
"""Open hours after which somebody who waits is told so, and others are called."""

LAPSES_AFTER = timedelta(hours=3)
"""Open hours without a word from the navigator who took over: others are called."""


class TakeoverAction(StrEnum):
    """What a navigator can do in a conversation."""

    TAKE = "take"
    WRITE = "write"
    HAND_BACK = "hand_back"


class NotTexted(StrEnum):
    """Why the desk may not text a person."""

    OPTED_OUT = "opted_out"
    CALL_ONLY = "call_only"


def perform_takeover(
    uow: UnitOfWork,
    conversation: Conversation,
    action: TakeoverAction,
    *,
    who: Staff,
    text: str,
    now: datetime,
) -> NotTexted | None:
    """Do it, this transaction holding the conversation; or say why the person is not texted."""
    refused = why_not_texted(uow, conversation) if action is TakeoverAction.WRITE else None
    if refused is not None:
        return refused
    handover = Handover.HAND_BACK if action is TakeoverAction.HAND_BACK else Handover.TAKE
    speaker = next_speaker(conversation.speaker, handover)
    conversations.set_speaker(uow, conversation, speaker, now=now)
    if action is TakeoverAction.WRITE:
        # A person who answers somebody that waits for it is not held up by quiet hours.
        _send(uow, conversation, text, "person", now)
    audit_log.record(
        uow, actor=who.name, act=f"talk-{action}", subject=_subject(conversation), now=now
    )
    return None


def why_not_texted(uow: UnitOfWork, conversation: Conversation) -> NotTexted | None:
    """Say why the desk may not text a person; None where it may.

    Who chose "call only" may share the phone with the one they fear: a text would be read.
    """
    if conversation.opted_out:
        return NotTexted.OPTED_OUT
    asked = {
        people.find_safe_contact(uow, conversation.number),
        load_state(conversation.state).person.safe_contact,
    }
    return NotTexted.CALL_ONLY if SafeContact.CALL in asked else None


def wait_message(
    desk: DeskSchedule, now: datetime, zone: ZoneInfo, language: str, *, lead: str = ""
) -> str:
    """Say when a person answers, and who answers at any hour: the truth, from the desk's hours."""
    if desk.is_open(now, zone):
        text = text_message("person_open", language, until=time_of_day(desk.closes, language))
    else:
        start = desk.next_opening(now, zone)
        day = _day(start, now.astimezone(zone), language)
        hour = time_of_day(start.time(), language)
        text = text_message("person_closed", language, day=day, start=hour)
    whole = to_gsm7(f"{lead} {text}".strip())
    return whole if fits_segments(whole, segments=2) else to_gsm7(text)


def _day(moment: datetime, now: datetime, language: str) -> str:
    words = near_day(moment.date(), now.date(), language, pattern="EEEE")
    is_weekday = (moment.date() - now.date()).days > 1
    return text_message("on_weekday", language, weekday=words) if is_weekday else words


def handle_waiting(
    uow: UnitOfWork,
    conversation_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
    desk: DeskSchedule,
) -> bool:
    """Call others where nobody came in time, and tell the person once; True where it was due."""
    conversation = conversations.find(uow, conversation_id, hold=True)
    if conversation is None or conversation.speaker is Speaker.BOT:
        return False
    if conversation.speaker is Speaker.PERSON:
        return _lapse(uow, conversation, now=now, zone=zone, desk=desk)
    since = conversation.asked_at or conversation.heard_at
    if conversation.called_at is not None or desk.open_time_between(since, now, zone) < LATE_AFTER:
        return False
    conversations.mark_escalated(uow, conversation.id, now=now)
    audit_log.record(
        uow, actor="system", act="nobody-came", subject=_subject(conversation), now=now
    )
    LOG.warning("alarm: talk %s waits for a person and nobody came", conversation.id)
    if not conversation.opted_out:
        text = text_message("person_late", conversation.language)
        _send(uow, conversation, text, "waiting", now)
    return True


def _lapse(
    uow: UnitOfWork,
    conversation: Conversation,
    *,
    now: datetime,
    zone: ZoneInfo,
    desk: DeskSchedule,
) -> bool:
    """Call others where a navigator took over and left the person without an answer."""
    wrote_at, heard_at = conversation.person_at or conversation.heard_at, conversation.heard_at
    unanswered = heard_at > wrote_at
    if not unanswered or desk.open_time_between(heard_at, now, zone) < LAPSES_AFTER:
        return False
    speaker = next_speaker(conversation.speaker, Handover.LAPSE)
    conversations.set_speaker(uow, conversation, speaker, now=now)
    subject = _subject(conversation)
    audit_log.record(uow, actor="system", act="nobody-wrote", subject=subject, now=now)
    LOG.warning("alarm: nobody wrote in talk %s; it waits again", conversation.id)
    return True


def _subject(conversation: Conversation) -> str:
    return f"talk {conversation.id}"


def _send(uow: UnitOfWork, conversation: Conversation, text: str, kind: str, now: datetime) -> None:
    outbox.enqueue(uow, number=conversation.number, body=text, kind=kind, now=now, not_before=now)
