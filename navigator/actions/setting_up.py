"""Set an instance up: folder, keys, tables, directory, index, demo sign-ins; once is enough."""

import os
from collections.abc import Iterator

from directory_data.vocabulary.reading import vocabulary
from navigator import clock, vault
from navigator.actions import loading, signing_in
from navigator.domain.staff import Role
from navigator.settings import Settings
from navigator.storage import editions, sealing, staff
from navigator.storage.database import Database

DEMO_FILE = "demo_sign_ins.txt"
DEMO_STAFF = ((Role.WORKER, "worker"), (Role.NAVIGATOR, "navigator"), (Role.COORDINATOR, "lead"))


def initialize(settings: Settings) -> Iterator[str]:
    """Set up what is missing; give a line for each step that was done."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.home.chmod(0o700)
    if not (settings.home / vault.FILE).exists():
        yield f"Setting up {settings.home}: keys"
    vault.make(settings.home)
    database = Database(settings.database_url)
    try:
        database.migrate()
        yield from _load(settings, database)
        if settings.demo:
            yield from _demo_staff(settings, database)
    finally:
        database.close()


def rotate_keys(settings: Settings, database: Database, *, new_key: bool = True) -> int:
    """Seal everything again with a new key (or the first given one); give how many texts."""
    if new_key:
        vault.add_key(settings.home)
    secrets = vault.read(settings)
    safe = vault.Vault(keys=secrets.keys, hash_key=secrets.hash_key)
    with database.transaction() as tx:
        count = sealing.reseal_all(tx, safe)
    if new_key:
        vault.drop_old_keys(settings.home)
    return count


def _load(settings: Settings, database: Database) -> Iterator[str]:
    with database.transaction() as tx:
        number = editions.newest(tx)
    if number is None:
        yield "Checking and loading the directory"
        checked = loading.check(vocabulary())
        with database.transaction() as tx:
            number, _ = loading.publish(tx, checked, now=clock.now())
    if not loading.index_folder(settings.home, number, vocabulary()).exists():
        yield "Building the search index"
        with database.transaction() as tx:
            directory = editions.read(tx, number)
        loading.open_index(settings.home, directory, vocabulary())


def _demo_staff(settings: Settings, database: Database) -> Iterator[str]:
    with database.transaction() as tx:
        if staff.count(tx):
            return
        made = [(name, signing_in.new_password()) for _, name in DEMO_STAFF]
        for (role, _), (name, password) in zip(DEMO_STAFF, made, strict=True):
            signing_in.add(tx, name, role, password, now=clock.now())
    path = settings.home / DEMO_FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{name}  {password}\n" for name, password in made)
    yield "Made demo sign-ins"
