"""The measured engines by the name they are shown with, and how each one is made."""

from importlib import import_module
from typing import Any

from benchmarks.search.engine_interface import Engine, NotInstalled

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

# Their time is spent in a server of its own: only the clock on the wall tells it.
SERVED = frozenset(name for name in ENGINES if name.startswith("postgresql"))
# Services up to which an engine is measured; with more its building or answers take too long.
MOST = dict.fromkeys(
    ("whoosh fuzzy", "whoosh exact", "fts5 trigram", "postgresql ohana", "postgresql pg_trgm"),
    30_000,
)


def make(name: str) -> Engine:
    """Make an engine by its shown name; raises NotInstalled."""
    module, kind, settings, _ = ENGINES[name]
    try:
        engine: Engine = getattr(import_module(f"benchmarks.{module}"), kind)(**settings)
    except ImportError as error:
        raise NotInstalled(str(error)) from error
    return engine
