"""Staff and their sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from navigator.domain.roles import Role, Staff
from navigator.storage.tables import SignInRow, StaffRow
from navigator.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """What is needed to check a password."""

    staff: Staff
    password_hash: str
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class StaffSession:
    """An open sign-in."""

    staff: Staff
    started_at: datetime
    seen_at: datetime


def name_key(name: str) -> str:
    """Give the form of a name that is compared: neither case nor spaces matter."""
    return " ".join(name.casefold().split())


def add(uow: UnitOfWork, *, name: str, role: Role, password_hash: str, now: datetime) -> bool:
    """Add somebody; give False when the name is taken."""
    if find_account(uow, name) is not None:
        return False
    uow.session.add(
        StaffRow(
            name=" ".join(name.split()),
            name_key=name_key(name),
            password_hash=password_hash,
            role=role,
            active=True,
            failures=0,
            locked_until=None,
            created_at=now,
        )
    )
    uow.session.flush()
    return True


def find_account(uow: UnitOfWork, name: str, *, hold: bool = False) -> StaffAccount | None:
    """Find somebody who may sign in by name; `hold` locks the account for all others meanwhile."""
    query = select(StaffRow).where(StaffRow.name_key == name_key(name), StaffRow.active)
    row = uow.session.scalars(query.with_for_update() if hold else query).first()
    if row is None:
        return None
    return StaffAccount(
        staff=Staff(row.id, row.name, Role(row.role)),
        password_hash=row.password_hash,
        failures=row.failures,
        locked_until=row.locked_until,
    )


def count(uow: UnitOfWork) -> int:
    """Count the staff."""
    return uow.session.scalar(select(func.count(StaffRow.id))) or 0


def set_failures(
    uow: UnitOfWork, staff_id: int, failures: int, locked_until: datetime | None
) -> None:
    """Write down how often a password was wrong, and until when no try counts."""
    uow.session.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id)
        .values(failures=failures, locked_until=locked_until)
    )


def set_password_hash(uow: UnitOfWork, staff_id: int, password_hash: str) -> None:
    """Keep another hash of a password."""
    uow.session.execute(
        update(StaffRow).where(StaffRow.id == staff_id).values(password_hash=password_hash)
    )


def create_session(uow: UnitOfWork, *, token_hash: str, staff_id: int, now: datetime) -> None:
    """Open a sign-in under the hash of its cookie."""
    uow.session.add(
        SignInRow(token_hash=token_hash, staff_id=staff_id, started_at=now, seen_at=now)
    )


def find_session(uow: UnitOfWork, token_hash: str) -> StaffSession | None:
    """Find an open sign-in of somebody who still works here."""
    query = (
        select(SignInRow, StaffRow)
        .join(StaffRow, SignInRow.staff_id == StaffRow.id)
        .where(SignInRow.token_hash == token_hash, StaffRow.active)
    )
    found = uow.session.execute(query).first()
    if found is None:
        return None
    opened, row = found
    return StaffSession(Staff(row.id, row.name, Role(row.role)), opened.started_at, opened.seen_at)


def touch_session(uow: UnitOfWork, token_hash: str, *, now: datetime) -> None:
    """Write down that a sign-in was used."""
    uow.session.execute(
        update(SignInRow).where(SignInRow.token_hash == token_hash).values(seen_at=now)
    )


def delete_session(uow: UnitOfWork, token_hash: str) -> None:
    """End a sign-in."""
    uow.session.execute(delete(SignInRow).where(SignInRow.token_hash == token_hash))
