"""Build or query one engine in a process of its own, and print what was measured as JSON."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.search.engine_interface import Engine, NotInstalled
from benchmarks.search.engine_registry import SERVED, make

# On a busy machine the processor's time of this process says more than the clock on the wall.
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
WARM = 3  # queries of each kind that are not counted


def build(name: str, folder: Path, size: str, clock: str) -> dict[str, Any]:
    """Build an engine's index of a set."""
    from benchmarks.search.service_sets import read  # noqa: PLC0415 - not in the memory of the other part

    engine = make(name)
    entries = read(size)
    folder.mkdir()
    now = clock_of(name, clock)
    start = now()
    engine.build(folder, entries)
    seconds = now() - start
    stored = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    change = getattr(engine, "change", None)
    changed = None
    if change:
        starts = {known: tell() for known, tell in CLOCKS.items()}
        change(folder, entries)
        changed = {known: tell() - starts[known] for known, tell in CLOCKS.items()}
    return {"build": seconds, "disk": stored / 1e6, "changed": changed}


def clock_of(name: str, clock: str) -> Callable[[], float]:
    """Choose the clock of an engine: this process' time says nothing of a server of its own."""
    return CLOCKS["wall" if name in SERVED else clock]


def query(name: str, folder: Path, file: Path, budget: float, clock: str) -> dict[str, Any]:
    """Open an index and time the queries of a file; each kind gets `budget` seconds at most."""
    kinds = json.loads(file.read_text())
    bare = _resident()
    engine = make(name)
    now = clock_of(name, clock)
    start = now()
    engine.open(folder)
    engine.search("place to sleep", typing=False)
    opened = now() - start
    timed = {kind: _timed(engine, queries, budget, now) for kind, queries in kinds.items()}
    memory = _resident() - bare + (engine.memory() or 0)
    complete = getattr(engine, "complete", None)
    completed = _completed(complete, kinds["typing"], now) if complete else None
    engine.close()
    return {"open": opened, "memory": memory, "kinds": timed, "completed": completed}


def _completed(
    complete: Callable[[str], int], queries: list[dict[str, Any]], now: Callable[[], float]
) -> list[float]:
    complete("a")  # loads the completions
    taken = []
    for query in queries:
        start = now()
        complete(query["words"])
        taken.append(now() - start)
    return taken


def _timed(
    engine: Engine, queries: list[dict[str, Any]], budget: float, now: Callable[[], float]
) -> dict[str, Any]:
    taken: list[float] = []
    right = judged = 0
    cut = False
    stop = time.perf_counter() + budget
    for number, query in enumerate(queries):
        start = now()
        found = engine.search(query["words"], typing=query["typing"])
        end = now()
        if number >= WARM or len(queries) <= WARM:
            taken.append(end - start)
        if query["right"]:
            judged += 1
            right += bool(found) and found[0] in query["right"]
        cut = time.perf_counter() > stop and number + 1 < len(queries)
        if cut and taken:
            break
    p95 = quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    first = right / judged if judged else None
    return {"p50": median(taken), "p95": p95, "first": first, "cut": cut, "all": taken}


def _resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(arguments: list[str]) -> None:
    task, name, folder = arguments[0], arguments[1], Path(arguments[2])
    try:
        if task == "build":
            result = build(name, folder, *arguments[3:5])
        else:
            result = query(name, folder, Path(arguments[3]), float(arguments[4]), arguments[5])
    except NotInstalled as error:
        result = {"missing": str(error)}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
