"""Staff sign in with a name and a password; a cookie's hash is all that is kept of a sign-in."""

import hashlib
import secrets
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from navigator.domain.roles import (
    FAILURES_BEFORE_LOCK,
    LOCKED_FOR,
    SESSION_IDLE,
    SESSION_LONGEST,
    Role,
    Staff,
)
from navigator.storage import audit_log, staff_accounts
from navigator.storage.unit_of_work import UnitOfWork

SHORTEST_PASSWORD = 12
"""Characters. Length is what counts, so no digits or signs are asked for (NIST SP 800-63B)."""

_HASHER = PasswordHasher()


class PasswordTooShort(Exception):
    """A password must have at least SHORTEST_PASSWORD characters."""


def new_password() -> str:
    """Make a password that can be typed: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike: i l o 0 1
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def add_staff(uow: UnitOfWork, name: str, role: Role, password: str, *, now: datetime) -> bool:
    """Add somebody to the staff; False when the name is taken; raise PasswordTooShort."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(f"a password has at least {SHORTEST_PASSWORD} characters")
    return staff_accounts.add(
        uow, name=name, role=role, password_hash=_HASHER.hash(password), now=now
    )


def sign_in(uow: UnitOfWork, name: str, password: str, *, now: datetime) -> str | None:
    """Give the token of a new sign-in; None when the name or password is wrong, or it is locked.

    A wrong try is counted, so the transaction must be kept also then.
    """
    account = staff_accounts.find_account(uow, name)
    if account is None or (account.locked_until is not None and now < account.locked_until):
        _is_password(_hash_of_nobody(), password)
        return None
    if not _is_password(account.password_hash, password):
        failures = account.failures + 1
        locked = now + LOCKED_FOR if failures >= FAILURES_BEFORE_LOCK else None
        staff_accounts.set_failures(uow, account.staff.id, 0 if locked else failures, locked)
        return None
    staff_accounts.set_failures(uow, account.staff.id, 0, None)
    token = secrets.token_urlsafe(32)
    staff_accounts.create_session(uow, token_hash=_hash(token), staff_id=account.staff.id, now=now)
    audit_log.record(uow, actor=account.staff.name, act="sign-in", subject="", now=now)
    return token


def staff_for_token(uow: UnitOfWork, token: str, *, now: datetime) -> Staff | None:
    """Say who is signed in with a token; None when the sign-in has ended."""
    opened = staff_accounts.find_session(uow, _hash(token))
    if opened is None:
        return None
    if now - opened.seen_at > SESSION_IDLE or now - opened.started_at > SESSION_LONGEST:
        staff_accounts.delete_session(uow, _hash(token))
        return None
    staff_accounts.touch_session(uow, _hash(token), now=now)
    return opened.staff


def sign_out(uow: UnitOfWork, token: str) -> None:
    """End a sign-in."""
    staff_accounts.delete_session(uow, _hash(token))


@cache
def _hash_of_nobody() -> str:
    """Give a hash that no password fits, so that an unknown name takes as long as a known one."""
    return _HASHER.hash(secrets.token_hex())


def _is_password(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
