"""A private PostgreSQL server for the tests: reached by a socket only, gone when they end."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwnam, struct_passwd

import psycopg

OLDEST = 13
"""The first version that can drop a database while connections are open."""

STARTS_WITHIN_S = 30

SPEED_BEFORE_SAFETY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "listen_addresses": "",
}


class DidNotStart(Exception):
    """The server could not be started; the text holds its log."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    folder: Path

    def url(self, name: str) -> str:
        """Give the address of a database, as DATABASE_URL takes it."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> None:
        """Make a database: an empty one, or a copy of another that nobody is connected to."""
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def drop(self, name: str) -> None:
        """Remove a database, also while somebody is connected to it."""
        self._do(f'DROP DATABASE "{name}" WITH (FORCE)')

    def answers(self) -> bool:
        """Say whether the server takes connections."""
        try:
            self._do("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _do(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


def programs() -> Path | None:
    """Find the folder of the newest server programs; None where there are none."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    found = [(_version(folder), folder) for folder in folders]
    version, folder = max(found, default=(0, Path()))
    return folder if version >= OLDEST else None


@contextmanager
def running(programs: Path) -> Iterator[Cluster]:
    """Run a new server until the block ends."""
    with tempfile.TemporaryDirectory(prefix="navigator-postgres-") as name:
        folder, owner = Path(name), _owner()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        server = _start(programs, folder, owner)
        try:
            yield _when_ready(Cluster(folder), server)
        finally:
            # At once: nothing is to be kept, and a forgotten connection is not waited for.
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _start(programs: Path, folder: Path, owner: struct_passwd | None) -> "subprocess.Popen[bytes]":
    data = str(folder / "data")
    options = "--username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
    maker = _spawn([str(programs / "initdb"), "-D", data, *options.split()], folder, owner)
    if maker.wait():
        raise DidNotStart((folder / "log").read_text())
    settings = [f"--{name}={value}" for name, value in SPEED_BEFORE_SAFETY.items()]
    server = [str(programs / "postgres"), "-D", data, "-k", str(folder), *settings]
    return _spawn([*_dies_with_us(), *server], folder, owner)


def _spawn(
    command: list[str], folder: Path, owner: struct_passwd | None
) -> "subprocess.Popen[bytes]":
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            # A server refuses to run as root.
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )


def _when_ready(cluster: Cluster, server: "subprocess.Popen[bytes]") -> Cluster:
    latest = time.monotonic() + STARTS_WITHIN_S
    while not cluster.answers():
        if server.poll() is not None or time.monotonic() > latest:
            raise DidNotStart((cluster.folder / "log").read_text())
        time.sleep(0.02)
    return cluster


def _dies_with_us() -> tuple[str, ...]:
    # Tests that are killed must not leave a server behind.
    return ("setpriv", "--pdeathsig", "QUIT", "--") if shutil.which("setpriv") else ()


def _owner() -> struct_passwd | None:
    if os.geteuid() != 0:
        return None
    try:
        return getpwnam("postgres")
    except KeyError:
        return getpwnam("nobody")


def _version(folder: Path) -> int:
    if not (folder / "initdb").is_file():
        return 0
    told = subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, check=False)
    # postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)
    words = told.stdout.split()
    return int(words[2].split(".")[0]) if len(words) > 2 else 0
