"""See that PostgreSQL, Chromium and nginx are there for the tests; install what is missing."""

import os
import subprocess
import sys
from collections.abc import Callable

from tests.servers import chromium, nginx, postgres

NEEDED: tuple[tuple[str, Callable[[], object], str], ...] = (
    ("PostgreSQL (13 or newer)", postgres.programs, "postgresql"),
    ("Chromium", chromium.program, "chromium"),
    ("nginx", nginx.program, "nginx-light"),
)


def ready(name: str, find: Callable[[], object], package: str) -> bool:
    """Say whether a service is there, after trying to install it; where not, say what to do."""
    if find():
        return True
    subprocess.run(["/bin/sh", "scripts/apt.sh", package], check=False)
    if find():
        return True
    print(f"{name} is missing, its tests can't run. Install it: sudo apt install {package}")
    return False


def main() -> int:
    """Look for all services; a missing one is a failure in the pipeline only."""
    missing = [name for name, find, package in NEEDED if not ready(name, find, package)]
    return 1 if missing and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
