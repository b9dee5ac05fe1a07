"""Migrations go up and down with rows in them, and end where the tables are described."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from navigator.storage.database import Database
from navigator.storage.tables import TableRow
from tests.makers import ENCRYPTOR


def test_the_migrated_tables_are_those_that_are_described(empty_database_url: str) -> None:
    database = Database(empty_database_url, ENCRYPTOR)
    database.migrate()
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TableRow.metadata) == []
    assert database.answers()
    database.close()


def test_migrations_go_down_and_up_with_rows_in_them(empty_database_url: str) -> None:
    database = Database(empty_database_url, ENCRYPTOR)
    database.migrate()
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO audit (at, actor, act, subject)"
                " VALUES ('2026-11-22 12:00:00', 'system', 'try', '')"
            )
        )
    database.migrate("base")
    assert not database.answers()
    database.migrate()
    assert database.answers()
    database.close()
