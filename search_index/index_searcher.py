"""Search an opened index: forgiving, quick, and able to say why a result is there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.analyzer import tokens
from search_index.autocomplete import Completion, CompletionKind, Completions
from search_index.first_stage_ranking import rank_documents
from search_index.index_schema import fields_in
from search_index.inverted_index import InvertedIndex
from search_index.need_recognition import NeedPhraseIndex
from search_index.positional_index import PositionalIndex
from search_index.query_analysis import AnalyzedQuery, QueryAnalyzer, QuerySlot, corrected_query
from search_index.reranking import RerankedDocuments, rerank_documents
from search_index.term_dictionary import TermDictionary
from search_index.term_matching import TermExpansion

RERANKED = 32
"""This many at a time are looked at closely and put in order once more: a page has ten."""

BOOSTED = 400
"""So many of the best are shown to a function of boosts: the region has about 250 services, and a
function takes some microseconds for each."""

_LAST_WORD_OPTIONS = 4
"""So many meanings of the last word are tried to complete what is misspelt."""

Boosts = Mapping[str, float] | Callable[[Sequence[str]], Sequence[float]]
"""Factors of the score by entry id (1 where an id is missing, 0 hides an entry), or a function that
gives the factors of some ids, in their order."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entry found, the fields where it matched, and the words of it that did."""

    id: str
    score: float
    fields: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchHits:
    """What a search found: `corrected` is the query as it was understood, if not as written.

    `needs` were recognized in the words, the strongest first; `total` counts all that matched.
    """

    query: str
    corrected: str | None
    needs: tuple[str, ...]
    total: int
    hits: tuple[SearchHit, ...]


