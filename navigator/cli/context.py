"""The instance that a command works on, opened and closed; its errors as one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from directory_data.directory import Service
from navigator import logging_setup
from navigator.cli.output import exit_with_error
from navigator.container import Container, NoEditionPublished, build_container
from navigator.encryption import KeysMissing
from navigator.settings import BadSetting, Settings, load_settings
from navigator.storage.database import Unreachable


def settings_or_exit() -> Settings:
    """Read the settings; end with a clear line where one is wrong."""
    try:
        return load_settings(os.environ)
    except BadSetting as error:
        exit_with_error(str(error))


@contextmanager
def open_container() -> Iterator[Container]:
    """Give the parts of the instance; end with a clear line where it is not set up."""
    logging_setup.configure_logging()
    try:
        container = build_container(settings_or_exit())
        yield container
    except (KeysMissing, BadSetting, NoEditionPublished) as error:
        exit_with_error(str(error))
    except Unreachable:
        exit_with_error(
            "The database does not answer, or its tables are missing. Run: navigator doctor"
        )
    container.database.close()


def access_point_json(opens: Service | None, language: str) -> dict[str, str] | None:
    """Give a door as the machine interface has it."""
    return {"id": opens.id, "name": opens.record.name.in_(language)} if opens else None
