"""Mind the talks: remind once who fell silent, close, and call others where nobody came."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from navigator.actions.listing import line
from navigator.actions.referring import after_quiet_hours
from navigator.actions.talking.showing import show_list, ways_now
from navigator.actions.talking.values import Guide
from navigator.domain import conversation
from navigator.domain.conversation import State
from navigator.domain.desk import Desk
from navigator.domain.speaking import Handover, Speaker, after
from navigator.storage import conversations, history, outbox
from navigator.storage.conversations import Talk
from navigator.storage.database import Transaction
from navigator.vault import Vault
from navigator.wording.reading import say
from sms.segments import fits, plain

LOG = logging.getLogger(__name__)

CLOSE_AFTER = timedelta(hours=48)
"""Reminded after 24 hours of silence, closed after 72."""

LATE_AFTER = timedelta(hours=1)
"""Open hours after which somebody who waits is told so, and others are called."""

LAPSES_AFTER = timedelta(hours=3)
"""Open hours without a word from the navigator who has the talk: others are called."""

NEEDS_NAMED = frozenset(
    {
        "food", "money", "utilities", "taxes-benefits", "identification", "basics",
        "find-housing", "seniors-activities", "meals-delivered", "rides", "tech-help",
        "dental", "education-training", "employment", "navigation",
    }
)  # fmt: skip
"""Needs whose places may stand in a text that comes unasked; others are shown when asked for."""

PLACES = 2


def mind_silence(
    tx: Transaction, vault: Vault, guide: Guide, talk_id: int, *, now: datetime, zone: ZoneInfo
) -> None:
    """Remind a silent talk, or close it with the best list."""
    talk = conversations.find(tx, vault, talk_id, hold=True)
    if talk is None:
        return
    state, idle_at, step = conversation.load(talk.state), None, talk.idle_step
    moment = after_quiet_hours(now, zone)
    if talk.opted_out or talk.speaker is not Speaker.BOT:
        pass
    elif moment > now:
        idle_at = moment
    elif step == 0:
        _write(tx, vault, talk, say("nudge", talk.language), "nudge", now)
        idle_at, step = now + CLOSE_AFTER, 1
    else:
        state, text = _closed(guide, state, talk.language)
        _write(tx, vault, talk, text, "closed", now)
        step = 2
    conversations.keep(
        tx,
        vault,
        talk.id,
        state=conversation.dump(state),
        language=talk.language,
        idle_at=idle_at,
        idle_step=step,
    )


def _closed(guide: Guide, state: State, language: str) -> tuple[State, str]:
    """Close a talk: the best list so far, where the places may be named in a text unasked."""
    if not state.needs:
        return state, say("closed", language)
    shown = show_list(guide, state.but(page=0), language).state
    every, _ = ways_now(guide, state)
    if not set(state.needs) <= NEEDS_NAMED:
        return shown, say("closed", language)
    for count in range(PLACES, 0, -1):
        lines = "\n".join(line(way, language) for way in every[:count])
        text = plain(say("closed_list", language, lines=lines))
        if fits(text, segments=2):
            return shown, text
    return shown, say("closed", language)


def mind_waiting(
    tx: Transaction, vault: Vault, talk_id: int, *, now: datetime, zone: ZoneInfo, desk: Desk
) -> bool:
    """Call others where nobody came in time, and tell the person once; True where it was due."""
    talk = conversations.find(tx, vault, talk_id, hold=True)
    if talk is None or talk.speaker is Speaker.BOT:
        return False
    if talk.speaker is Speaker.PERSON:
        return _lapse(tx, talk, now=now, zone=zone, desk=desk)
    since = talk.asked_at or talk.heard_at
    if talk.called_at is not None or desk.worked(since, now, zone) < LATE_AFTER:
        return False
    conversations.called(tx, talk.id, now=now)
    history.note(tx, actor="system", act="nobody-came", subject=f"talk {talk.id}", now=now)
    LOG.warning("alarm: talk %s waits for a person and nobody came", talk.id)
    if not talk.opted_out:
        _write(tx, vault, talk, say("person_late", talk.language), "waiting", now)
    return True


def _lapse(tx: Transaction, talk: Talk, *, now: datetime, zone: ZoneInfo, desk: Desk) -> bool:
    wrote_at = talk.person_at or talk.heard_at
    if talk.heard_at <= wrote_at or desk.worked(talk.heard_at, now, zone) < LAPSES_AFTER:
        return False
    speaker = after(talk.speaker, Handover.LAPSE)
    conversations.turn_to(tx, talk, speaker, now=now)
    history.note(tx, actor="system", act="nobody-wrote", subject=f"talk {talk.id}", now=now)
    LOG.warning("alarm: nobody wrote in talk %s; it waits again", talk.id)
    return True


def _write(tx: Transaction, vault: Vault, talk: Talk, text: str, kind: str, now: datetime) -> None:
    outbox.put(tx, vault, number=talk.number, body=text, kind=kind, now=now, not_before=now)