class Index:
    """An index opened for reading; any number of threads and processes may share its files."""

    def __init__(self, folder: Path) -> None:
        meta = index_files.read_meta(folder)
        self.ids = index_files.read_lines(folder, "ids")
        self._postings = InvertedIndex(folder, meta["needs"], len(self.ids))
        self._positions = PositionalIndex(folder)
        dictionary = TermDictionary(folder)
        self._expansion = TermExpansion(dictionary, self._postings, frozenset(meta["protected"]))
        self._analyzer = QueryAnalyzer(
            dictionary, self._postings, NeedPhraseIndex(meta["phrases"]), self._expansion
        )
        self._read_completions = Completions.hold(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a built index; raises index_files.UnreadableIndex if the folder holds none."""
        try:
            return cls(folder)
        except (OSError, ValueError, KeyError) as error:
            raise index_files.UnreadableIndex(f"the index in {folder.name} is not whole") from error

    def search(
        self,
        words: str,
        *,
        limit: int = 10,
        offset: int = 0,
        boosts: Boosts | None = None,
        needs: Collection[str] = (),
        typing: bool = False,
    ) -> SearchHits:
        """Find entries, the best first.

        `needs` count as if they had been named; `typing`: the last word may be unfinished.
        """
        query = self._analyzer.analyze(words, needs=needs, typing=typing)
        slots = [slot for slot in query.slots if slot.options or slot.needs]
        weights = [self._analyzer.weight(slot) for slot in slots]
        documents, scores, total = self._ranked(slots, weights, boosts, offset + limit)
        reranked = rerank_documents(slots, weights, documents, self._postings, self._positions)
        final: list[float] = (scores * reranked.factors).tolist()
        # Ordered anew only within blocks: a result is on one page, whichever is asked for first.
        order = sorted(
            range(len(documents)),
            key=lambda column: (column // RERANKED, -final[column], documents[column]),
        )
        hits = tuple(
            self._hit(documents[column], final[column], column, reranked)
            for column in order[offset : offset + limit]
        )
        matched = reranked.matched(order[0]) if order else [None] * len(slots)
        recognized = tuple(need for need, _ in self._need_strengths(query))
        corrected = corrected_query(words, slots, matched)
        return SearchHits(words, corrected, recognized, total, hits)

    def complete(
        self,
        prefix: str,
        limit: int = 8,
        *,
        kinds: Collection[CompletionKind] = tuple(CompletionKind),
    ) -> tuple[Completion, ...]:
        """Offer needs, organizations and services for what is being typed, misspelt or not."""
        folded = " ".join(tokens(prefix))
        if not folded:
            return ()
        if found := self._completions.of_prefix(folded, limit, kinds):
            return found
        slots = [slot for slot in self._analyzer.analyze(prefix, typing=True).slots if slot.options]
        if not slots:
            return ()
        *finished, last = slots
        words = [slot.options[0].word for slot in finished]
        for option in last.options[:_LAST_WORD_OPTIONS]:
            corrected = " ".join((*words, option.word))
            if found := self._completions.of_prefix(corrected, limit, kinds):
                return found
        return ()

    def correct(self, word: str) -> str | None:
        """Say which known word was meant by an unknown one; None if it is known or unlike any."""
        folded = " ".join(tokens(word))
        if not folded or self._expansion.is_known(folded):
            return None
        options = self._analyzer.expand(folded)
        return options[0].word if options else None

    def recognize_needs(self, words: str) -> tuple[tuple[str, float], ...]:
        """Recognize needs, the strongest first; the score is the part of the words that says it."""
        return self._need_strengths(self._analyzer.analyze(words))

    @cached_property
    def _completions(self) -> Completions:
        return self._read_completions()

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id_: number for number, id_ in enumerate(self.ids)}

    def _need_strengths(self, query: AnalyzedQuery) -> tuple[tuple[str, float], ...]:
        weights = [self._analyzer.weight(slot) if slot.typed else 0.0 for slot in query.slots]
        total = sum(weights) or 1.0
        strengths: dict[str, float] = {}
        for recognized in query.needs:
            part = sum(weights[place] for place in recognized.places) / total
            strengths[recognized.need] = max(strengths.get(recognized.need, 0.0), part)
        return tuple(sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0])))

    def _ranked(
        self,
        slots: Sequence[QuerySlot],
        weights: Sequence[float],
        boosts: Boosts | None,
        shown: int,
    ) -> tuple[list[int], NDArray[np.float32], int]:
        """Give the best documents, in whole blocks, with their scores, and count all that match."""
        block = -(-shown // RERANKED) * RERANKED
        top = None if isinstance(boosts, Mapping) else max(block, BOOSTED if boosts else 0)
        ranked = rank_documents(slots, weights, self._postings, top=top)
        documents, scores = self._boosted(ranked.documents, ranked.scores, boosts)
        best = _best(scores, block)
        chosen: list[int] = documents[best].tolist()
        return chosen, scores[best], len(documents)

    def _boosted(
        self, documents: NDArray[np.intp], scores: NDArray[np.float32], boosts: Boosts | None
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        if boosts is None or not len(documents):
            return documents, scores
        if isinstance(boosts, Mapping):
            factors = np.ones(len(self.ids), dtype=np.float32)
            for id_, factor in boosts.items():
                if (number := self._numbers.get(id_)) is not None:
                    factors[number] = factor
            scores = scores * factors[documents]
        else:
            best = np.sort(_best(scores, BOOSTED))
            documents, scores = documents[best], scores[best]
            boosted = boosts([self.ids[document] for document in documents])
            scores = scores * np.array(boosted, dtype=np.float32)
        return documents[scores > 0], scores[scores > 0]

    def _hit(
        self, document: int, score: float, column: int, reranked: RerankedDocuments
    ) -> SearchHit:
        words = dict.fromkeys(option.word for option in reranked.matched(column) if option)
        fields = fields_in(int(reranked.masks[column]))
        return SearchHit(self.ids[document], score, fields, tuple(words))


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Find the places of the highest scores, highest first; equal ones in their order."""
    if len(scores) > count:
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:count]
