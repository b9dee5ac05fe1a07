"""The instance that a command works on, opened and closed; its errors as one line."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from directory_data.directory import Service
from directory_data.region import BadRegion, Region, UnknownRegion, load_region
from navigator import logging_setup
from navigator.cli.output import exit_with_error
from navigator.container import Container, build_container
from navigator.encryption import KeysMissing
from navigator.services.directory.edition_store import NoEditionPublished
from navigator.settings import (
    BadSetting,
    Settings,
    instance_home,
    instance_region,
    load_settings,
)
from navigator.storage.database import Unreachable


def settings_or_exit() -> Settings:
    """Read the settings; end with a clear line where one is wrong."""
    try:
        return load_settings(os.environ)
    except BadSetting as error:
        exit_with_error(str(error))


@contextmanager
def open_container() -> Iterator[Container]:
    """Give the parts of the instance, closed at the end; end with a clear line where it can't be.

    It can't where the instance is not set up, or its database does not answer.
    """
    logging_setup.configure_logging()
    try:
        container = build_container(settings_or_exit())
        with closing(container.database):
            yield container
    except (KeysMissing, BadSetting, NoEditionPublished, UnknownRegion, BadRegion) as error:
        exit_with_error(str(error))
    except Unreachable:
        exit_with_error(
            "The database does not answer, or its tables are missing. Run: navigator doctor"
        )


def region_or_exit() -> Region:
    """Give the region of the instance, set up or not; end with a clear line where it can't be."""
    try:
        return instance_region_files()
    except BadRegion as error:
        exit_with_error(str(error))


def instance_region_files() -> Region:
    """Read the region of the instance, set up or not; raise BadRegion where a file is wrong."""
    try:
        return load_region(instance_region(instance_home(os.environ)))
    except UnknownRegion as error:
        exit_with_error(str(error))


def access_point_json(door: Service | None, language: str) -> dict[str, str] | None:
    """Give a door as the machine interface has it."""
    return {"id": door.id, "name": door.record.name.in_(language)} if door else None
