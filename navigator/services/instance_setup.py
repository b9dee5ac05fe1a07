"""Set an instance up: folder, keys, tables, directory, index, models; once is enough."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from directory_data.region import Region, load_region
from navigator import clock, encryption
from navigator.nlp.model_registry import ModelRegistry
from navigator.services.directory import edition_index, publish_edition
from navigator.settings import REGION_FILE, Settings, instance_region
from navigator.storage import editions, key_rotation
from navigator.storage.database import Database


class OtherRegion(Exception):
    """The instance was set up with another region already."""

    def __init__(self, home: Path, region_id: str) -> None:
        super().__init__(
            f"The instance in {home} is for the region {region_id}, and stays so."
            " For another region, choose another instance folder (NAVIGATOR_HOME)"
        )


def initialize(
    settings: Settings, region_id: str | None = None, *, models: ModelRegistry | None = None
) -> Iterator[str]:
    """Set up what is missing; give a line for each step that is done, before it is.

    `region_id` names the region of a new instance; without one it is the default. Raise OtherRegion
    where the instance has another one, UnknownRegion where its data is not here.
    """
    region = _region_of(settings.home, region_id)
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.home.chmod(0o700)
    if region.id != instance_region(settings.home):
        (settings.home / REGION_FILE).write_text(f"{region.id}\n", encoding="utf-8")
        yield f"Choosing the region {region.id}"
    if not (settings.home / encryption.SECRETS_FILE).exists():
        yield f"Setting up {settings.home}: keys"
    secrets = encryption.create_secrets(settings.home)
    encryptor = encryption.Encryptor(keys=secrets.keys, hash_key=secrets.hash_key)
    database = Database(settings.database_url, encryptor)
    try:
        database.migrate()
        yield from _load(settings, database, region)
        yield from _fit(models or ModelRegistry(region.vocabulary, settings.models_folder))
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


def _region_of(home: Path, wanted: str | None) -> Region:
    """Give the region of an instance, or the wanted one where there is no instance yet."""
    current = instance_region(home)
    if wanted is None or wanted == current:
        return load_region(current)
    if (home / encryption.SECRETS_FILE).exists() or (home / REGION_FILE).exists():
        raise OtherRegion(home, current)
    return load_region(wanted)


def _load(settings: Settings, database: Database, region: Region) -> Iterator[str]:
    with database.unit_of_work() as uow:
        number = editions.newest_number(uow)
    if number is None:
        yield "Checking and loading the directory"
        checked = publish_edition.check_records_folder(region)
        with database.unit_of_work() as uow:
            number, _ = publish_edition.publish_edition(uow, checked, now=clock.now())
    if not edition_index.index_folder(settings.home, number, region.vocabulary).exists():
        yield "Building the search index"
        with database.unit_of_work() as uow:
            directory = editions.load_directory(uow, number, region)
        edition_index.open_index(settings.home, directory)


def _fit(models: ModelRegistry) -> Iterator[str]:
    if not models.are_fitted():
        yield "Fitting the language models"
        models.danger_lexicon()
        models.needs_lexicon()
