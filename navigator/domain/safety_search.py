"""Find the lexicon's phrases in a list of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from navigator.domain.safety_lexicon import Lexicon, Phrase
from navigator.domain.safety_text import STOP
from navigator.wording.danger_words import Group

# slot -> where it starts -> where it may end
Places = dict[str, dict[int, list[int]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Say that a phrase of a group was found at these places of the text."""

    group: Group
    places: tuple[int, ...]  # positions of the words that matched, gaps left out

    @property
    def start(self) -> int:
        """Return the place of the first word."""
        return self.places[0]


def find(said: list[str], lexicon: Lexicon) -> list[Hit]:
    """Return every phrase that occurs; of the same group at the same start only the first way."""
    places = _places(said, lexicon)
    present = places.keys()
    hits: list[Hit] = []
    for phrase in lexicon.phrases:
        if phrase.needs <= present:
            hits += _occurrences(phrase, said, places)
    return hits


def _places(said: list[str], lexicon: Lexicon) -> Places:
    found: Places = {}
    for start, word in enumerate(said):
        for filler, slot in lexicon.fillers.get(word, ()):
            end = start + len(filler)
            if len(filler) == 1 or tuple(said[start:end]) == filler:
                found.setdefault(slot, {}).setdefault(start, []).append(end)
        if word.isdigit():
            for least, slot in lexicon.numbers:
                if int(word) >= least:
                    found.setdefault(slot, {}).setdefault(start, []).append(start + 1)
    return found


def _occurrences(phrase: Phrase, said: list[str], places: Places) -> Iterator[Hit]:
    for start, ends in places[phrase.steps[0].slot].items():
        for end in ends:
            rest = _rest(phrase, 1, end, said, places)
            if rest is not None:
                yield Hit(phrase.group, (*range(start, end), *rest))
                break


def _rest(
    phrase: Phrase,
    number: int,
    at: int,
    said: list[str],
    places: Mapping[str, dict[int, list[int]]],
) -> tuple[int, ...] | None:
    """Return the places of the steps from `number` on, or None when they don't follow."""
    if number == len(phrase.steps):
        return ()
    step = phrase.steps[number]
    starts = places[step.slot]
    for start in range(at, min(at + step.gap + 1, len(said))):
        for end in starts.get(start, ()):
            rest = _rest(phrase, number + 1, end, said, places)
            if rest is not None:
                return (*range(start, end), *rest)
        if said[start] == STOP:
            return None
    return None
