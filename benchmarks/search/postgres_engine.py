"""PostgreSQL in a server of its own: full text as Ohana has it, and trigrams (pg_trgm)."""

# ruff: noqa: D102 - what the methods do stands in engine_interface.Engine

import getpass
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import psycopg

from benchmarks.search.engine_interface import FIELDS, LIMIT, NotInstalled, text_of
from search_index.index_schema import IndexEntry

# As Ohana: all words must be there, description above name, English stems.
_DOCUMENT = """setweight(to_tsvector('english', description), 'A') ||
    setweight(to_tsvector('english', name || ' ' || alternates || ' ' || organization), 'B')"""
_OHANA = f"""select id from t, plainto_tsquery('english', %(q)s) q
    where document @@ q order by ts_rank(document, q) desc limit {LIMIT}"""
_TRIGRAMS = f"""select id from t where name %% %(q)s or %(q)s <%% everything
    order by greatest(similarity(name, %(q)s), word_similarity(%(q)s, everything)) desc
    limit {LIMIT}"""


def _as_owner() -> dict[str, str]:
    """A server refuses to run as root; then it runs as the user of that name, if there is one."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise NotInstalled("no user to run a server") from error
    return {"user": "postgres", "group": "postgres"}


class Postgres:
    """`trigrams`: pg_trgm's similarity instead of full text."""

    def __init__(self, *, trigrams: bool) -> None:
        if not (shutil.which("initdb") and shutil.which("pg_ctl")):
            raise NotInstalled("no server binary")
        self._owner = _as_owner()
        self._query = _TRIGRAMS if trigrams else _OHANA

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        if self._owner:
            shutil.chown(folder, **self._owner)
        self._run("initdb", "-D", str(folder / "data"), "-U", "bench", "-A", "trust", "-N")
        with self._started(folder) as connection:
            connection.execute("create extension pg_trgm")
            columns = ", ".join(f"{field} text" for field in FIELDS)
            connection.execute(f"create table t (id text, {columns})")
            with connection.cursor().copy(f"copy t (id, {', '.join(FIELDS)}) from stdin") as copy:
                for entry in entries:
                    copy.write_row([entry.id, *(text_of(entry, field) for field in FIELDS)])
            connection.execute("alter table t add document tsvector, add everything text")
            everything = " || ' ' || ".join(FIELDS)
            connection.execute(f"update t set document = {_DOCUMENT}, everything = {everything}")
            connection.execute("create index on t using gin (document)")
            connection.execute("create index on t using gin (name gin_trgm_ops)")
            connection.execute("create index on t using gin (everything gin_trgm_ops)")
            connection.commit()
            connection.autocommit = True
            connection.execute("vacuum full analyze t")
        self._run("pg_ctl", "-D", str(folder / "data"), "-w", "-m", "fast", "stop")

    def open(self, folder: Path) -> None:
        self._folder = folder
        self._connection = self._started(folder)

    def search(self, words: str, *, typing: bool) -> Sequence[str]:  # noqa: ARG002 - has no such
        return [row[0] for row in self._connection.execute(self._query, {"q": words})]

    def memory(self) -> float | None:
        """Add up what the server's processes hold, shared parts by their share."""
        pids = (self._folder / "data" / "postmaster.pid").read_text().split()[:1]
        children = Path(f"/proc/{pids[0]}/task/{pids[0]}/children").read_text().split()
        total = 0
        for pid in (*pids, *children):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
        return total / 1024

    def close(self) -> None:
        self._connection.close()
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-w", "-m", "fast", "stop")

    def _started(self, folder: Path) -> psycopg.Connection[tuple[str, ...]]:
        options = f"-k {folder} -c listen_addresses='' -c shared_buffers=256MB -c jit=off"
        log = str(folder / "log")
        self._run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", log, "-o", options, "start")
        return psycopg.connect(
            f"host={folder} user=bench dbname=postgres", autocommit=False, prepare_threshold=2
        )

    def _run(self, *command: str) -> None:
        home = self._owner.get("user") or getpass.getuser()
        subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={**os.environ, "LC_ALL": "C.UTF-8", "USER": home},
            **self._owner,
        )
