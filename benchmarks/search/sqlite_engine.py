"""SQLite's FTS5: with its stemmer, behind our correction, and with trigrams."""

# ruff: noqa: D102 - what the methods do stands in engine_interface.Engine

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.search.engine_interface import LIMIT, SIX, corrector, text_of, words_of
from search_index.analyzer import content_words
from search_index.index_schema import IndexEntry


class Fts5:
    """Any of the words, ranked by FTS5's weighted bm25."""

    tokenize = "porter unicode61 remove_diacritics 2"

    def __init__(self, *, corrected: bool = False) -> None:
        self._corrected = corrected
        self._corrector: Callable[[list[str]], list[str]] | None = None

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        columns = ", ".join(SIX)
        database = sqlite3.connect(folder / "fts.db")
        database.execute(
            f"create virtual table t using fts5(id unindexed, {columns}, "
            f"tokenize='{self.tokenize}')"
        )
        marks = ", ".join("?" * (len(SIX) + 1))
        database.executemany(
            f"insert into t values ({marks})",
            ([entry.id, *(text_of(entry, field) for field in SIX)] for entry in entries),
        )
        database.execute("insert into t(t) values ('optimize')")
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(f"file:{folder / 'fts.db'}?mode=ro", uri=True)
        if self._corrected:
            self._corrector = corrector(folder)
        weights = ", ".join(map(str, (0.0, *SIX.values())))
        self._select = f"select id from t where t match ? order by bm25(t, {weights}) limit {LIMIT}"

    def search(self, words: str, *, typing: bool) -> Sequence[str]:
        tokens = content_words(words_of(words))
        if self._corrector and tokens:
            whole = len(tokens) - 1 if typing else len(tokens)
            tokens[:whole] = self._corrector(tokens[:whole])
        match = self.match(tokens, typing=typing)
        return [row[0] for row in self._database.execute(self._select, (match,))] if match else []

    def match(self, tokens: Sequence[str], *, typing: bool) -> str:
        quoted = [f'"{word}"' for word in tokens]
        if typing and quoted:
            quoted[-1] += "*"
        return " OR ".join(quoted)

    def memory(self) -> float | None:
        return None

    def close(self) -> None:
        self._database.close()


class Trigram(Fts5):
    """Any three letters on end of any word."""

    tokenize = "trigram"

    def match(self, tokens: Sequence[str], *, typing: bool) -> str:  # noqa: ARG002 - parts anyway
        parts = {word[at : at + 3] for word in tokens for at in range(max(1, len(word) - 2))}
        return " OR ".join(f'"{part}"' for part in sorted(parts) if len(part) == 3)
