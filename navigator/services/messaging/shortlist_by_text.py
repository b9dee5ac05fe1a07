"""Text a shortlist to a number that a worker typed: one letter, and nothing else is kept of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.directory import Directory, Service
from navigator.domain.access_points import access_point_service
from navigator.domain.contact_details import shortest_contact
from navigator.domain.eligibility import Answers
from navigator.domain.roles import Staff
from navigator.services.referrals import referral_service
from navigator.storage import audit_log, outbox
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from sms.segments import fits_segments, to_gsm7

KIND = "shortlist"
SEGMENTS = 2
A_NUMBER_A_DAY, A_WORKER_AN_HOUR = 3, 20
"""Lists that may go to one number in a day, and that one worker may send in an hour."""


class TooManyServices(Exception):
    """The services do not fit into a text; `most` is how many of them would."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"only {most} services fit into a text")


class TooManyLists(Exception):
    """Too many lists went to this number, or from this worker, in a short time."""


def shortlist_text(
    directory: Directory, services: Sequence[Service], language: str, answers: Answers
) -> str:
    """Word the letter: a line for each service, with how this person reaches it."""
    lines = [_line(directory, service, language, answers) for service in services]
    return to_gsm7(text_message("worker_list", language, lines="\n".join(lines)))


def send_shortlist(
    uow: UnitOfWork,
    who: Staff,
    directory: Directory,
    services: Sequence[Service],
    *,
    number: str,
    language: str,
    answers: Answers,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Put the letter into the outbox; raise TooMany or TooOften.

    The history keeps that this worker sent a list, not to whom and not what was in it.
    """
    body = shortlist_text(directory, services, language, answers)
    if not fits_segments(body, segments=SEGMENTS):
        raise TooManyServices(_most(directory, services, language, answers))
    day_ago, hour_ago = now - timedelta(days=1), now - timedelta(hours=1)
    there = [one for one in outbox.list_to_number(uow, number) if one.kind == KIND]
    sent = audit_log.count_since(uow, hour_ago, actor=who.name, act=f"text-{KIND}")
    recent = sum(letter.created_at > day_ago for letter in there)
    if recent >= A_NUMBER_A_DAY or sent >= A_WORKER_AN_HOUR:
        raise TooManyLists
    referral_service.notify(uow, number=number, body=body, kind=KIND, now=now, zone=zone)
    audit_log.record(uow, actor=who.name, act=f"text-{KIND}", subject="shortlist", now=now)


def _line(directory: Directory, service: Service, language: str, answers: Answers) -> str:
    door = access_point_service(directory, service, answers)
    name = service.record.brief(language)
    if door is service:
        return f"- {name}: {shortest_contact(service)}"
    return f"- {name} ({door.record.brief(language)}): {shortest_contact(door)}"


def _most(
    directory: Directory, services: Sequence[Service], language: str, answers: Answers
) -> int:
    fitting = (
        count
        for count in range(len(services), 0, -1)
        if fits_segments(
            shortlist_text(directory, services[:count], language, answers), segments=SEGMENTS
        )
    )
    return next(fitting, 0)
