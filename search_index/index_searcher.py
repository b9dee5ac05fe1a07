"""Search an opened index: forgiving, quick, and able to say why a result is there."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.analyzer import tokens
from search_index.autocomplete import Completion, CompletionKind, Completions
from search_index.corrected_query import corrected_query
from search_index.field_weights import fields_in
from search_index.inverted_index import InvertedIndex
from search_index.match_explanation import MatchExplanation, explain_matches
from search_index.need_recognition import NeedPhraseIndex
from search_index.proximity import ProximityIndex
from search_index.query_analysis import AnalyzedQuery, QueryAnalyzer
from search_index.ranking import rank_documents
from search_index.search_hits import SearchHit, SearchHits
from search_index.term_dictionary import TermDictionary
from search_index.term_expansion import TermExpansion

CLOSE = 32  # this many at a time are looked at closely and put in order once more
_LAST = 4  # so many meanings of the last word are tried to complete what is misspelt
BOOSTED = 400  # so many of the best are shown to a function of boosts

# Factors of the score by entry id (1 where an id is missing, 0 hides an entry), or a function that
# gives the factors of some ids, in their order.
Boosts = Mapping[str, float] | Callable[[Sequence[str]], Sequence[float]]


class Index:
    """An index opened for reading; any number of threads and processes may share its files."""

    def __init__(self, folder: Path) -> None:
        meta = index_files.read_meta(folder)
        self.ids = index_files.read_lines(folder, "ids")
        self._lists = InvertedIndex(folder, meta["needs"], len(self.ids))
        self._sequences = ProximityIndex(folder)
        self._vocabulary = TermDictionary(folder)
        known = TermExpansion(self._vocabulary, self._lists, frozenset(meta["protected"]))
        self._reader = QueryAnalyzer(
            self._vocabulary, self._lists, NeedPhraseIndex(meta["phrases"]), known
        )
        self._completions_of = Completions.hold(folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a built index; raises layout.Unreadable if the folder holds none."""
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

        `needs` count as if they had been said; `typing`: the last word may be unfinished.
        """
        understood = self._reader.read(words, needs=needs, typing=typing)
        recognized = tuple(need for need, _ in self._strengths(understood))
        slots = [slot for slot in understood.slots if slot.options or slot.needs]
        worth = [self._reader.rarity(slot) for slot in slots]
        close = -(-(offset + limit) // CLOSE) * CLOSE
        wanted = None if isinstance(boosts, Mapping) else max(close, BOOSTED if boosts else 0)
        ranked = rank_documents(slots, worth, self._lists, wanted=wanted)
        documents, scores = self._boosted(ranked.documents, ranked.scores, boosts)
        best = _best(scores, close)
        chosen: list[int] = documents[best].tolist()
        explained = explain_matches(slots, worth, chosen, self._lists, self._sequences)
        final: list[float] = (scores[best] * explained.factors).tolist()
        # Ordered anew only within blocks: a result is on one page, whichever is asked for first.
        order = sorted(range(len(chosen)), key=lambda one: (one // CLOSE, -final[one], chosen[one]))
        hits = tuple(
            self._hit(chosen[place], final[place], place, explained)
            for place in order[offset : offset + limit]
        )
        meant = explained.meant(order[0]) if order else [None] * len(slots)
        corrected = corrected_query(words, slots, meant)
        return SearchHits(words, corrected, recognized, len(documents), hits)

    def complete(
        self,
        prefix: str,
        limit: int = 8,
        *,
        kinds: Collection[CompletionKind] = tuple(CompletionKind),
    ) -> tuple[Completion, ...]:
        """Offer needs, organizations and services for what is being typed, misspelt or not."""
        typed = " ".join(tokens(prefix))
        if not typed:
            return ()
        if found := self._completions.starting(typed, limit, kinds):
            return found
        slots = [slot for slot in self._reader.read(prefix, typing=True).slots if slot.options]
        if not slots:
            return ()
        *whole, last = slots
        before = [slot.options[0].word for slot in whole]
        for option in last.options[:_LAST]:
            guessed = " ".join((*before, option.word))
            if found := self._completions.starting(guessed, limit, kinds):
                return found
        return ()

    def correct(self, word: str) -> str | None:
        """Say which known word was meant by an unknown one; None if it is known or unlike any."""
        folded = " ".join(tokens(word))
        if not folded or self._reader.known.is_known(folded):
            return None
        options = self._reader.meanings(folded)
        return options[0].word if options else None

    def needs_in(self, words: str) -> tuple[tuple[str, float], ...]:
        """Recognize needs, the strongest first; the score is the part of the words that says it."""
        return self._strengths(self._reader.read(words))

    @cached_property
    def _completions(self) -> Completions:
        return self._completions_of()

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: position for position, name in enumerate(self.ids)}

    def _strengths(self, understood: AnalyzedQuery) -> tuple[tuple[str, float], ...]:
        said = [self._reader.rarity(slot) if slot.typed else 0.0 for slot in understood.slots]
        whole = sum(said) or 1.0
        strengths: dict[str, float] = {}
        for one in understood.needs:
            part = sum(said[place] for place in one.places) / whole
            strengths[one.need] = max(strengths.get(one.need, 0.0), part)
        return tuple(sorted(strengths.items(), key=lambda pair: (-pair[1], pair[0])))

    def _boosted(
        self, documents: NDArray[np.intp], scores: NDArray[np.float32], boosts: Boosts | None
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        if boosts is None or not len(documents):
            return documents, scores
        if isinstance(boosts, Mapping):
            factors = np.ones(len(self.ids), dtype=np.float32)
            for name, factor in boosts.items():
                if (position := self._positions.get(name)) is not None:
                    factors[position] = factor
            scores = scores * factors[documents]
        else:
            best = np.sort(_best(scores, BOOSTED))
            documents, scores = documents[best], scores[best]
            asked = boosts([self.ids[document] for document in documents])
            scores = scores * np.array(asked, dtype=np.float32)
        return documents[scores > 0], scores[scores > 0]

    def _hit(
        self, document: int, score: float, place: int, explained: MatchExplanation
    ) -> SearchHit:
        words = dict.fromkeys(option.word for option in explained.meant(place) if option)
        fields = fields_in(int(explained.masks[place]))
        return SearchHit(self.ids[document], score, fields, tuple(words))


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Find the places of the highest scores, highest first; equal ones in their order."""
    if len(scores) > count:
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:count]
