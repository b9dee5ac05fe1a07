"""Measure the search page from request to answer, with this region's directory, in one process.

Run: python -m benchmarks.search_page_latency. Prints p50 and p95 in milliseconds for the whole
page, for the results alone (as while typing), and for suggestions; each query is asked REPEATS
times.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from flask.testing import FlaskClient

from navigator.app import create_app
from navigator.container import Container, build_container
from navigator.services.instance_setup import initialize
from navigator.settings import load_settings

REPEATS = 20
PAGE_P95, SUGGESTION_P95 = 30.0, 2.0
QUERIES: tuple[str, ...] = tuple(
    yaml.safe_load(Path(__file__).with_name("search_page_queries.yaml").read_text("utf-8"))
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"NAVIGATOR_HOME": folder})
        list(initialize(settings))
        container = build_container(settings)
        client = create_app(container).test_client()
        beginnings = [query[: cut + 1] for query in QUERIES for cut in range(1, len(query), 3)]
        rows = [
            ("page", QUERIES, _get(client, "/search"), PAGE_P95),
            ("results", QUERIES, _get(client, "/search/results"), PAGE_P95),
            ("typing", beginnings, _get(client, "/search/results", typing="1"), PAGE_P95),
            ("suggestions", beginnings, _complete(container), SUGGESTION_P95),
            ("sugg. answer", beginnings, _get(client, "/search/suggestions"), PAGE_P95),
        ]
        print(f"{'':<14}{'asked':>7}{'p50':>8}{'p95':>8}{'target':>8}  ms")
        for name, queries, ask, target in rows:
            times = _times(queries, ask)
            p95 = statistics.quantiles(times, n=20)[-1]
            met = "met" if p95 < target else "MISSED"
            median = statistics.median(times)
            print(f"{name:<14}{len(times):>7}{median:>8.2f}{p95:>8.2f}{target:>8.1f}  {met}")
        container.database.close()


def _get(client: FlaskClient, path: str, **more: str) -> Callable[[str], None]:
    def ask(words: str) -> None:
        answer = client.get(path, query_string={"q": words, **more})
        assert answer.status_code == 200
        answer.get_data()

    return ask


def _complete(container: Container) -> Callable[[str], None]:
    index = container.edition_store.edition(container.now()).index

    def ask(words: str) -> None:
        index.complete(words, limit=7)

    return ask


def _times(queries: tuple[str, ...] | list[str], ask: Callable[[str], None]) -> list[float]:
    for query in queries:
        ask(query)
    taken: list[float] = []
    for _ in range(REPEATS if len(queries) < 50 else 5):
        for query in queries:
            start = time.perf_counter()
            ask(query)
            taken.append((time.perf_counter() - start) * 1000)
    return taken


if __name__ == "__main__":
    main()
