"""The worker: empties the outbox, catches up and watches the clocks, until it is told to end."""

import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from navigator.container import Container
from navigator.demo_plugin import with_demo_carrier
from navigator.domain.handover import Speaker
from navigator.messaging.cost_guard import check_daily_cost
from navigator.messaging.inbound.reconciliation import reconcile, take_in_spooled
from navigator.messaging.outbox import sender
from navigator.messaging.outbox.carrier_erasure import redact_due_messages
from navigator.services.conversations.conversation_timeouts import handle_silence
from navigator.services.conversations.human_handover import handle_waiting
from navigator.services.messaging.delivery_reports import record_delivery_report
from navigator.services.retention import delete_expired_data
from navigator.storage import conversations, outbox, referrals
from navigator.storage.database import Unreachable, WriteConflict
from sms.carrier_errors import CarrierError
from sms.status_callback import StatusCallback

LOG = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
LOOK_BACK = timedelta(hours=2)
"""How far back the carrier is asked what came in; further with `navigator texts reconcile`."""

REPORT_WITHIN, REPORT_AFTER = timedelta(days=1), timedelta(minutes=10)
"""Messages of the last day without a final report are asked for, once the reports had time."""


@dataclass(frozen=True, slots=True)
class PeriodicTask:
    """One thing to do, once in so many rounds."""

    do: Callable[[Container], object]
    every: int


def run_worker(container: Container, *, once: bool = False) -> None:
    """Go round until SIGTERM or SIGINT; with `once`, do everything a single time."""
    ending = Event()
    if not once:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ending.set())
    rounds, container = 0, with_demo_carrier(container)
    while not ending.is_set():
        run_tasks(container, [task for task in TASKS if once or rounds % task.every == 0])
        if once:
            return
        rounds += 1
        ending.wait(EVERY_SECONDS)


def run_tasks(container: Container, tasks: list[PeriodicTask]) -> None:
    """Do some tasks; one that fails does not hold up the others, and is done again later."""
    for task in tasks:
        try:
            task.do(container)
        except (Unreachable, WriteConflict):
            LOG.warning("the database does not answer, or was busy; trying again")
        except CarrierError as error:
            LOG.warning("the carrier does not answer (%s); trying again", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the other tasks go on; the kind is logged only
            LOG.error("alarm: a task of the worker failed (%s)", type(error).__name__)


def handle_conversation_timeouts(container: Container) -> None:
    """Remind and close silent conversations; call others for those that nobody took."""
    now, zone = container.now(), container.zone
    with container.database.unit_of_work() as uow:
        silent = conversations.list_idle(uow, now=now)
        waiting = conversations.list_by_speaker(uow, Speaker.WAITING, Speaker.PERSON)
    edition = container.edition_store.edition(now)
    for conversation_id in silent:
        with container.database.unit_of_work() as uow:
            handle_silence(uow, edition.guide, conversation_id, now=now, zone=zone)
    for conversation in waiting:
        with container.database.unit_of_work() as uow:
            handle_waiting(uow, conversation.id, now=now, zone=zone, desk=container.desk_schedule)


def flag_overdue(container: Container) -> None:
    """Flag the referrals whose clock ran out."""
    with container.database.unit_of_work() as uow:
        flagged = referrals.flag_overdue(uow, now=container.now())
    if flagged:
        LOG.info("%s referrals are overdue now", flagged)


def delete_expired(container: Container) -> None:
    """Delete what has had its time."""
    with container.database.unit_of_work() as uow:
        gone = delete_expired_data(uow, now=container.now())
    if gone:
        LOG.info("%s letters and talks had their time and were deleted", gone)


def poll_delivery_reports(container: Container) -> None:
    """Ask the carrier for the ends of messages that it never reported."""
    now = container.now()
    with container.database.unit_of_work() as uow:
        sids = outbox.list_unreported(uow, since=now - REPORT_WITHIN, before=now - REPORT_AFTER)
    for sid in sids:
        status = container.carrier.status_of(sid)
        if status is not None:
            with container.database.unit_of_work() as uow:
                record_delivery_report(uow, StatusCallback(sid, status, None), now=now)


def take_in_missed_messages(container: Container) -> None:
    """Ask the carrier what came in lately and was never taken in."""
    _, missed = reconcile(container, container.now() - LOOK_BACK)
    if missed:
        LOG.warning("%s texts had been missed and were taken in", missed)


TASKS = (
    PeriodicTask(take_in_spooled, 1),
    PeriodicTask(sender.send_due, 1),
    PeriodicTask(sender.look_up_uncertain, 5),
    PeriodicTask(redact_due_messages, 5),
    PeriodicTask(handle_conversation_timeouts, 30),
    PeriodicTask(flag_overdue, 30),
    PeriodicTask(check_daily_cost, 30),
    PeriodicTask(take_in_missed_messages, 300),
    PeriodicTask(poll_delivery_reports, 300),
    PeriodicTask(delete_expired, 600),
)
