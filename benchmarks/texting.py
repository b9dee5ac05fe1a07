"""How fast texts are answered, beside a bare view that checks the same signature.

python -m benchmarks.texting [--stored 1 1000 100000] [--processes 1 4] [--database sqlite]
"""

import argparse
import http.client
import itertools
import json
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert

from benchmarks.texting_server import PUBLIC, TOKEN
from navigator.actions.setting_up import initialize
from navigator.parts import Parts, assemble
from navigator.settings import read
from navigator.storage.rows import ConversationRow, IncomingRow
from sms.console import new_sid
from sms.signature import HEADER, sign
from tests.services import postgres
from tests.services.databases import Postgres, made

URL = f"{PUBLIC}/sms/messages"
TALK = (
    "I'm 17 in Milton and couch surfing",
    "1",
    "1",
    "0",
    "1",
    "Sam",
    "more",
    "2",
    "menu",
    "food",
)
A_SECOND, SECONDS, AT_ONCE = 20, 15, 16
BATCH = 2000


def fill(parts: Parts, first: int, last: int) -> None:
    """Store conversations with ten texts each; their words are the same, sealed once."""
    words = parts.vault.seal("some words of a person, as long as a text is")
    now = parts.now()
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        with parts.database.transaction() as tx:
            ids = tx.scalars(
                insert(ConversationRow).returning(ConversationRow.id),
                [
                    {
                        "number_hash": parts.vault.hash(f"+1700{number:07d}"),
                        "number_sealed": words,
                        "state_sealed": words,
                        "language": "en",
                        "mode": "bot",
                        "started_at": now,
                        "heard_at": now,
                    }
                    for number in numbers
                ],
            ).all()
            tx.execute(
                insert(IncomingRow),
                [
                    {
                        "sid": f"F{talk}-{text}", "conversation_id": talk, "body_sealed": words,
                        "reply_sealed": words, "danger": "none", "at": now,
                    }
                    for talk in ids
                    for text in range(10)
                ],
            )  # fmt: skip


class Texters:
    """People who text, each the next line of the same talk when it is their turn."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seconds: list[float] = []
        self.failures = 0
        self._turns = itertools.count()
        self._local = threading.local()
        self._run = secrets.randbelow(700) + 200

    def text(self) -> None:
        """Send one text and keep how long the answer took."""
        turn = next(self._turns)
        talk, line = divmod(turn, 50 * len(TALK))
        number = f"+1{self._run}55{talk % 100:02d}{line % 50:03d}"
        params = [
            ("MessageSid", new_sid()), ("From", number), ("To", "+15550100000"),
            ("Body", TALK[line // 50]), ("NumMedia", "0"), ("FromCity", ""),
        ]  # fmt: skip
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            HEADER: sign(url=URL, params=params, token=TOKEN),
        }
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/sms/messages", urlencode(params).encode(), headers)
            answer = connection.getresponse()
            words = answer.read()
            self.failures += answer.status != 200 or b"<Message>" not in words
        except OSError:
            self.failures += 1
        finally:
            connection.close()
        self.seconds.append(time.perf_counter() - begun)

    def steadily(self, pool: ThreadPoolExecutor) -> dict[str, float]:
        """Send so many a second, and give what the answers took."""
        begun = time.perf_counter()
        waits = []
        for number in range(A_SECOND * SECONDS):
            time.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
            waits.append(pool.submit(self.text))
        for one in waits:
            one.result()
        return self.figures()

    def at_full_speed(self, pool: ThreadPoolExecutor) -> float:
        """Send as fast as answers come; give answers a second."""
        self.seconds.clear()
        begun = time.perf_counter()
        end = begun + SECONDS
        list(pool.map(lambda _: self._until(end), range(AT_ONCE)))
        return round(len(self.seconds) / (time.perf_counter() - begun), 1)

    def _until(self, end: float) -> None:
        while time.perf_counter() < end:
            self.text()

    def figures(self) -> dict[str, float]:
        """Give the median and the 95th percentile, in milliseconds."""
        ordered = sorted(self.seconds)
        at = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
        return {
            name: round(1000 * ordered[int(share * (len(ordered) - 1))], 1)
            for name, share in at.items()
        }


@contextmanager
def serving(kind: str, processes: int, home: Path, url: str) -> Iterator[int]:
    """Serve in processes of its own; give the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "benchmarks.texting_server", kind]
    server = subprocess.Popen([*command, str(port), str(processes), str(home), url])
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def measure(kind: str, processes: int, home: Path, url: str) -> dict[str, object]:
    """Measure one server: 20 texts a second, then as many as it can."""
    with serving(kind, processes, home, url) as port, ThreadPoolExecutor(AT_ONCE) as pool:
        warm = Texters(port)
        list(pool.map(lambda _: warm.text(), range(40)))
        texters = Texters(port)
        steady = texters.steadily(pool)
        most = texters.at_full_speed(pool)
        return {**steady, "texts_a_second": most, "failures": texters.failures}


def on(engine: str, url: str, stored: list[int], processes: list[int]) -> None:
    """Measure with ever more stored conversations."""
    with tempfile.TemporaryDirectory(prefix="navigator-benchmark-") as name:
        home = Path(name)
        settings = read({"NAVIGATOR_HOME": name, "DATABASE_URL": url})
        list(initialize(settings))
        parts = assemble(settings)
        for count in processes:
            show("bare view", count, 0, measure("bare", count, home, settings.database_url))
        there = 0
        for wanted in stored:
            fill(parts, there, wanted)
            there = wanted
            for count in processes:
                figures = measure("ours", count, home, settings.database_url)
                show(f"ours, {engine}", count, wanted, figures)
        parts.database.close()


def show(what: str, processes: int, stored: int, figures: dict[str, object]) -> None:
    """Print one line of figures."""
    line = {"what": what, "processes": processes, "stored": stored, **figures}
    print(json.dumps(line), flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stored", type=int, nargs="+", default=[1, 1000, 100_000])
    options.add_argument("--processes", type=int, nargs="+", default=[1, 4])
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    chosen = options.parse_args()
    if chosen.database == "sqlite":
        on("sqlite", "", chosen.stored, chosen.processes)
        return
    programs = postgres.programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed")
    with postgres.running(programs) as cluster, made(Postgres(cluster), tables=False) as url:
        on("postgres", url, chosen.stored, chosen.processes)


if __name__ == "__main__":
    main()
