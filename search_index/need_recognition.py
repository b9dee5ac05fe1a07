"""Recognize what a person needs in what they write, by the curators' phrases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_index.analyzer import content_words, stem, tokens

_SLOP = 2
"""Words that may stand between the words of a phrase (a phrase query's slop)."""


@dataclass(frozen=True, slots=True)
class RecognizedNeed:
    """A need, the places in the query that said so, and how many words its phrase has."""

    need: str
    places: tuple[int, ...]
    size: int


def phrase_stems(phrase: str) -> tuple[str, ...]:
    """Bring a phrase into the form it is recognized in."""
    return tuple(dict.fromkeys(stem(word) for word in content_words(tokens(phrase))))


def prepare_need_phrases(phrases: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
    """Bring all phrases into the form that NeedPhraseIndex reads: need id and stems, once each."""
    pairs = {
        (need, stems)
        for need, several in phrases.items()
        for stems in map(phrase_stems, several)
        if stems
    }
    return [(need, list(stems)) for need, stems in sorted(pairs)]


class NeedPhraseIndex:
    """All phrases of all needs, found by any of their words."""

    def __init__(self, prepared: Sequence[tuple[str, Sequence[str]]]) -> None:
        self._phrases = [(need, tuple(stems)) for need, stems in prepared]
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)
        for number, (_, stems) in enumerate(self._phrases):
            for phrase_stem in stems:
                self._by_stem[phrase_stem].append(number)

    def recognize(self, query: Sequence[frozenset[str]]) -> tuple[RecognizedNeed, ...]:
        """Find the needs in a query: for each of its words the stems it may stand for.

        All words of a phrase must be there, close together. A phrase that is part of a longer
        recognized one says nothing: "crisis line" is no "line".
        """
        places: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for place, stems in enumerate(query):
            for query_stem in stems:
                for number in self._by_stem.get(query_stem, ()):
                    places[number].setdefault(query_stem, place)
        matches = [
            RecognizedNeed(self._phrases[number][0], tuple(sorted(set(found.values()))), len(found))
            for number, found in places.items()
            if self._is_complete(number, found)
        ]
        longest_first = sorted(matches, key=lambda match: (-match.size, match.places, match.need))
        kept: list[RecognizedNeed] = []
        for match in longest_first:
            if not any(set(match.places) < set(longer.places) for longer in kept):
                kept.append(match)
        return tuple(kept)

    def _is_complete(self, number: int, found: Mapping[str, int]) -> bool:
        size = len(self._phrases[number][1])
        if len(found) < size or len(set(found.values())) < size:
            return False
        return max(found.values()) - min(found.values()) < size + _SLOP
