"""Find the lexicon's phrases in a list of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from navigator.nlp.danger.lexicon import (
    DangerLexicon,
    MultiwordFiller,
    Phrase,
    PhrasesByAnchor,
    PhraseSlot,
)
from navigator.nlp.danger.normalizer import SENTENCE_END
from navigator.nlp.danger.phrase_files import PhraseGroup

# Sets of places are kept as the bits of a whole number (bit 3 = the fourth token): shifting one is
# the quickest way to ask "does a word of this slot follow within three words?"
Bits = int
StartsByLength = dict[int, Bits]
"""How many words a filler has -> where such a filler starts."""


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Say that a phrase of a group was found at these places of the text."""

    group: PhraseGroup
    places: tuple[int, ...]  # positions of the tokens that matched, gaps left out

    @property
    def start(self) -> int:
        """Return the place of the first token."""
        return self.places[0]

    def gaps(self) -> set[int]:
        """Return the places that the phrase jumped over."""
        return set(range(self.places[0], self.places[-1])).difference(self.places)


@dataclass(frozen=True, slots=True)
class _PlacesByWord:
    """Know where each word stands; the words also as a set, which is quick to compare."""

    places: dict[str, Bits]
    words: frozenset[str]


@dataclass(slots=True)
class _TokenIndex:
    """Know where the tokens of one text stand and, as they are asked for, the fillers of slots."""

    lexicon: DangerLexicon
    written: _PlacesByWord
    forms: _PlacesByWord
    sentence_ends: Bits
    _fillers: dict[str, StartsByLength] = field(default_factory=dict)

    def starts(self, slot_name: str) -> StartsByLength:
        """Return where the fillers of a slot start."""
        if slot_name not in self._fillers:
            self._fillers[slot_name] = self._find_fillers(self.lexicon.slots[slot_name])
        return self._fillers[slot_name]

    def reach(self, ends: Bits, gap: int) -> Bits:
        """Return the places where a next word may stand, never across the end of a sentence."""
        reached = step = ends
        for _ in range(gap):
            step = (step & ~self.sentence_ends) << 1
            reached |= step
        return reached

    def _find_fillers(self, slot: PhraseSlot) -> StartsByLength:
        table = self.written if slot.exact else self.forms
        found: StartsByLength = {}
        single = 0 if slot.minimum is None else self._numbers_from(slot.minimum)
        for word in slot.single_words & table.words:
            single |= table.places[word]
        if single:
            found[1] = single
        for first in slot.first_words & table.words:
            for filler in slot.multiword[first]:
                if starts := _filler_starts(filler, table.places):
                    length = len(filler.forms)
                    found[length] = found.get(length, 0) | starts
        return found

    def _numbers_from(self, minimum: int) -> Bits:
        numbers = 0
        for word, bits in self.written.places.items():
            if word.isdigit() and int(word) >= minimum:
                numbers |= bits
        return numbers


def _index_tokens(tokens: list[str], lexicon: DangerLexicon) -> _TokenIndex:
    forms_of = lexicon.normalizer.lemmatizer.forms
    written: dict[str, Bits] = {}
    forms: dict[str, Bits] = {}
    for place, token in enumerate(tokens):
        bit = 1 << place
        written[token] = written.get(token, 0) | bit
        for form in forms_of(token):
            forms[form] = forms.get(form, 0) | bit
    return _TokenIndex(
        lexicon=lexicon,
        written=_PlacesByWord(written, frozenset(written)),
        forms=_PlacesByWord(forms, frozenset(forms)),
        sentence_ends=written.get(SENTENCE_END, 0),
    )


def find_phrases(
    tokens: list[str], lexicon: DangerLexicon, *, context_too: bool = False
) -> list[PhraseMatch]:
    """Return every phrase that occurs: for each, the nearest way from each of its starts.

    Where no phrase of danger is found the context phrases are looked for only when `context_too`.
    """
    index = _index_tokens(tokens, lexicon)
    anchors = {name for form in index.forms.words for name in lexicon.anchors.get(form, ())}
    if any(word.isdigit() for word in index.written.words):
        anchors.update(lexicon.number_slots)
    names = sorted(anchors)
    dangers = list(_matches(names, lexicon.danger_phrases, index))
    # Most texts hold no phrase of danger, and then nothing need be weighed.
    if not (dangers or context_too):
        return []
    return dangers + list(_matches(names, lexicon.context_phrases, index))


def _matches(
    anchors: list[str], phrases: PhrasesByAnchor, index: _TokenIndex
) -> Iterator[PhraseMatch]:
    for anchor in anchors:
        for phrase in phrases.get(anchor, ()):
            if _occurs(phrase, index):
                yield from _occurrences(phrase, index)


def _filler_starts(filler: MultiwordFiller, places: dict[str, Bits]) -> Bits:
    starts = -1
    for place, forms in enumerate(filler.forms):
        bits = 0
        for form in forms:
            bits |= places.get(form, 0)
        starts &= bits >> place
        if not starts:
            return 0
    return starts


def _occurs(phrase: Phrase, index: _TokenIndex) -> bool:
    """Tell whether a phrase is there at all, all its starts tried at once."""
    reached = -1
    for step in phrase.steps:
        fillers = index.starts(step.slot)
        if not fillers:
            return False
        if step.gap:
            reached = index.reach(reached, step.gap)
        ends = 0
        for length, starts in fillers.items():
            ends |= (starts & reached) << length
        if not ends:
            return False
        reached = ends
    return True


def _occurrences(phrase: Phrase, index: _TokenIndex) -> Iterator[PhraseMatch]:
    for length, starts in index.starts(phrase.steps[0].slot).items():
        for start in _places(starts):
            rest = _rest(phrase, 1, start + length, index)
            if rest is not None:
                yield PhraseMatch(phrase.group, (*range(start, start + length), *rest))


def _rest(phrase: Phrase, number: int, at: int, index: _TokenIndex) -> tuple[int, ...] | None:
    """Return the places of the steps from `number` on, or None when they don't follow."""
    if number == len(phrase.steps):
        return ()
    step = phrase.steps[number]
    fillers = index.starts(step.slot)
    for start in _places(index.reach(1 << at, step.gap)) if step.gap else (at,):
        for length, starts in fillers.items():
            if starts >> start & 1:
                rest = _rest(phrase, number + 1, start + length, index)
                if rest is not None:
                    return (*range(start, start + length), *rest)
    return None


def _places(bits: Bits) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
