"""Ready sign-ins for a demo, one a role, with passwords that are made once and kept in a file."""

import os
from collections.abc import Iterator, Sequence

from navigator import clock, encryption
from navigator.domain.roles import Role
from navigator.services.accounts import authentication
from navigator.settings import Settings
from navigator.storage import staff_accounts
from navigator.storage.database import Database

FILE = "demo_sign_ins.txt"
STAFF = ((Role.WORKER, "worker"), (Role.NAVIGATOR, "navigator"), (Role.COORDINATOR, "lead"))


def create_sign_ins(settings: Settings) -> Iterator[str]:
    """Add the staff of the demo where nobody can sign in yet; give a line when it was done."""
    secrets = encryption.load_secrets(settings)
    encryptor = encryption.Encryptor(keys=secrets.keys, hash_key=secrets.hash_key)
    database = Database(settings.database_url, encryptor)
    try:
        with database.unit_of_work() as uow:
            if staff_accounts.count(uow):
                return
        made = [(name, authentication.new_password()) for _, name in STAFF]
        for (role, _), (name, password) in zip(STAFF, made, strict=True):
            authentication.add_staff(database, name, role, password, now=clock.now())
    finally:
        database.close()
    path = settings.home / FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{name}  {password}\n" for name, password in made)
    yield "Made demo sign-ins"


def read_sign_ins(settings: Settings) -> Sequence[str]:
    """Give a line for each sign-in: the name and the password; none where none were made."""
    path = settings.home / FILE
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else ()
