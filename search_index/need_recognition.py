"""Recognize what a person needs in what they write, by the curators' phrases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_index.analyzer import content_words, stem, tokens

_LOOSE = 2  # words that may stand between the words of a phrase


@dataclass(frozen=True, slots=True)
class RecognizedNeed:
    """A need, the places in the query that said so, and how long the phrase was."""

    need: str
    places: tuple[int, ...]
    size: int


def phrase_stems(phrase: str) -> tuple[str, ...]:
    """Bring a phrase into the form it is recognized in."""
    return tuple(dict.fromkeys(stem(word) for word in content_words(tokens(phrase))))


def prepare_need_phrases(phrases: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
    """Bring all phrases into the form that Phrases reads: need id and stems, once each."""
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
            for one in stems:
                self._by_stem[one].append(number)

    def recognize(self, said: Sequence[frozenset[str]]) -> tuple[RecognizedNeed, ...]:
        """Find the needs in a query: for each of its words the stems it may stand for.

        All words of a phrase must be there, close together. A phrase that is part of a longer
        recognized one says nothing: "crisis line" is no "line".
        """
        places: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for place, stems in enumerate(said):
            for one in stems:
                for number in self._by_stem.get(one, ()):
                    places[number].setdefault(one, place)
        whole = [
            RecognizedNeed(self._phrases[number][0], tuple(sorted(set(found.values()))), len(found))
            for number, found in places.items()
            if self._whole(number, found)
        ]
        longest_first = sorted(whole, key=lambda one: (-one.size, one.places, one.need))
        kept: list[RecognizedNeed] = []
        for phrase in longest_first:
            if not any(set(phrase.places) < set(other.places) for other in kept):
                kept.append(phrase)
        return tuple(kept)

    def _whole(self, number: int, found: Mapping[str, int]) -> bool:
        size = len(self._phrases[number][1])
        if len(found) < size or len(set(found.values())) < size:
            return False
        return max(found.values()) - min(found.values()) < size + _LOOSE
