"""Run every check of the code, show what is wrong, and end with one line that names what failed."""

import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
CHECKS = (
    ("ruff", "check", "--quiet"),
    ("ruff", "format", "--check", "--quiet"),
    ("mypy", "--no-error-summary"),
    ("mypy", "--no-error-summary", "-p", "scripts", "-p", "tests.servers"),
    ("lint-imports", "--no-logo"),
    ("djlint", "--lint", "--quiet", "navigator/web", "navigator/demo"),
)


def passes(check: tuple[str, ...]) -> bool:
    """Run one check; say that it is well in one line, or show what it says."""
    words = " ".join(check)
    started = time.monotonic()
    done = subprocess.run(
        [PROGRAMS / check[0], *check[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    result = "failed" if done.returncode else f"{time.monotonic() - started:.1f} s"
    print(f"{words} ... {result}")
    if done.returncode:
        print(done.stdout)
    sys.stdout.flush()
    return done.returncode == 0


def main() -> int:
    """Run all checks, also after one failed."""
    failed = [" ".join(check) for check in CHECKS if not passes(check)]
    if failed:
        print(f"CHECKS FAILED: {'; '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
