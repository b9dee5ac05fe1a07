"""Referrals: made with consent, moved by people, told to the person, taken back with one word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.directory import Service
from navigator.domain.consent import Consent
from navigator.domain.conversation_state import SafeContact
from navigator.domain.errors import Missing, NotAllowed
from navigator.domain.referral import MOVES, Actor, Move, Reason, ReferralState, Status, apply_move
from navigator.domain.referral_snapshot import ReferralSnapshot
from navigator.domain.roles import Permission, Staff
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
    story: ReferralSnapshot
    consent_words: str
    answer: str
    channel: str

    @property
    def recipient(self) -> Service:
        """Give the service that gets the person's name and number."""
        return self.door or self.service


def create_referral(
    uow: UnitOfWork, asking: ReferralRequest, *, now: datetime
) -> referrals.Referral:
    """Keep the consent, make the referral and send it to the navigators' desk."""
    person_id = people.add(
        uow,
        name=asking.name,
        number=asking.number,
        language=asking.language,
        safe_contact=asking.safe_contact,
        now=now,
    )
    consent = _consent(asking, now)
    consent_id = people.add_consent(uow, person_id, consent)
    request = referrals.NewReferral(
        person_id=person_id,
        consent_id=consent_id,
        need=asking.need,
        service_id=asking.service.id,
        service_name=asking.service.record.name.en,
        door_id=asking.door.id if asking.door else None,
        door_name=asking.door.record.name.en if asking.door else None,
        story=asking.story,
    )
    standing = apply_move(Status.DRAFT, Move.SEND, actor=Actor.PERSON, now=now)
    referral = referrals.add(uow, request, standing, now=now)
    referrals.add_event(
        uow,
        referral.id,
        at=now,
        actor=Actor.PERSON,
        move=Move.SEND,
        from_status=Status.DRAFT,
        to_status=standing.status,
    )
    return referral


def _consent(asking: ReferralRequest, now: datetime) -> Consent:
    return Consent(
        service_id=asking.service.id,
        recipient=asking.recipient.organization.name.en,
        words=asking.consent_words,
        language=asking.language,
        answer=asking.answer,
        channel=asking.channel,
        given_at=now,
    )


def move_referral(
    uow: UnitOfWork,
    who: Staff,
    referral: referrals.Referral,
    step: Move,
    *,
    now: datetime,
    zone: ZoneInfo,
    reason: str = "",
    note: str = "",
) -> ReferralState:
    """Make a move as staff; raise WrongMove, Missing, Stale or NotAllowed."""
    if not who.may(Permission.MOVE_REFERRALS):
        raise NotAllowed("this role does not move referrals")
    if step in {Move.ATTEMPT, Move.REACH} and not note.strip():
        raise Missing("a note on the contact")
    standing = apply_move(referral.status, step, actor=Actor.STAFF, now=now, reason=reason)
    assignee = who.id if step is Move.TAKE or referral.assignee_id is None else referral.assignee_id
    referrals.update_state(uow, referral, standing, assignee_id=assignee, now=now)
    _record(
        uow,
        referral,
        step,
        standing,
        actor=Actor.STAFF,
        now=now,
        reason=reason or None,
        note=note.strip(),
        staff_id=who.id,
    )
    if MOVES[step].told:
        _tell(uow, referral, f"notice_{step}", standing, now=now, zone=zone)
    return standing


def withdraw_consents(uow: UnitOfWork, number: str, *, now: datetime) -> int:
    """Take back every consent and open referral of a number; give how many were open."""
    ids = people.ids_by_number(uow, number)
    opened = referrals.list_open(uow, ids)
    for referral in opened:
        standing = apply_move(referral.status, Move.WITHDRAW, actor=Actor.PERSON, now=now)
        referrals.update_state(uow, referral, standing, assignee_id=referral.assignee_id, now=now)
        _record(
            uow,
            referral,
            Move.WITHDRAW,
            standing,
            actor=Actor.PERSON,
            now=now,
            reason=Reason.PERSON_SAID_NO,
        )
    for person_id in ids:
        people.withdraw_consents(uow, person_id, now=now)
    return len(opened)


def erase_person(uow: UnitOfWork, number: str, *, now: datetime) -> None:
    """Forget everybody who gave a number: open referrals are withdrawn first."""
    withdraw_consents(uow, number, now=now)
    for person_id in people.ids_by_number(uow, number):
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


def _record(
    uow: UnitOfWork,
    referral: referrals.Referral,
    step: Move,
    standing: ReferralState,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    note: str = "",
    staff_id: int | None = None,
) -> None:
    referrals.add_event(
        uow,
        referral.id,
        at=now,
        actor=actor,
        staff_id=staff_id,
        move=step,
        from_status=referral.status,
        to_status=standing.status,
        reason=reason,
        note=note,
    )


def _tell(
    uow: UnitOfWork,
    referral: referrals.Referral,
    key: str,
    standing: ReferralState,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    person = people.find(uow, referral.person_id)
    if person.safe_contact == SafeContact.CALL or not person.number:
        return
    if not people.is_consent_valid(uow, referral.consent_id, now=now):
        return
    due = short_day(standing.due_at, person.language, zone) if standing.due_at else ""
    notify(
        uow,
        number=person.number,
        body=text_message(key, person.language, code=referral.code, day=due),
        kind=key,
        now=now,
        zone=zone,
        referral_id=referral.id,
    )
