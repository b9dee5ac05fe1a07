"""Referrals and their history, which is only ever added to."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from navigator.domain.errors import NotFound, Stale
from navigator.domain.referral import OPEN, MoveCommand, ReferralState, Status
from navigator.domain.request_snapshot import (
    EMPTY_SNAPSHOT,
    RequestSnapshot,
    dump_snapshot,
    load_snapshot,
)
from navigator.encryption import Encryptor
from navigator.storage.tables import ReferralEventRow, ReferralNoteRow, ReferralRow, StaffRow
from navigator.storage.unit_of_work import UnitOfWork

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that look alike (I and 1, O and 0): a code is read out on the phone."""

CODE_LENGTH = 6
"""About 900 million codes; one that is taken already fails the write, which is tried again."""


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
    snapshot: RequestSnapshot


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral as it stands, decrypted."""

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
    snapshot: RequestSnapshot
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


def add(uow: UnitOfWork, new: NewReferral, command: MoveCommand, state: ReferralState) -> Referral:
    """Write down a new referral where its first move has led, and that move in its history."""
    row = ReferralRow(
        code="".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)),
        person_id=new.person_id,
        consent_id=new.consent_id,
        need=new.need,
        service_id=new.service_id,
        service_name=new.service_name,
        door_id=new.door_id,
        door_name=new.door_name,
        handoff_mode="warm",
        status=state.status,
        next_owner=state.next_owner,
        next_action=state.next_action,
        due_at=state.due_at,
        overdue_at=None,
        assignee_id=None,
        story_sealed=uow.encryption.encrypt(dump_snapshot(new.snapshot)),
        created_at=command.at,
        updated_at=command.at,
        version=1,
    )
    uow.session.add(row)
    uow.session.flush()
    _add_event(uow, row.id, command, Status.DRAFT, state.status)
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


def save_move(
    uow: UnitOfWork,
    referral: Referral,
    command: MoveCommand,
    state: ReferralState,
    *,
    assignee_id: int | None,
) -> None:
    """Write down where a move has led, and the move in the history.

    Raises Stale where the referral is not at the version that whoever makes the move had seen:
    the database compares it while it writes, so that of two moves at once only the first counts.
    """
    done = uow.session.execute(
        update(ReferralRow)
        .where(ReferralRow.id == referral.id, ReferralRow.version == command.expected_version)
        .values(
            status=state.status,
            next_owner=state.next_owner,
            next_action=state.next_action,
            due_at=state.due_at,
            overdue_at=None,
            assignee_id=assignee_id,
            updated_at=command.at,
            version=command.expected_version + 1,
        )
        .returning(ReferralRow.id)
    )
    if done.first() is None:
        raise Stale("the referral was changed meanwhile")
    _add_event(uow, referral.id, command, referral.status, state.status)


def _add_event(
    uow: UnitOfWork,
    referral_id: int,
    command: MoveCommand,
    from_status: Status,
    to_status: Status,
) -> None:
    """Add a move to the history, and its note beside it."""
    row = ReferralEventRow(
        referral_id=referral_id,
        at=command.at,
        actor=command.actor,
        staff_id=command.staff.id if command.staff else None,
        move=command.move,
        from_status=from_status,
        to_status=to_status,
        reason=command.reason or None,
    )
    uow.session.add(row)
    uow.session.flush()
    note = command.note.strip()
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


def find_consent_and_person(uow: UnitOfWork, referral_id: int) -> tuple[int, int]:
    """Give the ids of the consent and the person of a referral."""
    query = select(ReferralRow.consent_id, ReferralRow.person_id)
    consent_id, person_id = uow.session.execute(query.where(ReferralRow.id == referral_id)).one()
    return consent_id, person_id


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
        snapshot=load_snapshot(encryption.decrypt(row.story_sealed)),
        created_at=row.created_at,
        version=row.version,
    )
