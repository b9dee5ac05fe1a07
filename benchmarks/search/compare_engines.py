"""Print one table of our search beside others: python -m benchmarks.search.compare_engines."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.search.engine_registry import ENGINES, MOST
from benchmarks.search.query_sets import queries
from benchmarks.search.service_sets import read

KINDS = ("short", "need", "typo", "long", "typo long", "typing")
HEAD = (
    f"{'engine':<19}{'build s':>9}{'disk MB':>9}{'RSS MB':>8}{'open ms':>9}"
    + "".join(f"{kind:>15}" for kind in KINDS)
    + f"{'all p95':>9}{'names':>7}{'texts':>7}"
)


def run(
    size: str, engines: list[str], count: int, budget: float, clock: str, folder: Path
) -> Iterator[str]:
    """Measure the engines on one set; yield the lines of the table."""
    entries = read(size)
    kinds = queries(entries, count)
    file = folder / "queries.json"
    as_json = {kind: [asdict(query) for query in several] for kind, several in kinds.items()}
    file.write_text(json.dumps(as_json))
    yield f"\n{size}: {len(entries)} services, up to {count} queries of a kind"
    yield HEAD
    services = len(entries)
    del entries
    built: dict[str, dict[str, Any]] = {}
    more: list[str] = []
    for name in engines:
        if services > MOST.get(name, services):
            yield f"{name:<19}  not measured with more than {MOST[name]:,} services"
            continue
        place = folder / ENGINES[name][3]
        if place.name not in built:
            built[place.name] = worker("build", name, str(place), size, clock)
        made = built[place.name]
        if "missing" in made:
            yield f"{name:<19}  not installed ({made['missing']})"
            continue
        measured = worker("query", name, str(place), str(file), str(budget), clock)
        yield line(name, made, measured)
        if measured.get("completed"):
            p95 = quantiles(measured["completed"], n=20)[-1]
            more.append(f"{name} completes what is typed in {1e3 * p95:.2f} ms at p95")
        if made.get("changed"):
            times = "{cpu:.2f} s of processor time, {wall:.2f} s by the wall"
            more.append(f"{name} finds a changed record after {times.format(**made['changed'])}")
    yield from more


def worker(*arguments: str) -> dict[str, Any]:
    """Run a part in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.search.worker_process", *arguments],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    if done.returncode:
        raise SystemExit(f"{arguments[:2]} failed:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def line(name: str, built: dict[str, Any], measured: dict[str, Any]) -> str:
    """Write one engine's line; a star marks a kind that ran out of time before its last query."""
    if "missing" in measured:
        return f"{name:<19}  not installed ({measured['missing']})"
    kinds = measured["kinds"]
    every = [taken for kind in KINDS for taken in kinds[kind]["all"]]
    times = "".join(
        f"{1e3 * kinds[kind]['p50']:>7.2f}/{1e3 * kinds[kind]['p95']:<6.2f}"
        + ("*" if kinds[kind]["cut"] else " ")
        for kind in KINDS
    )
    return (
        f"{name:<19}{built['build']:>9.1f}{built['disk']:>9.1f}{measured['memory']:>8.0f}"
        f"{1e3 * measured['open']:>9.1f}{times}{1e3 * quantiles(every, n=20)[-1]:>9.2f}"
        f"{100 * kinds['typo']['first']:>6.1f}%{100 * kinds['typo long']['first']:>6.1f}%"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="halton,baltimore,3000,30000")
    parser.add_argument("--engines", default="all", help="names with commas between")
    parser.add_argument("--queries", type=int, default=200, help="of each kind")
    parser.add_argument("--budget", type=float, default=20, help="seconds for each kind")
    parser.add_argument(
        "--clock", choices=("wall", "cpu"), default="wall", help="cpu: busy machine"
    )
    chosen = parser.parse_args()
    print(f"Times in ms ({chosen.clock}), p50/p95, one thread, each query once.", end=" ")
    print("RSS is above the bare process.")
    print("Building, opening and completing too.", end=" ")
    print("PostgreSQL always by the wall; * ran out of its time before the last query.")
    print("open: opening and the first search. names, texts: misspelt ones whose service is first.")
    names = list(ENGINES) if chosen.engines == "all" else chosen.engines.split(",")
    start = time.perf_counter()
    for size in chosen.sizes.split(","):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)
            for text in run(size, names, chosen.queries, chosen.budget, chosen.clock, Path(folder)):
                print(text, flush=True)
    print(f"\n{time.perf_counter() - start:.0f} s in all")


if __name__ == "__main__":
    main()
