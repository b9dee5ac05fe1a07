"""Referrals and their history, which is only ever added to."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from navigator.domain.errors import NotFound, Stale
from navigator.domain.referral import OPEN, Move, ReferralState, Status
from navigator.domain.referral_snapshot import (
    EMPTY_SNAPSHOT,
    ReferralSnapshot,
    dump_snapshot,
    load_snapshot,
)
from navigator.encryption import Encryptor
from navigator.storage.tables import (
    PersonRow,
    ReferralEventRow,
    ReferralNoteRow,
    ReferralRow,
    StaffRow,
)
from navigator.storage.unit_of_work import UnitOfWork

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters and digits that look alike."""


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral to be made."""

    person_id: int
    consent_id: int
    need: str
    service_id: str
    service_name: str
    door_id: str | None
    door_name: str | None
    story: ReferralSnapshot


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands, opened."""

    id: int
    code: str
    person_id: int
    consent_id: int
    need: str
    service_id: str
    service_name: str
    door_id: str | None
    door_name: str | None
    handoff_mode: str
    status: Status
    next_owner: str
    next_action: str
    due_at: datetime | None
    overdue: bool
    assignee_id: int | None
    assignee: str | None
    story: ReferralSnapshot
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class ReferralEvent:
    """One move in the history of a referral."""

    at: datetime
    actor: str
    staff: str | None
    move: str
    from_status: str | None
    to_status: str
    reason: str | None
    note: str


def add(
    uow: UnitOfWork,
    request: NewReferral,
    standing: ReferralState,
    *,
    now: datetime,
) -> Referral:
    """Write down a new referral where it stands."""
    row = ReferralRow(
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(6)),
        person_id=request.person_id,
        consent_id=request.consent_id,
        need=request.need,
        service_id=request.service_id,
        service_name=request.service_name,
        door_id=request.door_id,
        door_name=request.door_name,
        handoff_mode="warm",
        status=standing.status,
        next_owner=standing.next_owner,
        next_action=standing.next_action,
        due_at=standing.due_at,
        overdue_at=None,
        assignee_id=None,
        story_sealed=uow.encryption.encrypt(dump_snapshot(request.story)),
        created_at=now,
        updated_at=now,
        version=1,
    )
    uow.session.add(row)
    uow.session.flush()
    return _referral(row, None, uow.encryption)


def find(uow: UnitOfWork, code: str) -> Referral:
    """Find a referral by its code; raise NotFound."""
    query = (
        select(ReferralRow, StaffRow.name)
        .join(StaffRow, ReferralRow.assignee_id == StaffRow.id, isouter=True)
        .where(ReferralRow.code == code)
    )
    found = uow.session.execute(query).first()
    if found is None:
        raise NotFound("there is no such referral")
    return _referral(found[0], found[1], uow.encryption)


def list_by_status(uow: UnitOfWork, statuses: Collection[Status]) -> list[Referral]:
    """List the referrals in some statuses, the soonest due first."""
    query = (
        select(ReferralRow, StaffRow.name)
        .join(StaffRow, ReferralRow.assignee_id == StaffRow.id, isouter=True)
        .where(ReferralRow.status.in_(statuses))
        .order_by(ReferralRow.due_at.is_(None), ReferralRow.due_at, ReferralRow.id)
    )
    return [_referral(row, name, uow.encryption) for row, name in uow.session.execute(query)]


def list_open(uow: UnitOfWork, person_ids: Collection[int]) -> list[Referral]:
    """List the open referrals of people."""
    query = select(ReferralRow).where(
        ReferralRow.person_id.in_(person_ids), ReferralRow.status.in_(OPEN)
    )
    return [
        _referral(row, None, uow.encryption)
        for row in uow.session.scalars(query.order_by(ReferralRow.id))
    ]


def update_state(
    uow: UnitOfWork,
    referral: Referral,
    standing: ReferralState,
    *,
    assignee_id: int | None,
    now: datetime,
) -> None:
    """Write down where a referral stands now; raise Stale when it was changed meanwhile."""
    done = uow.session.execute(
        update(ReferralRow)
        .where(ReferralRow.id == referral.id, ReferralRow.version == referral.version)
        .values(
            status=standing.status,
            next_owner=standing.next_owner,
            next_action=standing.next_action,
            due_at=standing.due_at,
            overdue_at=None,
            assignee_id=assignee_id,
            updated_at=now,
            version=referral.version + 1,
        )
        .returning(ReferralRow.id)
    )
    if done.first() is None:
        raise Stale("the referral was changed meanwhile")


