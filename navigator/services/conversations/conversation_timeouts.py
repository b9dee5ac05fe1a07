"""Mind the talks: remind once who fell silent, close, and call others where nobody came."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.vocabulary.loader import NeedFlag
from navigator.domain import conversation_state
from navigator.domain.conversation_state import ConversationState
from navigator.domain.handover import Handover, Speaker, next_speaker
from navigator.domain.office_hours import OfficeHours
from navigator.services.dialogue.messages import current_options, show_list
from navigator.services.dialogue.turn_types import DialogueContext
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
"""Open hours without a word from the navigator who has the talk: others are called."""

PLACES = 2


def handle_silence(
    uow: UnitOfWork,
    guide: DialogueContext,
    talk_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Remind a silent talk, or close it with the best list."""
    talk = conversations.find(uow, talk_id, hold=True)
    if talk is None:
        return
    state, idle_at, step = conversation_state.load_state(talk.state), None, talk.idle_step
    moment = after_quiet_hours(now, zone)
    if talk.opted_out or talk.speaker is not Speaker.BOT:
        pass
    elif moment > now:
        idle_at = moment
    elif step == 0:
        _write(uow, talk, text_message("nudge", talk.language), "nudge", now)
        idle_at, step = now + CLOSE_AFTER, 1
    else:
        state, text = _closed(guide, state, talk.language)
        _write(uow, talk, text, "closed", now)
        step = 2
    conversations.save(
        uow,
        talk.id,
        state=conversation_state.dump_state(state),
        language=talk.language,
        idle_at=idle_at,
        idle_step=step,
    )


def _closed(
    guide: DialogueContext, state: ConversationState, language: str
) -> tuple[ConversationState, str]:
    """Close a talk: the best list so far, where the places may be named in a text unasked."""
    if not state.needs:
        return state, text_message("closed", language)
    shown = show_list(guide, state.but(page=0), language).state
    every, _ = current_options(guide, state)
    # The places of other needs are shown when they are asked for.
    if not guide.vocabulary.needs_with(NeedFlag.NAMED).issuperset(state.needs):
        return shown, text_message("closed", language)
    for count in range(PLACES, 0, -1):
        lines = "\n".join(option_line(way, language) for way in every[:count])
        text = to_gsm7(text_message("closed_list", language, lines=lines))
        if fits_segments(text, segments=2):
            return shown, text
    return shown, text_message("closed", language)


def handle_waiting(
    uow: UnitOfWork,
    talk_id: int,
    *,
    now: datetime,
    zone: ZoneInfo,
    desk: OfficeHours,
) -> bool:
    """Call others where nobody came in time, and tell the person once; True where it was due."""
    talk = conversations.find(uow, talk_id, hold=True)
    if talk is None or talk.speaker is Speaker.BOT:
        return False
    if talk.speaker is Speaker.PERSON:
        return _lapse(uow, talk, now=now, zone=zone, desk=desk)
    since = talk.asked_at or talk.heard_at
    if talk.called_at is not None or desk.open_time_between(since, now, zone) < LATE_AFTER:
        return False
    conversations.mark_escalated(uow, talk.id, now=now)
    audit_log.record(uow, actor="system", act="nobody-came", subject=f"talk {talk.id}", now=now)
    LOG.warning("alarm: talk %s waits for a person and nobody came", talk.id)
    if not talk.opted_out:
        _write(uow, talk, text_message("person_late", talk.language), "waiting", now)
    return True


def _lapse(
    uow: UnitOfWork, talk: Conversation, *, now: datetime, zone: ZoneInfo, desk: OfficeHours
) -> bool:
    wrote_at = talk.person_at or talk.heard_at
    if talk.heard_at <= wrote_at or desk.open_time_between(talk.heard_at, now, zone) < LAPSES_AFTER:
        return False
    speaker = next_speaker(talk.speaker, Handover.LAPSE)
    conversations.set_speaker(uow, talk, speaker, now=now)
    audit_log.record(uow, actor="system", act="nobody-wrote", subject=f"talk {talk.id}", now=now)
    LOG.warning("alarm: nobody wrote in talk %s; it waits again", talk.id)
    return True


def _write(uow: UnitOfWork, talk: Conversation, text: str, kind: str, now: datetime) -> None:
    outbox.enqueue(uow, number=talk.number, body=text, kind=kind, now=now, not_before=now)
