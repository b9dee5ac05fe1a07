"""Run the text line under faults, and say what held: python -m tests.faults.run --texts 10000."""

import argparse
import json
import sys
import tempfile
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path

from navigator.container import build_container
from navigator.messaging.inbound.reconciliation import reconcile
from navigator.services.instance_setup import initialize
from navigator.settings import load_settings
from tests.faults.invariants import Verdict, expected_replies, judge, settled
from tests.faults.scenarios import callers
from tests.faults.simulated_people import parts_of
from tests.faults.system_under_test import Actors, Town, carrier, moment, outage
from tests.servers import postgres
from tests.servers.databases import Postgres, made

SETTLES_WITHIN_SECONDS = 300
"""The third try of a letter comes 36 minutes after the first: 216 seconds of a run."""
OUTAGE_SECONDS = {"sqlite": 12.0, "postgres": 4.0}


def run(
    home: Path, url: str, *, texts: int, at_once: int, away: float, every: int
) -> dict[str, object]:
    """Run it once on a database; give the figures."""
    environment = {"NAVIGATOR_HOME": str(home), "DATABASE_URL": url}
    settings = load_settings(environment)
    list(initialize(settings))
    undisturbed = load_settings({"NAVIGATOR_HOME": str(home / "undisturbed")})
    list(initialize(undisturbed))
    reference = build_container(undisturbed)
    expected = expected_replies(reference)
    reference.database.close()
    people, started, begun = callers(texts), moment(), time.monotonic()
    with carrier(started, letters=texts) as fake:
        actors = Actors(home, settings.database_url, fake.base_url, started, every=every)
        try:
            town = Town(fake, actors.ports)
            actors.begin_killing(town.told)
            gone = threading.Thread(target=outage, args=(settings.database_url, away))
            waiting = threading.Timer(3.0, gone.start)
            if away:
                waiting.start()
            town.text_all(people, at_once=at_once)
            if away:
                waiting.join()
                gone.join()
            texted = time.monotonic() - begun
            actors.stop_killing()
            container = parts_of(home, settings.database_url, fake.base_url, started)
            reconcile(container, started)
            end = time.monotonic() + SETTLES_WITHIN_SECONDS
            while time.monotonic() < end and not settled(container):
                time.sleep(0.5)
        finally:
            actors.end()
        verdict = judge(container, fake, town.told, people, expected)
        container.database.close()
    return _figures(verdict, town, actors, texted, time.monotonic() - begun)


def _figures(
    verdict: Verdict, town: Town, actors: Actors, texted: float, whole: float
) -> dict[str, object]:
    told = town.told
    ordered = sorted(told.seconds)
    return {
        **asdict(replace(verdict, wrong=verdict.wrong[:20])),
        "wrong_count": len(verdict.wrong),
        "posts": told.posts,
        "posts_that_failed": told.failed_posts,
        "copies_at_once": told.copies,
        "never_posted": told.lost,
        "kills": actors.kills,
        "p95_ms": round(1000 * ordered[int(len(ordered) * 0.95)]) if ordered else None,
        "texting_seconds": round(texted, 1),
        "whole_seconds": round(whole, 1),
    }


def main() -> int:
    """Run on the databases that are asked for; 1 where something did not hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=int, default=10_000)
    options.add_argument("--at-once", type=int, default=16)
    options.add_argument("--every", type=int, default=150, help="Posts between two kills.")
    options.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    chosen = options.parse_args()
    wrong = False
    for engine in ("sqlite", "postgres"):
        if chosen.database not in {engine, "both"}:
            continue
        figures = _on(engine, texts=chosen.texts, at_once=chosen.at_once, every=chosen.every)
        sys.stdout.write(json.dumps({"database": engine, **figures}, indent=2) + "\n")
        wrong = wrong or bool(figures["wrong_count"])
    return int(wrong)


def _on(engine: str, *, texts: int, at_once: int, every: int) -> dict[str, object]:
    away = OUTAGE_SECONDS[engine]
    with tempfile.TemporaryDirectory(prefix="navigator-faults-") as name:
        home = Path(name)
        if engine == "sqlite":
            return run(home, "", texts=texts, at_once=at_once, away=away, every=every)
        programs = postgres.programs()
        if programs is None:
            raise SystemExit("PostgreSQL is not installed")
        with postgres.running(programs) as cluster, made(Postgres(cluster), tables=False) as url:
            return run(home, url, texts=texts, at_once=at_once, away=away, every=every)


if __name__ == "__main__":
    raise SystemExit(main())
