"""Staff accounts with real passwords: added once, long enough, and signed in with."""

import pytest

from navigator.container import Container
from navigator.domain.roles import Role
from navigator.services.accounts import authentication
from tests.makers import MONDAY_NOON


def add(container: Container, name: str, password: str) -> bool:
    with container.database.unit_of_work() as uow:
        return authentication.add_staff(uow, name, Role.WORKER, password, now=MONDAY_NOON)


def sign_in(container: Container, name: str, password: str) -> str | None:
    with container.database.unit_of_work() as uow:
        return authentication.sign_in(uow, name, password, now=MONDAY_NOON)


def test_who_was_added_signs_in_with_the_password_alone(container: Container) -> None:
    password = authentication.new_password()
    assert add(container, "Robin Roe", password)
    assert sign_in(container, "robin  roe", password)
    assert sign_in(container, "Robin Roe", f"{password}x") is None
    assert sign_in(container, "Nobody", password) is None


def test_a_name_is_given_once(container: Container) -> None:
    assert add(container, "Robin Roe", authentication.new_password())
    assert not add(container, "ROBIN ROE", authentication.new_password())


def test_a_short_password_is_refused(container: Container) -> None:
    with pytest.raises(authentication.PasswordTooShort):
        add(container, "Robin Roe", "x" * (authentication.SHORTEST_PASSWORD - 1))
