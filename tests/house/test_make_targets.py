"""The two commands and what they stand on: the Makefile explains itself, the locks are plain."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from scripts.new_migration import MIGRATIONS, write_migration
from tests.makers import make_container

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PINNED = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[0-9][\w.+!-]*)(?: ; [^:/\\]+)? \\"
)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def pins(lock: str) -> dict[str, str]:
    found = (PINNED.fullmatch(line) for line in (ROOT / lock).read_text().splitlines())
    return {match["name"]: match["version"] for match in found if match}


def wanted(requirements: str) -> set[str]:
    lines = (ROOT / requirements).read_text().splitlines()
    return {line.split("[")[0].lower() for line in lines if line and line[0] not in "#-"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    assert [line for line in lines if not PINNED.fullmatch(line) and not HASH.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_was_asked_for(lock: str) -> None:
    asked = wanted(lock.replace(".lock", ".in")) | wanted("requirements.in")
    assert asked - pins(lock).keys() == set()


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_tests_and_benchmarks_run_on_the_versions_that_are_served(lock: str) -> None:
    assert pins("requirements.lock").items() - pins(lock).items() == set()


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    told = subprocess.run(
        ["make", "help"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # without what a make above this test hands down
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.split()[1] for line in told.stdout.splitlines()] == targets
    assert all(len(line.split()) > 3 for line in told.stdout.splitlines()), "says what it does"
    assert {"install", "run", "test", "shell", "migration", "docs", "help"} <= set(targets)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Make a folder that holds only what setting up reads."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.lock", "requirements.in", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def set_up(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "scripts/install.sh", "requirements.lock"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def program(path: Path, lines: str) -> str:
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return str(path)


def test_an_old_python_is_refused_in_one_line(fresh: Path) -> None:
    done = set_up(fresh, program(fresh / "python2", "exit 1"))
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_installation_that_failed_is_not_taken_for_one_that_worked(fresh: Path) -> None:
    (fresh / "requirements.lock").write_text("no-such-package\n")
    (fresh / ".venv/bin").mkdir(parents=True)
    program(fresh / ".venv/bin/python", "exit 1")
    fake = program(fresh / "python3", f'case "$*" in *executable*) echo "{fresh}/python3";; esac')
    assert set_up(fresh, fake).returncode != 0
    assert list((fresh / ".venv").glob(".made-from-*")) == []


def in_shell(home: Path, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.shell"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "NAVIGATOR_HOME": str(home)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_shell_opens_the_instance(tmp_path: Path) -> None:
    make_container(tmp_path)
    typed = """
print("found:", edition.index.search("shleter acton").total > 0)
with unit_of_work() as uow:
    select = "SELECT count(*) FROM edition"
    print("kept:", uow.session.connection().exec_driver_sql(select).scalar())

print("mode:", container.settings.mode)
"""
    told = in_shell(tmp_path, typed)
    assert told.returncode == 0, told.stderr
    for words in ("found: True", "kept: 1", "mode: demo"):
        assert words in told.stdout, told.stderr


def test_a_shell_without_an_instance_says_so_in_one_line(tmp_path: Path) -> None:
    told = in_shell(tmp_path / "nothing", "")
    assert told.returncode != 0
    (line,) = told.stderr.splitlines()
    assert "navigator init" in line


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """Make a folder of migrations to write into."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_a_new_migration_goes_on_from_the_newest_in_both_directions(
    migrations: Path, tmp_path: Path
) -> None:
    before = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    number = int(before[-1][:4]) + 1
    path = write_migration("add colour to person", migrations)
    assert path.name == f"{number:04}_add_colour_to_person.py"
    after = write_migration("Forget colour again.", migrations)
    config = Config()
    config.set_main_option("script_location", str(migrations))
    newest = ScriptDirectory.from_config(config).get_revision("head")
    assert newest is not None
    assert (newest.revision, newest.down_revision) == (after.name[:4], path.name[:4])
    assert newest.doc == "Forget colour again."
    engine = create_engine(f"sqlite:///{tmp_path / 'try.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        assert MigrationContext.configure(connection).get_current_revision() == after.name[:4]
        command.downgrade(config, before[-1][:4])
        assert MigrationContext.configure(connection).get_current_revision() == before[-1][:4]
    engine.dispose()
    assert sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py")) == before


def test_a_migration_without_a_name_is_not_written(migrations: Path) -> None:
    with pytest.raises(ValueError, match="say what it does"):
        write_migration(" ?", migrations)
