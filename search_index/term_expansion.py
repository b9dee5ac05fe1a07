"""Say what one word of a query may mean: itself, another form of it, or what was misspelt."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from search_index.analyzer import CHATTER, SHORT, STOP_WORDS, stem
from search_index.spelling_candidates import SpellingCandidate, spelling_candidates
from search_index.term_dictionary import NO_TERM, TermDictionary

_SAME_STEM = 0.95  # what a known stem in an unknown form is worth
_OTHER = 0.6  # what the guesses are worth beside it
_CHATTING = 0.3  # what a word of conversation is worth


class TermOption(NamedTuple):
    """A term a query's word may mean, what it is then worth, and its word ("" for a need).

    `guessed`: it is another word than the one that was typed. (A tuple, as others below: dozens
    are made for each query, and a frozen dataclass takes four times as long to make.)
    """

    term: int
    weight: float
    word: str
    guessed: bool = False


class IndexTerms(Protocol):
    """What understanding has to know about the terms of an index."""

    def rarity(self, term: int) -> float:
        """Say how telling a term is."""

    def size(self, term: int) -> int:
        """Count a term's documents."""

    def stem_number(self, one: str) -> int | None:
        """Find the term of a stem."""

    def need_number(self, need: str) -> int | None:
        """Find the term of a need."""


class TermExpansion:
    """The words of one index, and how they are split and corrected."""

    def __init__(
        self,
        vocabulary: TermDictionary,
        terms: IndexTerms,
        protected: Collection[str],
    ) -> None:
        self._vocabulary = vocabulary
        self._terms = terms
        self._protected = protected

    def find(self, word: str, many: int = 1) -> tuple[TermOption, ...]:
        """Find what one folded word may mean, guessing `many` at most.

        Nothing if it is unknown and not to be corrected.
        """
        usual = _CHATTING if word in CHATTER else 1.0
        number = self._vocabulary.number(word)
        if number is not None and (term := self._vocabulary.terms[number]) != NO_TERM:
            return (TermOption(term, usual, word),)
        known = self._terms.stem_number(stem(word))
        if word in self._protected or word in CHATTER or word in STOP_WORDS:
            return () if known is None else (TermOption(known, _SAME_STEM * usual, word),)
        guessed = self.options(spelling_candidates(word, self._vocabulary, many))
        if known is None:
            return tuple(guessed)
        # A form never seen of a word that is known: probably that, perhaps a misspelt other one.
        others = [
            one._replace(weight=one.weight * _OTHER)
            for one in guessed
            if one.term not in {known, NO_TERM}
        ]
        return (TermOption(known, _SAME_STEM, word), *others)

    def options(self, guessed: Iterable[SpellingCandidate]) -> list[TermOption]:
        """Make options of guesses."""
        known = self._vocabulary
        return [
            TermOption(known.terms[one.number], one.belief, known.words[one.number], True)
            for one in guessed
        ]

    def whole(self, word: str) -> TermOption | None:
        """Find a word that stands as such in the index."""
        number = self._vocabulary.number(word)
        if number is None or (term := self._vocabulary.terms[number]) == NO_TERM:
            return None
        return TermOption(term, 1.0, word)

    def is_protected(self, word: str) -> bool:
        """Tell whether a word is never corrected."""
        return word in self._protected

    def is_known(self, word: str) -> bool:
        """Tell whether the index has the word, or one of its stem."""
        return (
            self._vocabulary.number(word) is not None
            or self._terms.stem_number(stem(word)) is not None
        )

    def apart(self, word: str) -> Sequence[str]:
        """Split a word that was written together: foodbank -> food, bank."""
        if compound := self._vocabulary.apart(word):
            return compound
        halves = (
            (word[:cut], word[cut:])
            for cut in range(SHORT, len(word) - SHORT + 1)
            if self._frequency(word[:cut]) and self._frequency(word[cut:])
        )
        return max(halves, key=lambda two: min(map(self._frequency, two)), default=())

    def _frequency(self, word: str) -> int:
        number = self._vocabulary.number(word)
        if number is None or self._vocabulary.terms[number] == NO_TERM:
            return 0
        return self._vocabulary.frequency[number]
