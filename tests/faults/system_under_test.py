"""The fault run itself: people who text, a carrier with faults, processes that are killed."""

import http.client
import random
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from sms.signature import HEADER, sign
from tests.fakes.twilio_server import FakeTwilio
from tests.faults.scenarios import Caller
from tests.faults.simulated_people import fast_clock
from tests.makers import twiml_messages

PUBLIC = "https://texts.example.org/sms/messages"
DOUBLED, LOST = 0.1, 0.2
"""How many texts come twice at once, and how many last ones of a number reach no webhook."""

SEND_FAULTS = (
    "429",
    "500",
    "503",
    "500_after_accept",
    "timeout",
    "timeout_after_accept",
    "reset_after_accept",
    "garbage_after_accept",
)
PATIENCE_SECONDS = 14
"""The carrier waits 15 seconds."""


@dataclass
class Told:
    """What the people of the run know: each text with all replies that it got."""

    sids: dict[str, list[str]] = field(default_factory=dict)
    replies: dict[str, set[str]] = field(default_factory=dict)
    posts: int = 0
    copies: int = 0
    failed_posts: int = 0
    lost: int = 0
    seconds: list[float] = field(default_factory=list)


class Actors:
    """Two web processes and a worker, each killed now and then and started again."""

    def __init__(
        self, home: Path, url: str, carrier_url: str, started: datetime, *, every: int
    ) -> None:
        self._every = every
        self.ports = (_free_port(), _free_port())
        self.kills = 0
        self._ending = threading.Event()
        command = [sys.executable, "-m", "tests.faults.simulated_people"]
        self._stage = subprocess.Popen(
            [*command, str(home), url, carrier_url, started.isoformat()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._pids = {role: self._start(role) for role in self._roles}

    @property
    def _roles(self) -> tuple[str, ...]:
        return (*(f"web {port}" for port in self.ports), "worker")

    def _start(self, role: str) -> int:
        assert self._stage.stdin is not None
        assert self._stage.stdout is not None
        self._stage.stdin.write(f"{role}\n")
        self._stage.stdin.flush()
        return int(self._stage.stdout.readline())

    def begin_killing(self, told: Told) -> None:
        """Kill one of them every so many posts: a fast machine is spared nothing."""
        self._killer = threading.Thread(target=self._kill_at_random, args=(told,))
        self._killer.start()

    def stop_killing(self) -> None:
        """Let them work in peace from now on."""
        self._ending.set()
        self._killer.join()

    def end(self) -> None:
        """End all."""
        for pid in self._pids.values():
            _kill(pid)
        self._stage.communicate()

    def _kill_at_random(self, told: Told) -> None:
        chance = random.Random(5)
        due = told.posts + self._every // 2
        while not self._ending.wait(0.01):
            if told.posts < due:
                continue
            due = told.posts + chance.uniform(0.1, 1.9) * self._every
            role = chance.choice(self._roles)
            _kill(self._pids[role])
            self.kills += 1
            self._ending.wait(chance.uniform(0.0, 0.3))
            self._pids[role] = self._start(role)


def _kill(pid: int) -> None:
    subprocess.run(["kill", "-9", str(pid)], check=False, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Town:
    """People who text through the carrier, each waiting until the last text was taken."""

    def __init__(self, fake: FakeTwilio, ports: tuple[int, ...], seed: int = 1) -> None:
        self.fake = fake
        self.ports = ports
        self.told = Told()
        self._lock = threading.Lock()
        self._chance = random.Random(seed)

    def text_all(self, callers: list[Caller], *, at_once: int) -> None:
        """Have everybody text their story, so many at the same time."""
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(self._text, callers))

    def _text(self, caller: Caller) -> None:
        last = len(caller.bodies) - 1
        for place, body in enumerate(caller.bodies):
            message = self.fake.receive(caller.number, body)
            with self._lock:
                self.told.sids.setdefault(caller.number, []).append(message.sid)
                doubled = self._chance.random() < DOUBLED
                lost = place == last and self._chance.random() < LOST
            if lost:
                self.told.lost += 1
                return
            if doubled:
                self.told.copies += 1
                other = threading.Thread(target=self._post, args=(message, 1))
                other.start()
                self._until_taken(message)
                other.join()
            else:
                self._until_taken(message)

    def _until_taken(self, message: object) -> None:
        for attempt in range(60):
            if self._post(message, attempt):
                return
            time.sleep(0.1)

    def _post(self, message: object, attempt: int) -> bool:
        """Post to one process; the next attempt is the fallback at the other one."""
        params = message.webhook_fields()  # type: ignore[attr-defined]
        signed = sign(url=PUBLIC, params=params, token=self.fake.auth_token)
        headers = {"Content-Type": "application/x-www-form-urlencoded", HEADER: signed}
        port = self.ports[attempt % len(self.ports)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        begun = time.monotonic()
        try:
            connection.request("POST", "/sms/messages", urlencode(params).encode(), headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            body = b""
        finally:
            connection.close()
        with self._lock:
            self.told.posts += 1
            if not body or answer.status != 200:
                self.told.failed_posts += 1
                return False
            self.told.seconds.append(time.monotonic() - begun)
            sid = message.sid  # type: ignore[attr-defined]
            self.told.replies.setdefault(sid, set()).add("".join(twiml_messages(body)))
        return True


def outage(url: str, seconds: float) -> None:
    """Take the database away for some time: locked (SQLite), or closed to all (PostgreSQL)."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)
        connection.isolation_level = None
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()
        return
    name, host = re.search(r"@/(\w+)\?host=(.+)", url).groups()  # type: ignore[union-attr]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')  # type: ignore[arg-type]
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                      (name,))  # fmt: skip
        time.sleep(seconds)
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')  # type: ignore[arg-type]


@contextmanager
def carrier(started: datetime, letters: int) -> Iterator[FakeTwilio]:
    """Give a carrier on which many sends go wrong, in every way."""
    chance = random.Random(3)
    with FakeTwilio(clock=lambda: fast_clock(started)) as fake:
        for _ in range(letters // 3):
            fake.script("ok", chance.choice(SEND_FAULTS), "ok")
        yield fake


def moment() -> datetime:
    """Give the beginning of a run."""
    return datetime.now(UTC)
