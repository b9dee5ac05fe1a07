"""Query expansion of one word: the terms it may mean, as it is, in another form, or misspelt."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from search_index.analyzer import FILLER_WORDS, SHORT_WORD, STOP_WORDS, stem
from search_index.inverted_index import InvertedIndex
from search_index.spelling_candidates import SpellingCandidate, spelling_candidates
from search_index.term_dictionary import NO_TERM, TermDictionary

_UNKNOWN_FORM = 0.95  # what a known stem in an unknown form is worth
_MISSPELT_OTHER = 0.6  # what spelling candidates are worth beside it
_FILLER = 0.3  # what a word of conversation is worth


class TermOption(NamedTuple):
    """A term a query's word may mean, what it is then worth, and its word ("" for a need).

    `corrected`: it is another word than the one that was typed. (A tuple, as others below: dozens
    are made for each query, and a frozen dataclass takes four times as long to make.)
    """

    term: int
    weight: float
    word: str
    corrected: bool = False


class TermExpansion:
    """The words of one index, and how they are expanded, split and corrected."""

    def __init__(
        self, dictionary: TermDictionary, postings: InvertedIndex, protected: Collection[str]
    ) -> None:
        self._dictionary = dictionary
        self._postings = postings
        self._protected = protected

    def expand(self, word: str, limit: int = 1) -> tuple[TermOption, ...]:
        """Find what one folded word may mean, with at most so many spelling candidates.

        Nothing if it is unknown and not to be corrected.
        """
        weight = _FILLER if word in FILLER_WORDS else 1.0
        number = self._dictionary.number(word)
        if number is not None and (term := self._dictionary.terms[number]) != NO_TERM:
            return (TermOption(term, weight, word),)
        stem_term = self._postings.stem_term(stem(word))
        if word in self._protected or word in FILLER_WORDS or word in STOP_WORDS:
            if stem_term is None:
                return ()
            return (TermOption(stem_term, _UNKNOWN_FORM * weight, word),)
        candidates = self.as_options(spelling_candidates(word, self._dictionary, limit))
        if stem_term is None:
            return tuple(candidates)
        # A form never seen of a word that is known: probably that, perhaps a misspelt other one.
        others = [
            option._replace(weight=option.weight * _MISSPELT_OTHER)
            for option in candidates
            if option.term not in {stem_term, NO_TERM}
        ]
        return (TermOption(stem_term, _UNKNOWN_FORM, word), *others)

    def as_options(self, candidates: Iterable[SpellingCandidate]) -> list[TermOption]:
        """Make options of spelling candidates."""
        terms, words = self._dictionary.terms, self._dictionary.words
        return [
            TermOption(terms[number], confidence, words[number], corrected=True)
            for number, confidence in candidates
        ]

    def exact(self, word: str) -> TermOption | None:
        """Find a word that stands as such in the index."""
        number = self._dictionary.number(word)
        if number is None or (term := self._dictionary.terms[number]) == NO_TERM:
            return None
        return TermOption(term, 1.0, word)

    def is_protected(self, word: str) -> bool:
        """Tell whether a word is never corrected."""
        return word in self._protected

    def is_known(self, word: str) -> bool:
        """Tell whether the index has the word, or one of its stem."""
        return (
            self._dictionary.number(word) is not None
            or self._postings.stem_term(stem(word)) is not None
        )

    def split_compound(self, word: str) -> Sequence[str]:
        """Split a word that was written together: foodbank -> food, bank."""
        if compound := self._dictionary.split_compound(word):
            return compound
        halves = (
            (word[:cut], word[cut:])
            for cut in range(SHORT_WORD, len(word) - SHORT_WORD + 1)
            if self._frequency(word[:cut]) and self._frequency(word[cut:])
        )
        return max(halves, key=lambda parts: min(map(self._frequency, parts)), default=())

    def _frequency(self, word: str) -> int:
        number = self._dictionary.number(word)
        if number is None or self._dictionary.terms[number] == NO_TERM:
            return 0
        return self._dictionary.frequency[number]
