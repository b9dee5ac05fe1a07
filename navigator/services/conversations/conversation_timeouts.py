"""Remind once who fell silent, close, and call others where nobody came to who waits."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.vocabulary.loader import NeedFlag
from navigator.domain.conversation_state import ConversationState
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.domain.office_hours import OfficeHours
from navigator.domain.stored_conversation_state import dump_state, load_state
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.dialogue.messages import show_list
from navigator.services.interview.contact_options import option_line
from navigator.services.referrals.referral_service import after_quiet_hours
from navigator.storage import audit_log, conversations, outbox
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

LOG = logging.getLogger(__name__)

CLOSE_AFTER = timedelta(hours=48)
"""Reminded after 24 hours of silence, closed after 72."""

LATE_AFTER = timedelta(hours=1)
"""Open hours after which somebody who waits is told so, and others are called."""

LAPSES_AFTER = timedelta(hours=3)
"""Open hours without a word from the navigator who has the conversation: others are called."""

PLACES = 2


def handle_silence(
    uow: UnitOfWork,
    context: DialogueContext,
    conversation_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Remind a silent conversation, or close it with the best list."""
    conversation = conversations.find(uow, conversation_id, hold=True)
    if conversation is None:
        return
    state, idle_at, step = load_state(conversation.state), None, conversation.idle_step
    moment = after_quiet_hours(now, zone)
    if conversation.opted_out or conversation.speaker is not Speaker.BOT:
        pass
    elif moment > now:
        idle_at = moment
    elif step == 0:
        _write(uow, conversation, text_message("nudge", conversation.language), "nudge", now)
        idle_at, step = now + CLOSE_AFTER, 1
    else:
        state, text = _closed(context, state, conversation.language)
        _write(uow, conversation, text, "closed", now)
        step = 2
    conversations.save(
        uow,
        conversation.id,
        state=dump_state(state),
        language=conversation.language,
        idle_at=idle_at,
        idle_step=step,
    )


def _closed(
    context: DialogueContext, state: ConversationState, language: str
) -> tuple[ConversationState, str]:
    """Close with the best list so far, where its places may be named in a text unasked."""
    person = state.person
    if not person.needs:
        return state, text_message("closed", language)
    shown = show_list(context, state, language).state
    # The places of other needs are shown when they are asked for.
    if not context.vocabulary.needs_with(NeedFlag.NAMED).issuperset(person.needs):
        return shown, text_message("closed", language)
    options = context.options(person)
    for count in range(PLACES, 0, -1):
        lines = "\n".join(option_line(option, language) for option in options[:count])
        text = to_gsm7(text_message("closed_list", language, lines=lines))
        if fits_segments(text, segments=2):
            return shown, text
    return shown, text_message("closed", language)


def handle_waiting(
    uow: UnitOfWork,
    conversation_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
    desk: OfficeHours,
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
        uow, actor="system", act="nobody-came", subject=f"talk {conversation.id}", now=now
    )
    LOG.warning("alarm: talk %s waits for a person and nobody came", conversation.id)
    if not conversation.opted_out:
        _write(
            uow, conversation, text_message("person_late", conversation.language), "waiting", now
        )
    return True


def _lapse(
    uow: UnitOfWork, conversation: Conversation, *, now: datetime, zone: ZoneInfo, desk: OfficeHours
) -> bool:
    wrote_at = conversation.person_at or conversation.heard_at
    if (
        conversation.heard_at <= wrote_at
        or desk.open_time_between(conversation.heard_at, now, zone) < LAPSES_AFTER
    ):
        return False
    speaker = next_speaker(conversation.speaker, Handover.LAPSE)
    conversations.set_speaker(uow, conversation, speaker, now=now)
    audit_log.record(
        uow, actor="system", act="nobody-wrote", subject=f"talk {conversation.id}", now=now
    )
    LOG.warning("alarm: nobody wrote in talk %s; it waits again", conversation.id)
    return True


def _write(
    uow: UnitOfWork, conversation: Conversation, text: str, kind: str, now: datetime
) -> None:
    outbox.enqueue(uow, number=conversation.number, body=text, kind=kind, now=now, not_before=now)
