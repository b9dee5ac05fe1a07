"""What every measured search engine offers, and where each one is found."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from search_index.entries import Entry
from search_index.text import tokens

FIELDS = ("name", "alternates", "organization", "places", "description", "access")
# Each of the others gets the fields and weights that it finds most with, of those tried.
SIX = dict(zip(FIELDS, (5.0, 4.5, 2.5, 1.5, 1.0, 0.5), strict=True))
TWO = {"name": 0.5, "everything": 1.0}
LIMIT = 10


class Engine(Protocol):
    """One engine: builds a folder, opens it in another process, and finds ids for words."""

    def build(self, folder: Path, entries: Iterable[Entry]) -> None:
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


# Shown name -> module, class, what it is made with, and the name of the index it shares.
ENGINES: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "search_index": ("search_ours", "Ours", {}, "ours"),
    "whoosh fuzzy": ("search_whoosh", "WhooshFuzzy", {}, "whoosh-fuzzy"),
    "whoosh exact": ("search_whoosh", "Whoosh", {}, "whoosh"),
    "fts5": ("search_sqlite", "Fts5", {}, "fts5"),
    "fts5 corrected": ("search_sqlite", "Fts5", {"corrected": True}, "fts5"),
    "fts5 trigram": ("search_sqlite", "Trigram", {}, "trigram"),
    "postgresql ohana": ("search_postgres", "Postgres", {"trigrams": False}, "postgresql"),
    "postgresql pg_trgm": ("search_postgres", "Postgres", {"trigrams": True}, "postgresql"),
    "tantivy exact": ("search_tantivy", "Tantivy", {}, "tantivy"),
    "tantivy fuzzy": ("search_tantivy", "TantivyFuzzy", {}, "tantivy-fuzzy"),
    "tantivy corrected": ("search_tantivy", "Tantivy", {"corrected": True}, "tantivy"),
    "bm25s": ("search_bm25s", "Bm25s", {}, "bm25s"),
}


class NotInstalled(Exception):
    """The engine is not on this machine."""


def make(name: str) -> Engine:
    """Make an engine by its shown name; raises NotInstalled."""
    module, kind, settings, _ = ENGINES[name]
    try:
        engine: Engine = getattr(import_module(f"benchmarks.{module}"), kind)(**settings)
    except ImportError as error:
        raise NotInstalled(str(error)) from error
    return engine


def corrector(folder: Path) -> Callable[[list[str]], list[str]]:
    """Open our index beside `folder` to correct words for another engine."""
    ours = import_module("benchmarks.search_ours")  # only then, for the memory of the others
    words: Callable[[list[str]], list[str]] = ours.Corrector(folder.parent / "ours").words
    return words


def text_of(entry: Entry, field: str) -> str:
    """Return a field, or everything, as one text."""
    if field == "everything":
        return " . ".join(text_of(entry, one) for one in FIELDS)
    return " . ".join(entry.texts(field))


def words_of(query: str) -> list[str]:
    """Split a query for an engine that would trip over signs."""
    return tokens(query)
