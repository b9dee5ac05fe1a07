"""The database: one engine, one transaction at a time for one use, the same on both engines."""

from collections.abc import Iterator
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

Transaction = Session
"""What storage functions take; faces open it, actions hand it on."""

MIGRATIONS = Path(__file__).parent / "migrations"

SQLITE_BUSY_MS = 10_000
"""How long a writer waits for another; below the carrier's 15 s."""


class Unreachable(Exception):
    """The database does not answer."""


class Clash(Exception):
    """Somebody else wrote the same thing first; the whole use can be tried again."""


class Database:
    """The door to the database of an instance."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open one transaction: commit at the end, roll back on any error."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except IntegrityError:
            raise Clash from None
        except SQLAlchemyError as error:
            # The text of a database error quotes its parameters: what people wrote.
            raise Unreachable(type(error).__name__) from None

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
        return create_engine(url, pool_pre_ping=True, pool_size=10, hide_parameters=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: Any, _: Any) -> None:
    # The driver must not begin transactions by itself: a read that later writes would fail as busy.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {SQLITE_BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
