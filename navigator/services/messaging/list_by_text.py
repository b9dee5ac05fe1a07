"""Text a list of services to a number, from the web or from a worker's desk: one letter only.

Nothing else is kept of it: the web does not know whose number it is, and the audit log holds that
a worker sent a list, not to whom and not what was in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from directory_data.directory import Directory, Service
from navigator.domain.access_point_selection import access_point_service
from navigator.domain.eligibility import Answers
from navigator.domain.roles import Staff
from navigator.domain.service_contacts import shortest_contact
from navigator.services.interview.contactable_services import ContactableService, option_line
from navigator.services.referrals import referral_service
from navigator.storage import audit_log, outbox
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ListPolicy:
    """How a kind of list is worded, and how much of it a number gets."""

    kind: str
    """Of its letters in the outbox."""
    text: str
    """The key of its words."""
    segments: int
    most_to_number: int
    """Lists that one number gets in a day."""


WEB_LIST = ListPolicy("web_list", "list_by_text", segments=3, most_to_number=2)
"""Asked for, so it may be longer than other notices: five places need about 400 characters. Two a
day, for anybody can type anybody's number there."""

SHORTLIST = ListPolicy("shortlist", "shortlist_by_text", segments=2, most_to_number=3)
"""Made by a worker, who can choose fewer services, with the person beside them."""

PLACES = 5
"""Of a list from the web: as many as are read by somebody in trouble."""

MOST_IN_AN_HOUR = 60
"""Lists that one instance sends from the web in an hour: a bill that a machine could run up."""

MOST_BY_WORKER = 20
"""Shortlists that one worker sends in an hour; three minutes for each person is quick."""


class ListOutcome(StrEnum):
    """What came of a list from the web."""

    SENT = "sent"
    ENOUGH_TODAY = "enough-today"
    TOO_BUSY = "too-busy"


class TooManyServices(Exception):
    """The services of a shortlist do not fit into a text; `most` is how many of them would."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"only {most} services fit into a text")


class TooManyLists(Exception):
    """Too many shortlists went to this number, or from this worker, in a short time."""


def list_message(ways: Sequence[ContactableService], language: str) -> str:
    """Write the list from the web: as many places as fit, the best first."""
    lines = [option_line(way, language) for way in ways[:PLACES]]
    return _message(WEB_LIST, lines[: _most_lines(WEB_LIST, lines, language)], language)


def send_list(
    uow: UnitOfWork,
    *,
    number: str,
    ways: Sequence[ContactableService],
    language: str,
    now: datetime,
    zone: ZoneInfo,
) -> ListOutcome:
    """Put the list from the web into the outbox, unless there were too many."""
    if outbox.count_of_kind(uow, WEB_LIST.kind, since=now - AN_HOUR) >= MOST_IN_AN_HOUR:
        return ListOutcome.TOO_BUSY
    if _has_enough(uow, WEB_LIST, number, now):
        return ListOutcome.ENOUGH_TODAY
    body = list_message(ways, language)
    referral_service.notify(uow, number=number, body=body, kind=WEB_LIST.kind, now=now, zone=zone)
    return ListOutcome.SENT


def shortlist_lines(
    directory: Directory, services: Sequence[Service], answers: Answers, language: str
) -> tuple[str, ...]:
    """Word a line for each service, with how this person reaches it."""
    return tuple(_shortlist_line(directory, service, answers, language) for service in services)


def send_shortlist(
    uow: UnitOfWork,
    who: Staff,
    lines: Sequence[str],
    *,
    number: str,
    language: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Put the shortlist of a worker into the outbox; raise TooManyServices or TooManyLists."""
    most = _most_lines(SHORTLIST, lines, language)
    if most < len(lines):
        raise TooManyServices(most)
    act = f"text-{SHORTLIST.kind}"
    sent = audit_log.count_since(uow, now - AN_HOUR, actor=who.name, act=act)
    if sent >= MOST_BY_WORKER or _has_enough(uow, SHORTLIST, number, now):
        raise TooManyLists
    body = _message(SHORTLIST, lines, language)
    referral_service.notify(uow, number=number, body=body, kind=SHORTLIST.kind, now=now, zone=zone)
    audit_log.record(uow, actor=who.name, act=act, subject="shortlist", now=now)


def _shortlist_line(directory: Directory, service: Service, answers: Answers, language: str) -> str:
    door = access_point_service(directory, service, answers)
    name = service.record.brief(language)
    if door is service:
        return f"- {name}: {shortest_contact(service)}"
    return f"- {name} ({door.record.brief(language)}): {shortest_contact(door)}"


def _message(policy: ListPolicy, lines: Sequence[str], language: str) -> str:
    text = text_message(policy.text, language, lines="\n".join(lines))
    # Without lines no blank one stays behind between the first sentence and the last.
    return to_gsm7(text if lines else text.replace("\n\n", "\n"))


def _most_lines(policy: ListPolicy, lines: Sequence[str], language: str) -> int:
    """Give how many of the lines fit into one text, the first first."""
    counts = range(len(lines), 0, -1)
    return next(
        (
            count
            for count in counts
            if fits_segments(_message(policy, lines[:count], language), segments=policy.segments)
        ),
        0,
    )


def _has_enough(uow: UnitOfWork, policy: ListPolicy, number: str, now: datetime) -> bool:
    sent = outbox.count_of_kind(uow, policy.kind, since=now - A_DAY, number=number)
    return sent >= policy.most_to_number
