"""Staff accounts with real passwords: added once, long enough, and signed in with."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from navigator.container import Container
from navigator.domain.roles import FAILURES_BEFORE_LOCK, Role
from navigator.services.accounts import authentication
from navigator.services.accounts.authentication import PasswordChecker
from navigator.storage import audit_log, staff_accounts
from tests.makers import MONDAY_NOON


def add(container: Container, name: str, password: str) -> bool:
    return authentication.add_staff(
        container.database, name, Role.WORKER, password, now=MONDAY_NOON
    )


def sign_in(container: Container, name: str, password: str) -> str | None:
    return authentication.sign_in(container.database, name, password, now=MONDAY_NOON)


def test_who_was_added_signs_in_with_the_password_alone(container: Container) -> None:
    password = authentication.new_password()
    assert add(container, "Robin Roe", password)
    assert sign_in(container, "robin  roe", password)
    assert sign_in(container, "Robin Roe", f"{password}x") is None
    assert sign_in(container, "Nobody", password) is None


def test_a_name_is_given_once(container: Container) -> None:
    assert add(container, "Robin Roe", authentication.new_password())
    assert not add(container, "ROBIN ROE", authentication.new_password())


@pytest.mark.parametrize(
    "length", [authentication.SHORTEST_PASSWORD - 1, authentication.LONGEST_PASSWORD + 1]
)
def test_a_password_too_short_or_too_long_is_refused(container: Container, length: int) -> None:
    with pytest.raises(authentication.BadPassword):
        add(container, "Robin Roe", "x" * length)


def test_of_many_wrong_tries_at_once_each_one_counts(container: Container) -> None:
    password = authentication.new_password()
    add(container, "Robin Roe", password)
    with ThreadPoolExecutor(FAILURES_BEFORE_LOCK) as pool:
        list(pool.map(lambda _: sign_in(container, "Robin Roe", "wrong"), range(5)))
    assert sign_in(container, "Robin Roe", password) is None, "locked after five"


class WritingHasher(PasswordHasher):
    """Writes to the database while it checks a password, as a text that comes in does."""

    def __init__(self, container: Container) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.container = container

    def verify(self, *args: str) -> bool:
        with self.container.database.unit_of_work() as uow:
            audit_log.record(uow, actor="a", act="meanwhile", subject="", now=MONDAY_NOON)
        return super().verify(*args)


def test_no_transaction_is_open_while_a_password_is_checked(container: Container) -> None:
    password = authentication.new_password()
    add(container, "Robin Roe", password)
    checker = PasswordChecker(WritingHasher(container))
    assert authentication.sign_in(
        container.database, "Robin Roe", password, now=MONDAY_NOON, checker=checker
    )
    with container.database.unit_of_work() as uow:
        assert "meanwhile" in {entry.act for entry in audit_log.list_entries(uow)}


def test_a_flood_of_sign_ins_waits_and_is_told_so(container: Container) -> None:
    checker = PasswordChecker(at_once=0, longest_wait=0.01)
    with pytest.raises(authentication.Busy):
        authentication.sign_in(
            container.database, "Robin Roe", "anything", now=MONDAY_NOON, checker=checker
        )


def test_a_password_that_was_hashed_otherwise_is_hashed_anew(container: Container) -> None:
    password = authentication.new_password()
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)
    with container.database.unit_of_work() as uow:
        staff_accounts.add(
            uow, name="Robin Roe", role=Role.WORKER, password_hash=old, now=MONDAY_NOON
        )
    assert sign_in(container, "Robin Roe", password)
    with container.database.unit_of_work() as uow:
        account = staff_accounts.find_account(uow, "Robin Roe")
    assert account is not None
    assert f"m={authentication.MEMORY_KIB}" in account.password_hash
    assert sign_in(container, "Robin Roe", password)
