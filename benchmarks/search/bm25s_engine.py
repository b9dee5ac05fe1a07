"""bm25s: exact words of one text per service, where names stand several times for weight."""

# ruff: noqa: D102 - what the methods do stands in engine_interface.Engine

from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s

from benchmarks.search.engine_interface import LIMIT, SIX, text_of
from search_index.analyzer import content_words, stem, tokens
from search_index.index_schema import IndexEntry


class Bm25s:
    """With our light stemmer, since it brings none."""

    def build(self, folder: Path, entries: Iterable[IndexEntry]) -> None:
        ids, texts = [], []
        for entry in entries:
            ids.append(entry.id)
            texts.append(
                [
                    word
                    for field, weight in SIX.items()
                    for word in self._words(text_of(entry, field)) * max(1, round(weight))
                ]
            )
        retriever = bm25s.BM25()
        retriever.index(texts, show_progress=False)
        retriever.save(str(folder), show_progress=False)
        (folder / "ids.txt").write_text("\n".join(ids))

    def open(self, folder: Path) -> None:
        self._retriever = bm25s.BM25.load(str(folder), mmap=True)
        self._ids = (folder / "ids.txt").read_text().split("\n")

    def search(self, words: str, *, typing: bool) -> Sequence[str]:  # noqa: ARG002 - has no such
        query = [word for word in self._words(words) if word in self._retriever.vocab_dict]
        if not query:
            return []
        found, scores = self._retriever.retrieve(
            [query], k=min(LIMIT, len(self._ids)), show_progress=False, n_threads=0
        )
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [self._ids[number] for number, score in pairs if score > 0]

    def memory(self) -> float | None:
        return None

    def close(self) -> None: ...

    def _words(self, text: str) -> list[str]:
        return [stem(word) for word in content_words(tokens(text))]
