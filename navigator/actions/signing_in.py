"""Staff sign in with a name and a password; a cookie's hash is all that is kept of a sign-in."""

import hashlib
import secrets
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from navigator.domain.staff import (
    FAILURES_BEFORE_LOCK,
    LOCKED_FOR,
    SESSION_IDLE,
    SESSION_LONGEST,
    Role,
    Staff,
)
from navigator.storage import history, staff
from navigator.storage.database import Transaction

SHORTEST_PASSWORD = 12

_HASHER = PasswordHasher()


class TooShort(Exception):
    """A password must have at least SHORTEST_PASSWORD characters."""


def new_password() -> str:
    """Make a password that can be typed: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def add(tx: Transaction, name: str, role: Role, password: str, *, now: datetime) -> bool:
    """Add somebody to the staff; False when the name is taken; raise TooShort."""
    if len(password) < SHORTEST_PASSWORD:
        raise TooShort(f"a password has at least {SHORTEST_PASSWORD} characters")
    return staff.add(tx, name=name, role=role, password_hash=_HASHER.hash(password), now=now)


def sign_in(tx: Transaction, name: str, password: str, *, now: datetime) -> str | None:
    """Give the token of a new sign-in; None when the name or password is wrong, or it is locked.

    A wrong try is counted, so the transaction must be kept also then.
    """
    account = staff.account(tx, name)
    if account is None or (account.locked_until is not None and now < account.locked_until):
        _fits(_nobody(), password)
        return None
    if not _fits(account.password_hash, password):
        failures = account.failures + 1
        locked = now + LOCKED_FOR if failures >= FAILURES_BEFORE_LOCK else None
        staff.set_failures(tx, account.staff.id, 0 if locked else failures, locked)
        return None
    staff.set_failures(tx, account.staff.id, 0, None)
    token = secrets.token_urlsafe(32)
    staff.open_sign_in(tx, token_hash=_hash(token), staff_id=account.staff.id, now=now)
    history.note(tx, actor=account.staff.name, act="sign-in", subject="", now=now)
    return token


def who(tx: Transaction, token: str, *, now: datetime) -> Staff | None:
    """Say who is signed in with a token; None when the sign-in has ended."""
    opened = staff.sign_in(tx, _hash(token))
    if opened is None:
        return None
    if now - opened.seen_at > SESSION_IDLE or now - opened.started_at > SESSION_LONGEST:
        staff.close_sign_in(tx, _hash(token))
        return None
    staff.seen(tx, _hash(token), now=now)
    return opened.staff


def sign_out(tx: Transaction, token: str) -> None:
    """End a sign-in."""
    staff.close_sign_in(tx, _hash(token))


@cache
def _nobody() -> str:
    """Give a hash that no password fits, so that an unknown name takes as long as a known one."""
    return _HASHER.hash(secrets.token_hex())


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except VerificationError:
        return False


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