def add_event(
    uow: UnitOfWork,
    referral_id: int,
    *,
    at: datetime,
    actor: str,
    move: Move,
    from_status: Status | None,
    to_status: Status,
    staff_id: int | None = None,
    reason: str | None = None,
    note: str = "",
) -> None:
    """Add a move to the history, and its note beside it."""
    row = ReferralEventRow(
        referral_id=referral_id,
        at=at,
        actor=actor,
        staff_id=staff_id,
        move=move,
        from_status=from_status,
        to_status=to_status,
        reason=reason,
    )
    uow.session.add(row)
    uow.session.flush()
    if note:
        uow.session.add(ReferralNoteRow(event_id=row.id, note_sealed=uow.encryption.encrypt(note)))


def list_events(uow: UnitOfWork, referral_id: int) -> list[ReferralEvent]:
    """List all moves of a referral, oldest first."""
    query = (
        select(ReferralEventRow, StaffRow.name, ReferralNoteRow.note_sealed)
        .join(StaffRow, ReferralEventRow.staff_id == StaffRow.id, isouter=True)
        .join(ReferralNoteRow, ReferralNoteRow.event_id == ReferralEventRow.id, isouter=True)
        .where(ReferralEventRow.referral_id == referral_id)
        .order_by(ReferralEventRow.id)
    )
    return [
        ReferralEvent(
            at=row.at,
            actor=row.actor,
            staff=name,
            move=row.move,
            from_status=row.from_status,
            to_status=row.to_status,
            reason=row.reason,
            note=uow.encryption.decrypt(note) if note else "",
        )
        for row, name, note in uow.session.execute(query)
    ]


def flag_overdue(uow: UnitOfWork, *, now: datetime) -> int:
    """Flag the open referrals whose clock ran out; a clock never closes one."""
    done = uow.session.execute(
        update(ReferralRow)
        .where(
            ReferralRow.status.in_(OPEN),
            ReferralRow.due_at < now,
            ReferralRow.overdue_at.is_(None),
        )
        .values(overdue_at=now)
        .returning(ReferralRow.id)
    )
    return len(done.all())


def erase_snapshots(uow: UnitOfWork, person_id: int) -> None:
    """Forget what a person said and what was noted about them; the moves stay, as counts."""
    ids = list(
        uow.session.scalars(select(ReferralRow.id).where(ReferralRow.person_id == person_id))
    )
    nothing = uow.encryption.encrypt(dump_snapshot(EMPTY_SNAPSHOT))
    uow.session.execute(
        update(ReferralRow).where(ReferralRow.id.in_(ids)).values(story_sealed=nothing)
    )
    events = select(ReferralEventRow.id).where(ReferralEventRow.referral_id.in_(ids))
    uow.session.execute(delete(ReferralNoteRow).where(ReferralNoteRow.event_id.in_(events)))


def language_of(uow: UnitOfWork, referral: Referral) -> str:
    """Give the language of the person of a referral."""
    return uow.session.scalars(
        select(PersonRow.language).where(PersonRow.id == referral.person_id)
    ).one()


def _referral(row: ReferralRow, assignee: str | None, encryption: Encryptor) -> Referral:
    return Referral(
        id=row.id,
        code=row.code,
        person_id=row.person_id,
        consent_id=row.consent_id,
        need=row.need,
        service_id=row.service_id,
        service_name=row.service_name,
        door_id=row.door_id,
        door_name=row.door_name,
        handoff_mode=row.handoff_mode,
        status=Status(row.status),
        next_owner=row.next_owner,
        next_action=row.next_action,
        due_at=row.due_at,
        overdue=row.overdue_at is not None,
        assignee_id=row.assignee_id,
        assignee=assignee,
        story=load_snapshot(encryption.decrypt(row.story_sealed)),
        created_at=row.created_at,
        version=row.version,
    )
