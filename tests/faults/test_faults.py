"""The shorter form of `make faults`: each text one effect, each letter once, on both databases."""

from pathlib import Path

import pytest

from tests.faults.run import run

TEXTS = 60


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_nothing_is_lost_or_doubled_while_processes_are_killed(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgres" else ""
    away = 2.0 if engine == "postgres" else 0.0
    figures = run(tmp_path, url, texts=TEXTS, at_once=5, away=away, every=20)
    assert figures["wrong"] == (), figures
    assert figures["texts"] == TEXTS
    assert isinstance(figures["kills"], int)
    assert figures["kills"] > 1
