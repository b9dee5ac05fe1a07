"""The servers that tests run against: there, empty, apart from each other, and gone afterwards."""

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page
from sqlalchemy import inspect, text

from navigator.storage.database import Database
from tests.makers import ENCRYPTOR
from tests.servers import postgres


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url, ENCRYPTOR)
    yield database
    database.close()


def test_a_database_for_a_test_has_the_newest_tables(database: Database) -> None:
    assert database.answers()


def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    database = Database(empty_database_url, ENCRYPTOR)
    assert inspect(database.engine).get_table_names() == []
    database.close()


@pytest.mark.parametrize("_", ["first", "second"])
def test_what_one_test_writes_another_does_not_see(database: Database, _: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))


def test_a_database_is_removed_while_somebody_is_connected(cluster: postgres.Cluster) -> None:
    cluster.create("in_use")
    with psycopg.connect(host=str(cluster.folder), user="postgres", dbname="in_use"):
        cluster.drop("in_use")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(host=str(cluster.folder), user="postgres", dbname="in_use")


def test_nothing_of_a_server_is_left() -> None:
    programs = postgres.programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.running(programs) as cluster:
        assert cluster.answers()
    assert not cluster.folder.exists()
    assert not cluster.answers()


def test_a_page_is_drawn(page: Page) -> None:
    page.set_content("<h1>Halton</h1>")
    assert page.get_by_role("heading").inner_text() == "Halton"
