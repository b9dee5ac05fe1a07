"""The measured engines by the name they are shown with, and how each one is made."""

from importlib import import_module
from typing import Any

from benchmarks.search.engine_interface import Engine, NotInstalled

# Shown name -> module, class, what it is made with, and the name of the index it shares.
ENGINES: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "search_index": ("our_engine", "Ours", {}, "ours"),
    "whoosh fuzzy": ("whoosh_engine", "WhooshFuzzy", {}, "whoosh-fuzzy"),
    "whoosh exact": ("whoosh_engine", "Whoosh", {}, "whoosh"),
    "fts5": ("sqlite_engine", "Fts5", {}, "fts5"),
    "fts5 corrected": ("sqlite_engine", "Fts5", {"corrected": True}, "fts5"),
    "fts5 trigram": ("sqlite_engine", "Trigram", {}, "trigram"),
    "postgresql ohana": ("postgres_engine", "Postgres", {"trigrams": False}, "postgresql"),
    "postgresql pg_trgm": ("postgres_engine", "Postgres", {"trigrams": True}, "postgresql"),
    "tantivy exact": ("tantivy_engine", "Tantivy", {}, "tantivy"),
    "tantivy fuzzy": ("tantivy_engine", "TantivyFuzzy", {}, "tantivy-fuzzy"),
    "tantivy corrected": ("tantivy_engine", "Tantivy", {"corrected": True}, "tantivy"),
    "bm25s": ("bm25s_engine", "Bm25s", {}, "bm25s"),
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
        engine: Engine = getattr(import_module(f"benchmarks.search.{module}"), kind)(**settings)
    except ImportError as error:
        raise NotInstalled(str(error)) from error
    return engine
