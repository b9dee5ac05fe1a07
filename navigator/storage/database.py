"""The database: one engine, one unit of work at a time for one use, the same on both engines."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from navigator.encryption import Encryptor
from navigator.storage.unit_of_work import UnitOfWork

MIGRATIONS = Path(__file__).parent / "migrations"

SYNC = getattr(os, "fdatasync", os.fsync)
"""What SQLite itself would call."""

WAIT_SECONDS = 5
"""How long a use waits for a connection, and on SQLite once more for the writers of other
processes; both together stay below the carrier's 15 s."""


class Unreachable(Exception):
    """The database does not answer."""


class WriteConflict(Exception):
    """Somebody else wrote the same thing first; the whole use can be tried again."""


def sync_to_disk(path: Path) -> None:
    """Wait until what was written to a file is on the disk; one that is gone was put away."""
    try:
        with path.open("rb", buffering=0) as file:
            SYNC(file.fileno())
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unreachable(type(error).__name__) from None


class Database:
    """The door to the database of an instance."""

    def __init__(
        self,
        url: str,
        encryption: Encryptor,
        *,
        to_disk: Callable[[Path], None] = sync_to_disk,
    ) -> None:
        self.url = url
        self.engine = _engine(url)
        self._encryption = encryption
        self._to_disk = to_disk
        file = self.engine.url.database if self.engine.dialect.name == "sqlite" else None
        self._wal = Path(f"{file}-wal") if file else None

    @contextmanager
    def unit_of_work(self) -> Iterator[UnitOfWork]:
        """Open one unit of work: commit at the end, roll back on any error.

        What was committed is on the disk when this ends: a power cut must not undo that a letter
        was claimed, or it would be sent twice, nor a text that the carrier was told we have.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield UnitOfWork(session, self._encryption)
        except IntegrityError:
            raise WriteConflict from None
        except SQLAlchemyError as error:
            # The text of a database error quotes its parameters: what people wrote.
            raise Unreachable(type(error).__name__) from None
        if self._wal is not None:
            # Here, and not in SQLite's commit: the next writer need not wait for the disk, and
            # one wait serves all who wrote meanwhile.
            self._to_disk(self._wal)

    @contextmanager
    def read_only_unit_of_work(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that reads only, and waits for no writer."""
        engine = _read_only_engine(self.url) if self._wal is not None else self.engine
        try:
            with Session(engine) as session:
                yield UnitOfWork(session, self._encryption)
        except SQLAlchemyError as error:
            raise Unreachable(type(error).__name__) from None
        finally:
            if engine is not self.engine:
                engine.dispose()

    def answers(self) -> bool:
        """Say whether the database answers and has the newest tables."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
                return MigrationContext.configure(connection).get_current_revision() == _head()
        except SQLAlchemyError:
            return False

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to a revision; `head` is the newest."""
        config = _config()
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            here = MigrationContext.configure(connection).get_current_revision()
            if revision == "head" and here == _head():
                return
            if revision == "head" or here is None:
                command.upgrade(config, revision)
            else:
                command.downgrade(config, revision)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url, pool_pre_ping=True, pool_size=10, pool_timeout=WAIT_SECONDS, hide_parameters=True
        )
    # SQLite has one writer. A thread that waits for the connection is next as soon as it is free;
    # SQLite would have it sleep, for longer each time, and let others overtake it.
    engine = create_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=WAIT_SECONDS, hide_parameters=True
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _read_only_engine(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _: Any) -> None:
    # The driver must not begin transactions by itself: a read that later writes would fail as busy.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {1000 * WAIT_SECONDS}",
        "journal_mode = WAL",
        # A commit does not wait for the disk, but whoever made it does: see unit_of_work().
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
