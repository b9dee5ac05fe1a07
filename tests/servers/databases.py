"""Empty databases for tests, made fast: copies of one that holds the newest tables and no rows."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from navigator.storage.database import Database
from tests.makers import ENCRYPTOR
from tests.servers.postgres import Cluster

NUMBERS = itertools.count(1)


class Engine(Protocol):
    """A kind of database that the tests run on."""

    def make(self, name: str, *, tables: bool) -> str:
        """Make a database without rows, with the newest tables or none; give its address."""
        ...

    def remove(self, name: str) -> None:
        """Remove a database that was made."""
        ...


class Sqlite:
    """Databases that are files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _migrate(self._url("template"))

    def make(self, name: str, *, tables: bool) -> str:
        """Copy the file that has the newest tables; without them a file comes with first use."""
        if tables:
            shutil.copyfile(self._path("template"), self._path(name))
        return self._url(name)

    def remove(self, name: str) -> None:
        """Remove the file and those that the engine laid beside it."""
        for path in self.folder.glob(f"{name}.db*"):
            path.unlink()

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.db"

    def _url(self, name: str) -> str:
        return f"sqlite:///{self._path(name)}"


class Postgres:
    """Databases of a server."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        cluster.create("newest")
        _migrate(cluster.url("newest"))

    def make(self, name: str, *, tables: bool) -> str:
        """Copy the database that has the newest tables, or that of the server that has none."""
        self.cluster.create(name, template="newest" if tables else "template0")
        return self.cluster.url(name)

    def remove(self, name: str) -> None:
        """Drop the database, also while something is still connected."""
        self.cluster.drop(name)


@contextmanager
def made(engine: Engine, *, tables: bool = True) -> Iterator[str]:
    """Make a database for one test, and remove it afterwards; gives its address."""
    name = f"test_{next(NUMBERS)}"
    url = engine.make(name, tables=tables)
    try:
        yield url
    finally:
        engine.remove(name)


def _migrate(url: str) -> None:
    database = Database(url, ENCRYPTOR)
    database.migrate()
    database.close()
