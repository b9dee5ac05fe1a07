"""The instance that a command works on, opened and closed; its errors as one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from directory_data.directory import Service
from navigator import logs
from navigator.cli.output import stop
from navigator.parts import NothingLoaded, Parts, assemble
from navigator.settings import BadSetting, Settings, read
from navigator.storage.database import Unreachable
from navigator.vault import NotSetUp


def settings() -> Settings:
    """Read the settings; end with a clear line where one is wrong."""
    try:
        return read(os.environ)
    except BadSetting as error:
        stop(str(error))


@contextmanager
def instance() -> Iterator[Parts]:
    """Give the parts of the instance; end with a clear line where it is not set up."""
    logs.set_up()
    try:
        parts = assemble(settings())
        yield parts
    except (NotSetUp, BadSetting, NothingLoaded) as error:
        stop(str(error))
    except Unreachable:
        stop("The database does not answer, or its tables are missing. Run: navigator doctor")
    parts.database.close()


def door(opens: Service | None, language: str) -> dict[str, str] | None:
    """Give a door as the machine interface has it."""
    return {"id": opens.id, "name": opens.record.name.in_(language)} if opens else None
