"""The pages and the text line as processes of their own, started as an operator starts them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.servers.ports import free_ports

STARTS_WITHIN_S = 90


@dataclass(frozen=True, slots=True)
class Processes:
    """The ports of both."""

    web: int
    sms: int


@contextmanager
def running(home: Path, **settings: str) -> Iterator[Processes]:
    """Run both parts of an instance until the block ends."""
    web, sms = free_ports(2)
    environment = {**os.environ, "NAVIGATOR_HOME": str(home), **settings}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "navigator", "serve", "--only", part, "--port", str(port)],
            env=environment,
        )
        for part, port in (("web", web), ("sms", sms))
    ]
    try:
        for port, process in zip((web, sms), started, strict=True):
            _wait_until_ready(port, process)
        yield Processes(web, sms)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(20)


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN_S
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the process did not get ready")
