"""What every measured search engine offers, and what all of them are given alike."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

from search_index.analyzer import tokens
from search_index.index_schema import IndexEntry

FIELDS = ("name", "alternates", "organization", "places", "description", "access")
# Each of the others gets the fields and weights that it finds most with, of those tried.
SIX = dict(zip(FIELDS, (5.0, 4.5, 2.5, 1.5, 1.0, 0.5), strict=True))
TWO = {"name": 0.5, "everything": 1.0}
LIMIT = 10


class Engine(Protocol):
    """One engine: builds a folder, opens it in another process, and finds ids for words."""

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        """Index the entries in an empty folder."""

    def open(self, folder: Path) -> None:
        """Open the index in that folder."""

    def search(self, words: str, *, typing: bool) -> Sequence[str]:
        """Find the ids of the ten best; `typing`: the last word may be unfinished."""
        ...

    def memory(self) -> float | None:
        """Return megabytes held outside this process, if any."""

    def close(self) -> None:
        """Let go of everything."""


class NotInstalled(Exception):
    """The engine is not on this machine."""


def text_of(entry: IndexEntry, field: str) -> str:
    """Return a field, or everything, as one text."""
    if field == "everything":
        return " . ".join(text_of(entry, name) for name in FIELDS)
    return " . ".join(entry.texts(field))


def words_of(query: str) -> list[str]:
    """Split a query for an engine that would trip over signs."""
    return tokens(query)


def corrector(folder: Path) -> Callable[[list[str]], list[str]]:
    """Open our index beside `folder` to correct words on behalf of another engine."""
    # Loaded only then: what the others need without it is measured, too.
    searcher = import_module("search_index.index_searcher")
    index = searcher.Index.open(folder.parent / "ours" / "edition")
    return lambda words: [index.correct(word) or word for word in words]
