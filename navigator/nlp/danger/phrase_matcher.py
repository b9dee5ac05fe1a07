"""Find the lexicon's phrases in a list of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from navigator.nlp.danger import normalizer
from navigator.nlp.danger.lexicon import Alternatives, DangerLexicon, Phrase
from navigator.nlp.danger.normalizer import STOP
from navigator.nlp.danger.phrase_files import PhraseGroup

# Sets of places are kept as the bits of a whole number (bit 3 = the fourth word): shifting one is
# the quickest way to ask "does a word of this slot follow within three words?"
Places = dict[int, int]  # how many words a filler has -> where such a filler starts


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Say that a phrase of a group was found at these places of the text."""

    group: PhraseGroup
    places: tuple[int, ...]  # positions of the words that matched, gaps left out

    @property
    def start(self) -> int:
        """Return the place of the first word."""
        return self.places[0]


@dataclass(slots=True)
class _Text:
    """Hold the words of one text and, as they are asked for, the places of each slot."""

    said: list[str]
    lexicon: DangerLexicon
    forms: list[tuple[str, ...]] = field(init=False)
    at_form: dict[str, int] = field(init=False, default_factory=dict)
    at_word: dict[str, int] = field(init=False, default_factory=dict)
    forms_here: frozenset[str] = field(init=False)
    words_here: frozenset[str] = field(init=False)
    stops: int = field(init=False, default=0)
    known: dict[str, Places] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.forms = [normalizer.word_forms(word, self.lexicon.reading) for word in self.said]
        for place, word in enumerate(self.said):
            bit = 1 << place
            self.at_word[word] = self.at_word.get(word, 0) | bit
            for form in self.forms[place]:
                self.at_form[form] = self.at_form.get(form, 0) | bit
        self.forms_here, self.words_here = frozenset(self.at_form), frozenset(self.at_word)
        self.stops = self.at_word.get(STOP, 0)

    def places(self, name: str) -> Places:
        """Return where the slot's fillers start."""
        if name not in self.known:
            self.known[name] = self._look_up(name)
        return self.known[name]

    def _look_up(self, name: str) -> Places:
        slot = self.lexicon.slots[name]
        at = self.at_word if slot.exact else self.at_form
        found: Places = {}
        single = 0
        here = self.words_here if slot.exact else self.forms_here
        for form in slot.single & here:
            single |= at[form]
        if slot.at_least is not None:
            for word, bits in self.at_word.items():
                if word.isdigit() and int(word) >= slot.at_least:
                    single |= bits
        if single:
            found[1] = single
        for first in slot.firsts & here:
            for filler in slot.several[first]:
                if starts := self._starts(filler, at):
                    length = len(filler.forms)
                    found[length] = found.get(length, 0) | starts
        return found

    def _starts(self, filler: Alternatives, at: dict[str, int]) -> int:
        starts = -1
        for place, forms in enumerate(filler.forms):
            bits = 0
            for form in forms:
                bits |= at.get(form, 0)
            starts &= bits >> place
            if not starts:
                return 0
        return starts

    def reach(self, ends: int, gap: int) -> int:
        """Return the places where a next word may stand, never across the end of a sentence."""
        reached = step = ends
        for _ in range(gap):
            step = (step & ~self.stops) << 1
            reached |= step
        return reached


def find_phrases(
    said: list[str], lexicon: DangerLexicon, *, calm_too: bool = False
) -> list[PhraseMatch]:
    """Return every phrase that occurs: for each, the nearest way from each of its starts.

    Where no sign of danger is found the rest is looked for only when `calm_too`.
    """
    text = _Text(said, lexicon)
    anchors = {name for form in text.at_form for name in lexicon.anchors.get(form, ())}
    if any(word.isdigit() for word in text.at_word):
        anchors.update(lexicon.numbers)
    names = sorted(anchors)
    signs = list(_hits(names, lexicon.signs, text))
    # most texts hold no sign of danger, and then nothing need be weighed
    return signs + list(_hits(names, lexicon.context, text)) if signs or calm_too else []


def _hits(
    anchors: list[str], phrases: Mapping[str, tuple[Phrase, ...]], text: _Text
) -> Iterator[PhraseMatch]:
    for anchor in anchors:
        for phrase in phrases.get(anchor, ()):
            if _occurs(phrase, text):
                yield from _occurrences(phrase, text)


def _occurs(phrase: Phrase, text: _Text) -> bool:
    reached = -1
    for step in phrase.steps:
        places = text.places(step.slot)
        if not places:
            return False
        if step.gap:
            reached = text.reach(reached, step.gap)
        ends = 0
        for length, starts in places.items():
            ends |= (starts & reached) << length
        if not ends:
            return False
        reached = ends
    return True


def _occurrences(phrase: Phrase, text: _Text) -> Iterator[PhraseMatch]:
    for length, starts in text.places(phrase.steps[0].slot).items():
        for start in _bits(starts):
            rest = _rest(phrase, 1, start + length, text)
            if rest is not None:
                yield PhraseMatch(phrase.group, (*range(start, start + length), *rest))


def _rest(phrase: Phrase, number: int, at: int, text: _Text) -> tuple[int, ...] | None:
    """Return the places of the steps from `number` on, or None when they don't follow."""
    if number == len(phrase.steps):
        return ()
    step = phrase.steps[number]
    places = text.places(step.slot)
    for start in _bits(text.reach(1 << at, step.gap)) if step.gap else (at,):
        for length, starts in places.items():
            if starts >> start & 1:
                rest = _rest(phrase, number + 1, start + length, text)
                if rest is not None:
                    return (*range(start, start + length), *rest)
    return None


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
