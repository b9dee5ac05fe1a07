"""How fast texts are answered, beside a bare view that checks the same signature.

python -m benchmarks.text_line_throughput
    [--stored 1 1000 100000] [--processes 1 4] [--database sqlite]
"""

import argparse
import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import urlencode

from sqlalchemy import insert

from benchmarks.text_line_server import PUBLIC, TOKEN
from directory_data.region import load_region
from navigator.container import Container, build_container
from navigator.services.instance_setup import initialize
from navigator.settings import load_settings
from navigator.storage.tables import ConversationRow, InboundMessageRow
from sms.console_carrier import new_sid
from sms.signature import HEADER, sign
from tests.servers import postgres
from tests.servers.databases import Postgres, made

URL = f"{PUBLIC}/sms/messages"
FIRST = "I'm {age} in {town} and {need}"
THEN = ("1", "1", "0", "1", "Sam", "more", "2", "menu", "food")
TOWNS = tuple(town.name.en for town in load_region().vocabulary.towns)
NEEDS = (
    "couch surfing",
    "I need food",
    "behind on my rent",
    "I need a dentist",
    "I want to see a counsellor",
    "I lost my job",
    "I have no family doctor",
)
NUMBERS = itertools.count(2_000_000)
"""No number is used twice: whoever texts too often is left without an answer."""

A_SECOND, SECONDS, AT_ONCE, PEOPLE = 20, 15, 16, 50
BATCH = 2000
KEPT_FOR_LATER = b"Sorry, we are slow now"


def fill(container: Container, first: int, last: int) -> None:
    """Store conversations with ten texts each; their words are the same, sealed once."""
    words = container.encryption.encrypt("some words of a person, as long as a text is")
    now = container.now()
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        with container.database.unit_of_work() as uow:
            ids = uow.session.scalars(
                insert(ConversationRow).returning(ConversationRow.id),
                [
                    {
                        "number_hash": container.encryption.keyed_hash(f"+1700{number:07d}"),
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
            uow.session.execute(
                insert(InboundMessageRow),
                [
                    {
                        "sid": f"F{talk}-{text}", "conversation_id": talk, "body_sealed": words,
                        "reply_sealed": words, "danger": "none", "at": now,
                    }
                    for talk in ids
                    for text in range(10)
                ],
            )  # fmt: skip


@dataclass
class Texter:
    """A person with what they text, line by line; each is another age, town and need."""

    place: int
    said: int = 0

    @property
    def number(self) -> str:
        """Give the number of the phone."""
        return f"+1416{self.place:07d}"

    @property
    def body(self) -> str:
        """Give the next line."""
        if self.said:
            return THEN[self.said - 1]
        age, town, need = self.place % 61 + 17, self.place % len(TOWNS), self.place % len(NEEDS)
        return FIRST.format(age=age, town=TOWNS[town], need=NEEDS[need])

    def next(self) -> "Texter":
        """Give who texts when it is this one's turn again; who has said all makes room."""
        self.said += 1
        return self if self.said <= len(THEN) else Texter(next(NUMBERS))


class Texters:
    """People who text, each the next line of a talk once the last one was answered."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seconds: list[float] = []
        self.failures: Counter[str] = Counter()
        self._turns: SimpleQueue[Texter] = SimpleQueue()
        for _ in range(PEOPLE):
            self._turns.put(Texter(next(NUMBERS)))

    def text(self) -> None:
        """Send one text, and keep how long the answer took and what was wrong with it."""
        texter = self._turns.get()
        params = [
            ("MessageSid", new_sid()), ("From", texter.number), ("To", "+15550100000"),
            ("Body", texter.body), ("NumMedia", "0"), ("FromCity", ""),
        ]  # fmt: skip
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            HEADER: sign(url=URL, params=params, token=TOKEN),
        }
        posted = urlencode(params).encode()
        begun = time.perf_counter()
        wrong = self._post(posted, headers)
        self.seconds.append(time.perf_counter() - begun)
        if wrong:
            self.failures[wrong] += 1
        self._turns.put(texter.next())

    def _post(self, posted: bytes, headers: dict[str, str]) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", "/sms/messages", posted, headers)
            answer = connection.getresponse()
            words = answer.read()
        except OSError as error:
            return type(error).__name__
        finally:
            connection.close()
        if answer.status != 200:
            return f"status {answer.status}"
        if KEPT_FOR_LATER in words:
            return "kept on disk"
        return "" if b"<Message>" in words else "silence"

    def steadily(self, pool: ThreadPoolExecutor) -> dict[str, float]:
        """Send so many a second, and give what the answers took."""
        begun = time.perf_counter()
        waits = []
        for number in range(A_SECOND * SECONDS):
            time.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
            waits.append(pool.submit(self.text))
        for wait in waits:
            wait.result()
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
def serving(kind: str, processes: int, home: Path, url: str) -> Iterator[tuple[int, int]]:
    """Serve in processes of its own; give the port, and the id of the first process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "benchmarks.text_line_server", kind]
    server = subprocess.Popen([*command, str(port), str(processes), str(home), url])
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def measure(kind: str, processes: int, home: Path, url: str) -> dict[str, object]:
    """Measure one server: 20 texts a second, then as many as it can."""
    with (
        serving(kind, processes, home, url) as (port, server),
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        warm = Texters(port)
        list(pool.map(lambda _: warm.text(), range(40)))
        texters = Texters(port)
        steady = texters.steadily(pool)
        before = cpu_seconds(server)
        most = texters.at_full_speed(pool)
        each = round(1000 * (cpu_seconds(server) - before) / len(texters.seconds), 2)
        more = {"texts_a_second": most, "cpu_ms": each, "failures": dict(texters.failures)}
        return {**steady, **more}


def cpu_seconds(server: int) -> float:
    """Give what a server and its processes have computed: this counts on a busy machine too."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if server in {int(stat.parent.name), int(fields[1])}:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def on(engine: str, url: str, stored: list[int], processes: list[int]) -> None:
    """Measure with ever more stored conversations."""
    with tempfile.TemporaryDirectory(prefix="navigator-benchmark-") as name:
        home = Path(name)
        settings = load_settings({"NAVIGATOR_HOME": name, "DATABASE_URL": url})
        list(initialize(settings))
        container = build_container(settings)
        for count in processes:
            show("bare view", count, 0, measure("bare", count, home, settings.database_url))
        there = 0
        for wanted in stored:
            fill(container, there, wanted)
            there = wanted
            for count in processes:
                figures = measure("ours", count, home, settings.database_url)
                show(f"ours, {engine}", count, wanted, figures)
        container.database.close()


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
