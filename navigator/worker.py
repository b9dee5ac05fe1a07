"""The worker: empties the outbox, catches up and watches the clocks, until it is told to end."""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from navigator import postman
from navigator.actions.forgetting import forget_old
from navigator.actions.minding import mind_silence, mind_waiting
from navigator.actions.reporting_back import report
from navigator.domain.desk import Desk
from navigator.domain.speaking import Speaker
from navigator.parts import Parts
from navigator.storage import conversations, outbox, referrals
from navigator.storage.database import Clash, Unreachable
from navigator.texting.catching_up import reconcile, take_in_spooled
from navigator.texting.costing import watch_cost
from navigator.texting.demo_phone import with_phone
from navigator.texting.redacting import redact_due
from sms.errors import CarrierTrouble
from sms.reports import Report

LOG = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
LOOK_BACK = timedelta(hours=2)
"""How far back the carrier is asked what came in; further with `navigator texts reconcile`."""

REPORT_WITHIN, REPORT_AFTER = timedelta(days=1), timedelta(minutes=10)
"""Letters of the last day without a final report are asked for, once the reports had time."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, once in so many rounds."""

    do: Callable[[Parts], object]
    every: int


def work(parts: Parts, *, once: bool = False) -> None:
    """Go round until SIGTERM or SIGINT; with `once`, do everything a single time."""
    ending = Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ending.set())
    rounds, here = 0, with_phone(parts)
    while not ending.is_set():
        one_round(here, [task for task in TASKS if once or rounds % task.every == 0])
        if once:
            return
        rounds += 1
        ending.wait(EVERY_SECONDS)


def one_round(parts: Parts, tasks: list[Task]) -> None:
    """Do some tasks; one that fails does not hold up the others, and is done again later."""
    for task in tasks:
        try:
            task.do(parts)
        except (Unreachable, Clash):
            LOG.warning("the database does not answer, or was busy; trying again")
        except CarrierTrouble as trouble:
            LOG.warning("the carrier does not answer (%s); trying again", type(trouble).__name__)
        except Exception as error:  # noqa: BLE001 - the other tasks go on; the kind is logged only
            LOG.error("alarm: a task of the worker failed (%s)", type(error).__name__)


def mind_talks(parts: Parts) -> None:
    """Remind and close silent talks; call others for those that nobody took."""
    now, zone = parts.now(), parts.zone
    with parts.database.transaction() as tx:
        silent = conversations.idle(tx, now=now)
        asked = conversations.spoken_by(tx, parts.vault, Speaker.WAITING, Speaker.PERSON)
    guide = parts.shelf.edition(now).guide
    for talk_id in silent:
        with parts.database.transaction() as tx:
            mind_silence(tx, parts.vault, guide, talk_id, now=now, zone=zone)
    for talk in asked:
        with parts.database.transaction() as tx:
            mind_waiting(tx, parts.vault, talk.id, now=now, zone=zone, desk=Desk())


def flag_overdue(parts: Parts) -> None:
    """Flag the referrals whose clock ran out."""
    with parts.database.transaction() as tx:
        flagged = referrals.flag_overdue(tx, now=parts.now())
    if flagged:
        LOG.info("%s referrals are overdue now", flagged)


def forget(parts: Parts) -> None:
    """Delete what has had its time."""
    with parts.database.transaction() as tx:
        gone = forget_old(tx, parts.vault, now=parts.now())
    if gone:
        LOG.info("%s letters and talks had their time and were deleted", gone)


def ask_for_reports(parts: Parts) -> None:
    """Ask the carrier for the ends of letters that it never reported."""
    now = parts.now()
    with parts.database.transaction() as tx:
        sids = outbox.unreported(tx, since=now - REPORT_WITHIN, before=now - REPORT_AFTER)
    for sid in sids:
        status = parts.carrier.status_of(sid)
        if status is not None:
            with parts.database.transaction() as tx:
                report(tx, parts.vault, Report(sid, status, None), now=now)


def catch_up(parts: Parts) -> None:
    """Ask the carrier what came in lately and was never taken in."""
    _, missed = reconcile(parts, parts.now() - LOOK_BACK)
    if missed:
        LOG.warning("%s texts had been missed and were taken in", missed)


TASKS = (
    Task(take_in_spooled, 1),
    Task(postman.deliver_all, 1),
    Task(postman.look_up_doubted, 5),
    Task(redact_due, 5),
    Task(mind_talks, 30),
    Task(flag_overdue, 30),
    Task(watch_cost, 30),
    Task(catch_up, 300),
    Task(ask_for_reports, 300),
    Task(forget, 600),
)
