"""Set an instance up: folder, keys, tables, directory, index, models, sign-ins; once is enough."""

import os
from collections.abc import Iterator
from dataclasses import replace

from directory_data.vocabulary.loader import vocabulary
from navigator import clock, encryption
from navigator.domain.roles import Role
from navigator.nlp.model_registry import ModelRegistry
from navigator.services.accounts import authentication
from navigator.services.directory import publish_edition
from navigator.settings import Settings
from navigator.storage import editions, key_rotation, staff_accounts
from navigator.storage.database import Database

DEMO_FILE = "demo_sign_ins.txt"
DEMO_STAFF = ((Role.WORKER, "worker"), (Role.NAVIGATOR, "navigator"), (Role.COORDINATOR, "lead"))


def initialize(settings: Settings, *, models: ModelRegistry | None = None) -> Iterator[str]:
    """Set up what is missing; give a line for each step that is done, before it is."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.home.chmod(0o700)
    if not (settings.home / encryption.SECRETS_FILE).exists():
        yield f"Setting up {settings.home}: keys"
    secrets = encryption.create_secrets(settings.home)
    encryptor = encryption.Encryptor(keys=secrets.keys, hash_key=secrets.hash_key)
    database = Database(settings.database_url, encryptor)
    try:
        database.migrate()
        yield from _load(settings, database)
        yield from _fit(models or ModelRegistry(vocabulary(), settings.models_folder))
        if settings.demo:
            yield from _demo_staff(settings, database)
    finally:
        database.close()


def rotate_keys(settings: Settings, database: Database, *, new_key: bool = True) -> int:
    """Seal everything again with a new key (or the first given one); give how many texts."""
    if new_key:
        encryption.add_encryption_key(settings.home)
    secrets = encryption.load_secrets(settings)
    encryptor = encryption.Encryptor(keys=secrets.keys, hash_key=secrets.hash_key)
    with database.unit_of_work() as uow:
        count = key_rotation.reencrypt_all(replace(uow, encryption=encryptor))
    if new_key:
        encryption.drop_old_encryption_keys(settings.home)
    return count


def _load(settings: Settings, database: Database) -> Iterator[str]:
    with database.unit_of_work() as uow:
        number = editions.newest(uow)
    if number is None:
        yield "Checking and loading the directory"
        checked = publish_edition.check_records_folder(vocabulary())
        with database.unit_of_work() as uow:
            number, _ = publish_edition.publish_edition(uow, checked, now=clock.now())
    if not publish_edition.index_folder(settings.home, number, vocabulary()).exists():
        yield "Building the search index"
        with database.unit_of_work() as uow:
            directory = editions.read(uow, number)
        publish_edition.open_index(settings.home, directory, vocabulary())


def _fit(models: ModelRegistry) -> Iterator[str]:
    if not models.are_fitted():
        yield "Fitting the language models"
        models.danger_lexicon()
        models.needs_lexicon()


def _demo_staff(settings: Settings, database: Database) -> Iterator[str]:
    with database.unit_of_work() as uow:
        if staff_accounts.count(uow):
            return
        made = [(name, authentication.new_password()) for _, name in DEMO_STAFF]
        for (role, _), (name, password) in zip(DEMO_STAFF, made, strict=True):
            authentication.add_staff(uow, name, role, password, now=clock.now())
    path = settings.home / DEMO_FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{name}  {password}\n" for name, password in made)
    yield "Made demo sign-ins"
