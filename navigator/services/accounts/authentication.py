"""Staff sign in with a name and a password; a cookie's hash is all that is kept of a sign-in."""

import hashlib
import secrets
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore

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
from navigator.storage.database import Database
from navigator.storage.staff_accounts import StaffAccount
from navigator.storage.unit_of_work import UnitOfWork

SHORTEST_PASSWORD = 12
"""Characters. Length is what counts, so no digits or signs are asked for (NIST SP 800-63B)."""

LONGEST_PASSWORD, LONGEST_NAME = 200, 100
"""Characters that are read of what is typed; a longer password is refused when it is set."""

MEMORY_KIB, PASSES, LANES = 46 * 1024, 1, 1
"""Argon2id as OWASP's Password Storage Cheat Sheet asks for at least: a guess costs an attacker as
much memory, and us 0.1 s of one core; the library's own choice took 0.3 s."""

HASHED_AT_ONCE = 2
"""Passwords that one process checks at a time, so that there is a core for everybody else."""

LONGEST_WAIT_SECONDS = 3.0
"""How long a sign-in waits for its turn before it is told to come back."""


class Busy(Exception):
    """So many sign in at this moment that one has to wait."""


class BadPassword(Exception):
    """A password has from SHORTEST_PASSWORD to LONGEST_PASSWORD characters."""


def _new_hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


class PasswordChecker:
    """Hashes passwords, and checks a few at a time: a flood leaves the rest of us a turn."""

    def __init__(
        self,
        hasher: PasswordHasher | None = None,
        *,
        at_once: int = HASHED_AT_ONCE,
        longest_wait: float = LONGEST_WAIT_SECONDS,
    ) -> None:
        self._hasher = hasher or _new_hasher()
        self._turns = BoundedSemaphore(at_once)
        self._longest_wait = longest_wait

    def hash(self, password: str) -> str:
        """Give what is kept of a password; raise BadPassword where it is too short or too long."""
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise BadPassword(
                f"a password has from {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
            )
        return self._hasher.hash(password)

    def renewed(self, password: str, kept: str) -> str | None:
        """Give what is to be kept from now on; None where what is kept was made as today."""
        return self._hasher.hash(password) if self._hasher.check_needs_rehash(kept) else None

    def fits(self, password: str, kept: str | None) -> bool:
        """Say whether a password fits what is kept; nobody's takes as long; raise Busy."""
        if not self._turns.acquire(timeout=self._longest_wait):
            raise Busy
        try:
            return self._hasher.verify(kept or _hash_of_nobody(), password[:LONGEST_PASSWORD])
        except VerificationError:
            return False
        finally:
            self._turns.release()


CHECKER = PasswordChecker()
"""Of this process."""


def new_password() -> str:
    """Make a password that can be typed: four groups of four letters and digits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike: i l o 0 1
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def add_staff(database: Database, name: str, role: Role, password: str, *, now: datetime) -> bool:
    """Add somebody to the staff; False when the name is taken; raise BadPassword."""
    password_hash = CHECKER.hash(password)
    with database.unit_of_work() as uow:
        return staff_accounts.add(uow, name=name, role=role, password_hash=password_hash, now=now)


def sign_in(
    database: Database,
    name: str,
    password: str,
    *,
    now: datetime,
    checker: PasswordChecker = CHECKER,
) -> str | None:
    """Give the token of a new sign-in; None when the name or password is wrong, or it is locked.

    Raise Busy where so many passwords are being checked that this one would wait for long.
    No transaction is open meanwhile: who floods the sign-in makes nobody else wait.
    """
    with database.read_only_unit_of_work() as uow:
        account = staff_accounts.find_account(uow, name[:LONGEST_NAME])
    may_try = account is not None and not _is_locked(account, now)
    fits = checker.fits(password, account.password_hash if account and may_try else None)
    if account is None or not may_try:
        return None
    renewed = checker.renewed(password, account.password_hash) if fits else None
    with database.unit_of_work() as uow:
        # Again, and held: of many tries at once each one counts, and none comes after the lock.
        account = staff_accounts.find_account(uow, account.staff.name, hold=True)
        if account is None or _is_locked(account, now):
            return None
        if not fits:
            _count_failure(uow, account, now=now)
            return None
        staff_accounts.set_failures(uow, account.staff.id, 0, None)
        if renewed:
            staff_accounts.set_password_hash(uow, account.staff.id, renewed)
        token = secrets.token_urlsafe(32)
        staff_accounts.create_session(
            uow, token_hash=_hash(token), staff_id=account.staff.id, now=now
        )
        audit_log.record(uow, actor=account.staff.name, act="sign-in", subject="", now=now)
        return token


def staff_for_token(
    uow: UnitOfWork, token: str, *, now: datetime, renew: bool = True
) -> Staff | None:
    """Say who is signed in with a token; None when the sign-in has ended.

    To be asked renews it, unless nobody did anything.
    """
    opened = staff_accounts.find_session(uow, _hash(token))
    if opened is None:
        return None
    if now - opened.seen_at > SESSION_IDLE or now - opened.started_at > SESSION_LONGEST:
        staff_accounts.delete_session(uow, _hash(token))
        return None
    if renew:
        staff_accounts.touch_session(uow, _hash(token), now=now)
    return opened.staff


def sign_out(uow: UnitOfWork, token: str) -> None:
    """End a sign-in."""
    staff_accounts.delete_session(uow, _hash(token))


def _is_locked(account: StaffAccount, now: datetime) -> bool:
    return account.locked_until is not None and now < account.locked_until


def _count_failure(uow: UnitOfWork, account: StaffAccount, *, now: datetime) -> None:
    failures = account.failures + 1
    locked = now + LOCKED_FOR if failures >= FAILURES_BEFORE_LOCK else None
    staff_accounts.set_failures(uow, account.staff.id, 0 if locked else failures, locked)
    audit_log.record(uow, actor=account.staff.name, act="sign-in-wrong", subject="", now=now)
    if locked:
        audit_log.record(uow, actor=account.staff.name, act="sign-in-locked", subject="", now=now)


@cache
def _hash_of_nobody() -> str:
    """Give a hash that no password fits, so that an unknown name takes as long as a known one."""
    return _new_hasher().hash(secrets.token_hex())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
