"""Compile the small language of the danger phrases: "<they> .. hit/beat me (again)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, product

from navigator.nlp.danger.normalizer import TextNormalizer
from navigator.nlp.danger.phrase_files import BadDangerFile, DangerPhraseFiles, PhraseGroup

SHORT_GAP, LONG_GAP = 3, 8
"""Words that ".." and "..." may jump over: "he (never stops to) hit"; "bruise ... child"."""

GAPS = {"..": SHORT_GAP, "...": LONG_GAP}
EXACT = "=="  # begins the names of slots whose words count only as written
LEMMATIZED = "="  # ... and of those where every form of a word counts

MIN_STEPS = 2
"""A phrase of several words must not shrink to one that is found everywhere: "(maybe) tired"."""

NUMBER = re.compile(r"#(?:(\d+)\+)?")
_SLOT = re.compile(r"<([^<>]+)>")

Filler = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternStep:
    """Name one slot that must come next, and how many words may stand before it."""

    slot: str
    gap: int = 0


@dataclass(frozen=True, slots=True)
class PhrasePart:
    """Hold one part of a written phrase: its name, what can stand there, may it be left out."""

    name: str
    fillers: frozenset[Filler]
    optional: bool


@dataclass
class DangerPhraseCompiler:
    """Compiles phrases into steps, and collects the slots that the steps name."""

    source: DangerPhraseFiles
    normalizer: TextNormalizer
    slots: dict[str, set[Filler]] = field(default_factory=dict, init=False)
    _fillers: dict[str, Filler] = field(default_factory=dict, init=False)

    def compile_slots(self) -> None:
        """Work out what can stand in each slot that is written down."""
        for name in self.source.slots:
            self._compile_slot(name, inside=())

    def compile_phrase(self, line: str, group: PhraseGroup) -> Iterator[tuple[PatternStep, ...]]:
        """Give each way to say a line; its own words become small slots.

        Raises BadDangerFile when a slot is not written down or too little of the line is left.
        """
        for order in _both_orders(line):
            # Respellings ("about to") are applied to the whole line, before it falls into parts.
            parts = [self._part(part) for part in self.normalizer.respell(order).split()]
            for kept in _without_optional(parts):
                steps = tuple(self._steps(kept, EXACT if group.mark or group.calm else LEMMATIZED))
                if len(steps) < min(len(parts), MIN_STEPS):
                    raise BadDangerFile(f"group {group.name}: too little is left of '{line}'")
                yield steps

    def _compile_slot(self, name: str, *, inside: tuple[str, ...]) -> set[Filler]:
        """Work out what can stand in a slot, following slots named inside it."""
        if name in self.slots:
            return self.slots[name]
        if name in inside or name not in self.source.slots:
            raise BadDangerFile(f"slot {name}: not written down, or made of itself")
        found: set[Filler] = set()
        for entry in self.source.slots[name]:
            # Split at <names>: every second piece is one.
            choices = [
                sorted(self._compile_slot(piece, inside=(*inside, name)))
                if place % 2
                else [self._filler(piece)]
                for place, piece in enumerate(_SLOT.split(entry))
            ]
            found.update(tuple(chain.from_iterable(pieces)) for pieces in product(*choices))
        found.discard(())
        self.slots[name] = found
        return found

    def _filler(self, written: str) -> Filler:
        """Give the content words of a written piece; the same pieces stand in many phrases."""
        if written not in self._fillers:
            self._fillers[written] = tuple(self.normalizer.content_words(written))
        return self._fillers[written]

    def _part(self, written: str) -> PhrasePart:
        name = written.strip("()")
        optional = name != written
        if name in GAPS or _SLOT.fullmatch(name):
            return PhrasePart(name, frozenset(), optional)
        if "(" in name or ")" in name:
            raise BadDangerFile(f"'{written}': brackets go around the whole of a/b/c")
        fillers: set[Filler] = set()
        for choice in name.split("/"):
            slot = _SLOT.fullmatch(choice)
            fillers |= self.slots.get(slot[1], set()) if slot else {self._filler(choice)}
        return PhrasePart(name, frozenset(fillers - {()}), optional)

    def _steps(self, parts: list[PhrasePart], prefix: str) -> Iterator[PatternStep]:
        gap = 0
        for part in parts:
            if part.name in GAPS:
                gap = GAPS[part.name]
                continue
            slot = self._slot_name(part, prefix)
            if slot is not None:
                yield PatternStep(slot, gap)
                gap = 0

    def _slot_name(self, part: PhrasePart, prefix: str) -> str | None:
        """Give the slot of a part, made where it has none; None for stop words alone."""
        named = _SLOT.fullmatch(part.name)
        if named:
            if named[1] not in self.slots and not NUMBER.fullmatch(named[1]):
                raise BadDangerFile(f"no slot is called {named[1]}")
            return named[1]
        if not part.fillers:
            return None
        name = f"{prefix}{part.name}"
        self.slots.setdefault(name, set()).update(part.fillers)
        return name


def _both_orders(line: str) -> tuple[str, ...]:
    """Give both orders of "a & b": near each other, whichever comes first."""
    first, both, second = line.partition(" & ")
    return (f"{first} ... {second}", f"{second} ... {first}") if both else (line,)


def _without_optional(parts: list[PhrasePart]) -> Iterator[list[PhrasePart]]:
    """Give each way of taking or leaving the (optional) parts."""
    optional = [place for place, part in enumerate(parts) if part.optional]
    for taken in product((True, False), repeat=len(optional)):
        left_out = {place for place, take in zip(optional, taken, strict=True) if not take}
        yield [part for place, part in enumerate(parts) if place not in left_out]
