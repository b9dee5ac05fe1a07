"""Understand a query: for each of its words the index's words it may mean, and the needs in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search_index.correction import guesses, guesses_of_beginning
from search_index.needs import Phrases, Recognized
from search_index.text import SHORT, content, stem, tokens
from search_index.vocabulary import NO_TERM, Vocabulary

ENDINGS = 40  # how many words a beginning stands for while typing
_POSTINGS = 200_000  # and how many postings these may have together
_UNFINISHED = 0.8  # what a longer word is worth beside the one typed so far
_SAME_STEM = 0.95  # what a known stem in an unknown form is worth
_SAYING = 0.5  # from this belief on a guess can be part of a need's phrase


@dataclass(frozen=True, slots=True)
class Option:
    """A term a query's word may mean, what it is then worth, and its word ("" for a need)."""

    term: int
    weight: float
    word: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the query; `typed` is empty for a need that was added to the query.

    `options`: the words it may mean, of which a document's best counts; `needs`: what it is said
    for, which counts beside; `guessed`: the index does not know the word as it was typed.
    """

    typed: str
    options: tuple[Option, ...]
    guessed: bool = False
    needs: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """The slots of a query, and what needs its words (and the caller) named."""

    slots: tuple[Slot, ...]
    needs: tuple[Recognized, ...]


class Terms(Protocol):
    """What understanding has to know about the terms of an index."""

    rarity: NDArray[np.float32]
    sizes: NDArray[np.int64]

    def stem_number(self, one: str) -> int | None:
        """Find the term of a stem."""

    def need_number(self, need: str) -> int | None:
        """Find the term of a need."""


class Reader:
    """Reads queries with the words, phrases and protected names of one index."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        terms: Terms,
        phrases: Phrases,
        *,
        compounds: Mapping[str, Sequence[str]],
        protected: Collection[str],
    ) -> None:
        self.vocabulary = vocabulary
        self._terms = terms
        self._phrases = phrases
        self._compounds = compounds
        self._protected = protected

    def read(self, words: str, *, needs: Collection[str] = (), typing: bool = False) -> Understood:
        """Understand the words; `needs` are added as if they had been said."""
        said = content(tokens(words))
        unfinished = typing and bool(said) and words[-1:].isalnum()
        finished = said[:-1] if unfinished else said
        slots = [slot for word in finished for slot in self._slots(word)]
        if unfinished:
            slots.append(self._beginning(said[-1]))
        slots = self._joined(slots)
        recognized = self._phrases.recognize([_stems(slot) for slot in slots])
        slots = self._with_needs(slots, recognized)
        slots.extend(self._added(need) for need in needs)
        return Understood(tuple(slots), recognized)

    def meanings(self, word: str) -> tuple[Option, ...]:
        """Find what one folded word may mean; nothing if it is unknown and protected."""
        number = self.vocabulary.number(word)
        if number is not None and (term := int(self.vocabulary.terms[number])) != NO_TERM:
            return (Option(term, 1.0, word),)
        known = self._terms.stem_number(stem(word))
        if known is not None:
            return (Option(known, _SAME_STEM, word),)
        if word in self._protected:
            return ()
        return tuple(
            Option(int(self.vocabulary.terms[one.number]), one.belief, self._word(one.number))
            for one in guesses(word, self.vocabulary)
        )

    def is_known(self, word: str) -> bool:
        """Tell whether the index has the word, or one of its stem."""
        return (
            self.vocabulary.number(word) is not None
            or self._terms.stem_number(stem(word)) is not None
        )

    def apart(self, word: str) -> Sequence[str]:
        """Split a word that was written together: foodbank -> food, bank."""
        if word in self._compounds:
            return self._compounds[word]
        halves = (
            (word[:cut], word[cut:])
            for cut in range(SHORT, len(word) - SHORT + 1)
            if self._frequency(word[:cut]) and self._frequency(word[cut:])
        )
        return max(halves, key=lambda two: min(map(self._frequency, two)), default=())

    def _slots(self, word: str) -> list[Slot]:
        """Make the slots of one word: several where it was written together."""
        options = self.meanings(word)
        if options and options[0].term != NO_TERM:
            real = tuple(option for option in options if option.term != NO_TERM)
            return [Slot(word, real, guessed=not self.is_known(word))]
        together = options[0].word if options else word
        parts = () if word in self._protected else self.apart(together)
        if not parts:
            return [Slot(word, (), guessed=True)]
        return [Slot(word, self.meanings(part), guessed=True) for part in parts]

    def _joined(self, slots: list[Slot]) -> list[Slot]:
        """Let two words written apart also mean the one they make: one link -> onelink."""
        for place, (one, two) in enumerate(pairwise(slots)):
            if one.typed == two.typed:
                continue
            together = one.typed + two.typed
            number = self.vocabulary.number(together)
            if number is None or (term := int(self.vocabulary.terms[number])) == NO_TERM:
                continue
            both = Option(term, 0.6, together)
            slots[place] = replace(slots[place], options=(*slots[place].options, both))
            slots[place + 1] = replace(two, options=(*two.options, both))
        return slots

    def _beginning(self, typed: str) -> Slot:
        """Make the slot of a word that is still being typed."""
        numbers = list(self.vocabulary.starting(typed))
        guessed = not numbers
        if guessed and typed not in self._protected:
            numbers = [one.number for one in guesses_of_beginning(typed, self.vocabulary)]
        ends = [number for number in numbers if self.vocabulary.terms[number] != NO_TERM]
        ends.sort(key=lambda number: -int(self.vocabulary.frequency[number]))
        options: dict[int, Option] = {}
        postings = 0
        for number in ends[:ENDINGS]:
            word, term = self._word(number), int(self.vocabulary.terms[number])
            postings += int(self._terms.sizes[term])
            if options and postings > _POSTINGS:
                break
            weight = 1.0 if word == typed else _UNFINISHED
            options.setdefault(term, Option(term, weight, word))
        if not options:
            return self._slots(typed)[0]
        return Slot(typed, tuple(options.values()), guessed=guessed)

    def _with_needs(self, slots: list[Slot], recognized: Sequence[Recognized]) -> list[Slot]:
        """Let the words of a need's phrase also mean the need, shared out by their rarity."""
        for one in recognized:
            term = self._terms.need_number(one.need)
            if term is None:
                continue
            worth = [self.rarity(slots[place]) for place in one.places]
            whole = sum(worth) or 1.0
            for place, part in zip(one.places, worth, strict=True):
                option = Option(term, part / whole, "")
                slots[place] = replace(slots[place], needs=(*slots[place].needs, option))
        return slots

    def _added(self, need: str) -> Slot:
        term = self._terms.need_number(need)
        return Slot("", (), needs=() if term is None else (Option(term, 1.0, ""),))

    def rarity(self, slot: Slot) -> float:
        """Say how telling a slot is: the rarity of its likeliest meaning."""
        likeliest = slot.options or slot.needs
        return float(self._terms.rarity[likeliest[0].term]) if likeliest else 1.0

    def _word(self, number: int) -> str:
        return self.vocabulary.words[number]

    def _frequency(self, word: str) -> int:
        number = self.vocabulary.number(word)
        if number is None or self.vocabulary.terms[number] == NO_TERM:
            return 0
        return int(self.vocabulary.frequency[number])


def _stems(slot: Slot) -> frozenset[str]:
    """List the stems a slot may stand for when phrases are looked for in a query."""
    likely = [option.word for option in slot.options[:2] if option.weight >= _SAYING]
    return frozenset(map(stem, likely if slot.guessed else [slot.typed, *likely[:1]]))
