"""Staff and their sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from navigator.domain.staff import Role, Staff
from navigator.storage.database import Transaction
from navigator.storage.rows import SignInRow, StaffRow


@dataclass(frozen=True, slots=True)
class Account:
    """What is needed to check a password."""

    staff: Staff
    password_hash: str
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class SignIn:
    """An open sign-in."""

    staff: Staff
    started_at: datetime
    seen_at: datetime


def name_key(name: str) -> str:
    """Give the form of a name that is compared: case and spaces don't count."""
    return " ".join(name.casefold().split())


def add(tx: Transaction, *, name: str, role: Role, password_hash: str, now: datetime) -> bool:
    """Add somebody; give False when the name is taken."""
    if account(tx, name) is not None:
        return False
    tx.add(
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
    tx.flush()
    return True


def account(tx: Transaction, name: str) -> Account | None:
    """Find somebody who may sign in by name."""
    query = select(StaffRow).where(StaffRow.name_key == name_key(name), StaffRow.active)
    row = tx.scalars(query).first()
    if row is None:
        return None
    return Account(
        staff=Staff(row.id, row.name, Role(row.role)),
        password_hash=row.password_hash,
        failures=row.failures,
        locked_until=row.locked_until,
    )


def count(tx: Transaction) -> int:
    """Count the staff."""
    return len(list(tx.scalars(select(StaffRow.id))))


def set_failures(
    tx: Transaction, staff_id: int, failures: int, locked_until: datetime | None
) -> None:
    """Write down how often a password was wrong, and until when no try counts."""
    tx.execute(
        update(StaffRow)
        .where(StaffRow.id == staff_id)
        .values(failures=failures, locked_until=locked_until)
    )


def open_sign_in(tx: Transaction, *, token_hash: str, staff_id: int, now: datetime) -> None:
    """Open a sign-in under the hash of its cookie."""
    tx.add(SignInRow(token_hash=token_hash, staff_id=staff_id, started_at=now, seen_at=now))


def sign_in(tx: Transaction, token_hash: str) -> SignIn | None:
    """Find an open sign-in of somebody who still works here."""
    query = (
        select(SignInRow, StaffRow)
        .join(StaffRow, SignInRow.staff_id == StaffRow.id)
        .where(SignInRow.token_hash == token_hash, StaffRow.active)
    )
    found = tx.execute(query).first()
    if found is None:
        return None
    opened, row = found
    return SignIn(Staff(row.id, row.name, Role(row.role)), opened.started_at, opened.seen_at)


def seen(tx: Transaction, token_hash: str, *, now: datetime) -> None:
    """Write down that a sign-in was used."""
    tx.execute(update(SignInRow).where(SignInRow.token_hash == token_hash).values(seen_at=now))


def close_sign_in(tx: Transaction, token_hash: str) -> None:
    """End a sign-in."""
    tx.execute(delete(SignInRow).where(SignInRow.token_hash == token_hash))
