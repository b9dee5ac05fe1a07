"""The project's own engine."""

# ruff: noqa: D102 - what the methods do stands in engine_interface.Engine

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.search.engine_interface import LIMIT
from benchmarks.search.service_sets import LEXICON
from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry
from search_index.index_searcher import Index


class Ours:
    """search_index, as the application uses it."""

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        build_index(folder / "edition", entries, LEXICON)

    def change(self, folder: Path, entries: Sequence[IndexEntry]) -> None:
        """Make the next edition, with one record changed, and find that one."""
        last = entries[-1]
        renamed = replace(last, fields={**last.fields, "name": "Zanzibarton House"})
        following = folder / "following"
        build_index(following, [*entries[:-1], renamed], LEXICON, previous=folder / "edition")
        found = Index.open(following).search("zanzibarton").hits
        shutil.rmtree(following)
        if [hit.id for hit in found] != [last.id]:
            raise AssertionError("the changed record was not found")

    def complete(self, words: str) -> int:
        """Count the completions of a beginning."""
        return len(self.index.complete(words))

    def open(self, folder: Path) -> None:
        self.index = Index.open(folder / "edition")

    def search(self, words: str, *, typing: bool) -> Sequence[str]:
        return [hit.id for hit in self.index.search(words, limit=LIMIT, typing=typing).hits]

    def memory(self) -> float | None:
        return None

    def close(self) -> None: ...
