"""Tantivy: any of the words, exact, behind our correction, or with its own fuzzy terms."""

# ruff: noqa: D102 - what the methods do stands in engine_interface.Engine

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import tantivy

from benchmarks.search.engine_interface import LIMIT, TWO, corrector, text_of, words_of
from search_index.analyzer import content_words
from search_index.index_schema import IndexEntry


class Tantivy:
    """With the English stemmer."""

    tokenizer = "en_stem"

    def __init__(self, *, corrected: bool = False) -> None:
        self._corrected = corrected
        self._corrector: Callable[[list[str]], list[str]] | None = None

    def schema(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in TWO:
            builder.add_text_field(field, tokenizer_name=self.tokenizer)
        return builder.build()

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        index = tantivy.Index(self.schema(), path=str(folder))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for entry in entries:
            texts = {field: text_of(entry, field) for field in TWO}
            writer.add_document(tantivy.Document(id=entry.id, **texts))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index(self.schema(), path=str(folder))
        self._index.reload()
        self._searcher = self._index.searcher()
        if self._corrected:
            self._corrector = corrector(folder)

    def search(self, words: str, *, typing: bool) -> Sequence[str]:
        tokens = content_words(words_of(words))
        if self._corrector:
            whole = len(tokens) - 1 if typing else len(tokens)
            tokens[:whole] = self._corrector(tokens[:whole])
        if not tokens:
            return []
        found = self._searcher.search(self.query(tokens, typing=typing), LIMIT).hits
        return [self._searcher.doc(address)["id"][0] for _, address in found]

    def query(self, tokens: Sequence[str], *, typing: bool) -> tantivy.Query:
        boosts = TWO
        whole = " ".join(tokens[:-1] if typing else tokens)
        parsed = self._index.parse_query(whole, list(TWO), field_boosts=boosts)
        if not typing:
            return parsed
        ending = [
            self.fuzzy(field, tokens[-1], weight, distance=0, prefix=True)
            for field, weight in boosts.items()
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, parsed), *ending])

    def fuzzy(
        self, field: str, word: str, weight: float, *, distance: int, prefix: bool
    ) -> tuple[tantivy.Occur, tantivy.Query]:
        term = tantivy.Query.fuzzy_term_query(
            self._index.schema, field, word, distance=distance, prefix=prefix
        )
        return tantivy.Occur.Should, tantivy.Query.boost_query(term, weight)

    def memory(self) -> float | None:
        return None

    def close(self) -> None: ...


class TantivyFuzzy(Tantivy):
    """One edit from four letters on, two from six; without a stemmer, which fuzzy terms skip."""

    tokenizer = "default"

    def query(self, tokens: Sequence[str], *, typing: bool) -> tantivy.Query:
        parts = []
        for place, word in enumerate(tokens):
            last = typing and place == len(tokens) - 1
            distance = 0 if len(word) < 4 else 1 if len(word) < 6 else 2
            for field, weight in TWO.items():
                parts.append(self.fuzzy(field, word, weight, distance=distance, prefix=last))
        return tantivy.Query.boolean_query(parts)
