"""Referrals: made with consent, moved by people, told to the person, taken back with one word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.directory import Service
from navigator.domain.business_calendar import BusinessCalendar
from navigator.domain.consent import Consent
from navigator.domain.conversation_state import SafeContact
from navigator.domain.errors import NotAllowed
from navigator.domain.referral import (
    MOVES,
    Move,
    MoveCommand,
    Reason,
    ReferralState,
    Status,
    apply_move,
)
from navigator.domain.request_snapshot import RequestSnapshot
from navigator.domain.roles import Permission
from navigator.storage import audit_log, outbox, people, referrals
from navigator.storage.unit_of_work import UnitOfWork
from navigator.wording.content import text_message
from navigator.wording.date_format import short_day

QUIET_FROM, QUIET_UNTIL = 21, 9
"""Initiated texts wait from 21:00 to 9:00 local time (our choice; reference: sms.md part 2)."""


@dataclass(frozen=True, slots=True)
class ReferralRequest:
    """What a person asked for: to be contacted by a service, through its door."""

    name: str
    number: str
    language: str
    safe_contact: SafeContact
    need: str
    service: Service
    door: Service | None
    snapshot: RequestSnapshot
    consent_words: str
    answer: str
    channel: str

    @property
    def recipient(self) -> Service:
        """Give the service that gets the person's name and number."""
        return self.door or self.service


def create_referral(
    uow: UnitOfWork, request: ReferralRequest, *, now: datetime, calendar: BusinessCalendar
) -> referrals.Referral:
    """Keep the consent, make the referral and send it to the navigators' desk."""
    person_id = people.add(
        uow,
        name=request.name,
        number=request.number,
        language=request.language,
        safe_contact=request.safe_contact,
        now=now,
    )
    new_referral = referrals.NewReferral(
        person_id=person_id,
        consent_id=people.add_consent(uow, person_id, _consent(request, now)),
        need=request.need,
        service_id=request.service.id,
        service_name=request.service.record.name.en,
        door_id=request.door.id if request.door else None,
        door_name=request.door.record.name.en if request.door else None,
        snapshot=request.snapshot,
    )
    command = MoveCommand(Move.SEND, at=now)
    state = apply_move(Status.DRAFT, command, calendar)
    return referrals.add(uow, new_referral, command, state)


def _consent(request: ReferralRequest, now: datetime) -> Consent:
    return Consent(
        service_id=request.service.id,
        recipient=request.recipient.organization.name.en,
        words=request.consent_words,
        language=request.language,
        answer=request.answer,
        channel=request.channel,
        given_at=now,
    )


def move_referral(
    uow: UnitOfWork,
    referral: referrals.Referral,
    command: MoveCommand,
    calendar: BusinessCalendar,
) -> ReferralState:
    """Make a move and tell the person of it; raise NotAllowed, WrongMove, Missing or Stale.

    Whoever of the staff makes the first move of a referral, or takes it, has it from then on.
    """
    staff, assignee_id = command.staff, referral.assignee_id
    if staff is not None:
        if not staff.may(Permission.MOVE_REFERRALS):
            raise NotAllowed("this role does not move referrals")
        if command.move is Move.TAKE or assignee_id is None:
            assignee_id = staff.id
    state = apply_move(referral.status, command, calendar)
    referrals.save_move(uow, referral, command, state, assignee_id=assignee_id)
    if MOVES[command.move].told:
        _tell(uow, referral, command, state, calendar.zone)
    return state


def withdraw_consents(
    uow: UnitOfWork, number: str, *, now: datetime, calendar: BusinessCalendar
) -> int:
    """Take back every consent and open referral of a number; give how many were open."""
    ids = people.list_ids_by_number(uow, number)
    open_referrals = referrals.list_open(uow, ids)
    for referral in open_referrals:
        command = MoveCommand(
            Move.WITHDRAW,
            at=now,
            expected_version=referral.version,
            reason=Reason.PERSON_SAID_NO,
        )
        move_referral(uow, referral, command, calendar)
    for person_id in ids:
        people.withdraw_consents(uow, person_id, now=now)
    return len(open_referrals)


def erase_person(
    uow: UnitOfWork, number: str, *, now: datetime, calendar: BusinessCalendar
) -> None:
    """Forget everybody who gave a number: open referrals are withdrawn first."""
    withdraw_consents(uow, number, now=now, calendar=calendar)
    for person_id in people.list_ids_by_number(uow, number):
        referrals.erase_snapshots(uow, person_id)
        people.erase(uow, person_id, now=now)
    outbox.erase(uow, number)
    audit_log.record(uow, actor="person", act="erase", subject="own data", now=now)


def notify(
    uow: UnitOfWork,
    *,
    number: str,
    body: str,
    kind: str,
    now: datetime,
    zone: ZoneInfo,
    referral_id: int | None = None,
) -> None:
    """Write a letter to a number; it leaves after the quiet hours."""
    outbox.enqueue(
        uow,
        number=number,
        body=body,
        kind=kind,
        now=now,
        not_before=after_quiet_hours(now, zone),
        referral_id=referral_id,
    )


def after_quiet_hours(now: datetime, zone: ZoneInfo) -> datetime:
    """Give the moment itself, or the next morning's 9:00 local time in quiet hours."""
    local = now.astimezone(zone)
    if QUIET_UNTIL <= local.hour < QUIET_FROM:
        return now
    morning = local.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    return morning if local.hour < QUIET_UNTIL else morning + timedelta(days=1)


def _tell(
    uow: UnitOfWork,
    referral: referrals.Referral,
    command: MoveCommand,
    state: ReferralState,
    zone: ZoneInfo,
) -> None:
    """Tell the person of a move, unless only calls are safe or the consent has ended."""
    person = people.find(uow, referral.person_id)
    if person.safe_contact == SafeContact.CALL or not person.number:
        return
    if not people.is_consent_valid(uow, referral.consent_id, now=command.at):
        return
    key = f"notice_{command.move}"
    due = short_day(state.due_at, person.language, zone) if state.due_at else ""
    notify(
        uow,
        number=person.number,
        body=text_message(key, person.language, code=referral.code, day=due),
        kind=key,
        now=command.at,
        zone=zone,
        referral_id=referral.id,
    )
