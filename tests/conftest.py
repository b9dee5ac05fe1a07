"""What every test may ask for: a database of either engine, a browser, the reference material."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from navigator.container import Container
from navigator.domain.roles import Role
from tests import makers
from tests.servers import chromium as chromium_service
from tests.servers import postgres as postgres_service
from tests.servers.databases import Engine, Postgres, Sqlite, made

SHARED = Path(__file__).parents[2] / "shared"
MARKS = {"chromium": "browser", "cluster": "postgres"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in MARKS.keys() & getattr(item, "fixturenames", ()):
            item.add_marker(MARKS[fixture])


def missing(what: str) -> NoReturn:
    """Skip a test for which something is not installed; in the pipeline nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(autouse=True)
def closed_databases() -> Iterator[None]:
    """Close what a test put together, so that no connection is left."""
    yield
    while makers.OPENED:
        makers.OPENED.pop().database.close()


@pytest.fixture
def clock() -> makers.Clock:
    return makers.Clock()


@pytest.fixture
def container(tmp_path: Path, clock: makers.Clock) -> Container:
    """Put an instance together whose clock stands still until a test moves it."""
    return makers.make_container(tmp_path, now=clock)


@pytest.fixture
def client(container: Container) -> FlaskClient:
    return makers.make_app(container).test_client()


@pytest.fixture
def worker(container: Container, client: FlaskClient) -> FlaskClient:
    """Sign a front-line worker in."""
    makers.make_staff(container, "Robin", Role.WORKER)
    makers.sign_in(client)
    return client


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres_service.Cluster]:
    programs = postgres_service.programs()
    if programs is None:
        missing("PostgreSQL")
    with postgres_service.running(programs) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return Sqlite(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_engine(cluster: postgres_service.Cluster) -> Engine:
    return Postgres(cluster)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give each engine in turn: what asks for it, or for what stands on it, runs once on each."""
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def database_url(engine: Engine) -> Iterator[str]:
    """Give the address of a database with the newest tables and no rows."""
    with made(engine) as url:
        yield url


@pytest.fixture
def empty_database_url(engine: Engine) -> Iterator[str]:
    """Give the address of a database without tables."""
    with made(engine, tables=False) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_engine: Engine) -> Iterator[str]:
    """Give the address of a PostgreSQL database with the newest tables and no rows."""
    with made(postgres_engine) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = chromium_service.program()
    if program is None:
        missing("Chromium")
    with chromium_service.running(program) as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Give a page of a browser that remembers nothing of the tests before."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of reference material beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the reference material ../shared is not here")
    return SHARED
