"""Whoosh used plainly: one index, every field, any word, with or without fuzzy terms."""

# ruff: noqa: D102 - what the methods do stands in engine_interface.Engine

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import CharsetFilter, StandardAnalyzer, StemmingAnalyzer
from whoosh.qparser import MultifieldParser, OrGroup
from whoosh.support.charset import accent_map

from benchmarks.search.engine_interface import LIMIT, SIX, text_of, words_of
from search_index.index_schema import IndexEntry


def _fuzzy(field: str, text: str, boost: float = 1.0) -> Any:
    """Allow one edit from four letters on, two from six, the first letter too."""
    if len(text) < 4:
        return query.Term(field, text, boost=boost)
    return query.FuzzyTerm(
        field,
        text,
        boost=boost,
        maxdist=2 if len(text) > 5 else 1,
        prefixlength=0,
        constantscore=False,  # ranks better than Whoosh's default
    )


class Whoosh:
    """With the English stemmer, exact."""

    analyzer = staticmethod(StemmingAnalyzer)
    term: Any = query.Term

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        analyzer = self.analyzer() | CharsetFilter(accent_map)
        schema = fields.Schema(id=fields.ID(stored=True))
        for field in SIX:
            schema.add(field, fields.TEXT(analyzer=analyzer))
        writer = index.create_in(str(folder), schema).writer(limitmb=512)
        for entry in entries:
            writer.add_document(id=entry.id, **{field: text_of(entry, field) for field in SIX})
        writer.commit()

    def open(self, folder: Path) -> None:
        opened = index.open_dir(str(folder), readonly=True)
        self._searcher = opened.searcher()
        self._parser = MultifieldParser(
            SIX,
            opened.schema,
            fieldboosts=SIX,
            group=OrGroup,
            termclass=self.term,
        )

    def search(self, words: str, *, typing: bool) -> Sequence[str]:
        tokens = words_of(words)
        if typing and tokens:
            tokens[-1] += "*"
        parsed = self._parser.parse(" ".join(tokens))
        return [hit["id"] for hit in self._searcher.search(parsed, limit=LIMIT)]

    def memory(self) -> float | None:
        return None

    def close(self) -> None:
        self._searcher.close()


class WhooshFuzzy(Whoosh):
    """Every word as a fuzzy term; without a stemmer, which fuzzy terms skip."""

    analyzer = staticmethod(StandardAnalyzer)
    term = staticmethod(_fuzzy)
