"""A production process has nothing of the demo in memory; a demo has all of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.makers import make_container

LOADED = """
print("loaded:", *sorted(name for name in sys.modules if name.startswith("navigator.demo.")))
"""

WEB = """
import os, sys
from navigator.app import create_app
from navigator.container import build_container
from navigator.settings import load_settings
container = build_container(load_settings(os.environ))
assert create_app(container).test_client().get("/").status_code == 200
container.database.close()
"""

WORKER = """
import os, sys
from navigator.container import build_container
from navigator.settings import load_settings
from navigator.worker import run_worker
container = build_container(load_settings(os.environ))
run_worker(container, once=True)
container.database.close()
"""

COMMANDS = """
import sys
from navigator.cli.main import commands
for command in ("init", "talk", "texts status", "worker --once"):
    commands(command.split(), standalone_mode=False)
"""

SIMULATOR = "navigator.demo.phone_simulator"
CARRIER = "navigator.demo.fault_injecting_carrier"
SIGN_INS = "navigator.demo.sign_ins"


def demo_modules(home: Path, program: str, mode: str) -> set[str]:
    """Run a program as a process of an instance; give the modules of the demo that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", program + LOADED],
        env={**os.environ, "NAVIGATOR_HOME": str(home), "NAVIGATOR_MODE": mode},
        input="food\n\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rsplit("loaded:", 1)[1].split())


@pytest.mark.parametrize("program", [WEB, WORKER, COMMANDS], ids=["web", "worker", "commands"])
def test_a_production_process_has_no_demo_in_memory(tmp_path: Path, program: str) -> None:
    make_container(tmp_path, NAVIGATOR_MODE="production")
    assert demo_modules(tmp_path, program, "production") == set()


@pytest.mark.parametrize(
    ("program", "loaded"),
    [(WEB, {SIMULATOR}), (COMMANDS, {CARRIER, SIGN_INS})],
    ids=["web", "commands"],
)
def test_a_demo_loads_what_it_adds(tmp_path: Path, program: str, loaded: set[str]) -> None:
    make_container(tmp_path)
    assert demo_modules(tmp_path, program, "demo") == loaded
