"""Read the small language of the danger phrases: "<they> .. hit/beat me (again)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from navigator.nlp.danger import normalizer
from navigator.nlp.danger.normalizer import NormalizerTables
from navigator.nlp.danger.phrase_files import BadPhraseFile, DangerPhraseFiles, PhraseGroup

SHORT_GAP, LONG_GAP = 3, 8  # words that ".." and "..." may jump over
GAPS = {"..": SHORT_GAP, "...": LONG_GAP}
EXACT = "=="  # begins the names of slots whose words count only as written
LOOSE = "="  # ... and of those where every form of a word counts
AT_LEAST = 2  # a phrase of several words must not shrink to one that is found everywhere
NUMBER = re.compile(r"#(?:(\d+)\+)?")
_SLOT = re.compile(r"<([^<>]+)>")

Filler = tuple[str, ...]
Slots = dict[str, set[Filler]]
Read = Callable[[str], Filler]  # a written piece -> its words


@dataclass(frozen=True, slots=True)
class PatternStep:
    """Name one slot that must come next, and how many words may stand before it."""

    slot: str
    gap: int = 0


def fill_slots(name: str, source: DangerPhraseFiles, read: Read, slots: Slots) -> None:
    """Put into `slots` all that can stand in the slot `name`, following slots named inside it."""
    _fill(name, source, read, slots, path=())


def parse_phrase(
    line: str, group: PhraseGroup, plain: NormalizerTables, read: Read, slots: Slots
) -> Iterator[tuple[PatternStep, ...]]:
    """Yield each way to say a line, adding its own small slots to `slots`.

    Raises BadDangerWords when a slot is not written down or too little of the line is left.
    """
    for way in _ways(line):
        # sayings ("about to") are read over the whole line, before it falls into parts
        yield from _lines(normalizer.spell_out(way, plain), group, read, slots)


def _fill(
    name: str,
    source: DangerPhraseFiles,
    read: Read,
    slots: Slots,
    *,
    path: tuple[str, ...],
) -> set[Filler]:
    """Work out what can stand in a slot, following slots named inside it."""
    if name in slots:
        return slots[name]
    if name in path or name not in source.slots:
        raise BadPhraseFile(f"slot {name}: not written down, or made of itself")
    found: set[Filler] = set()
    for entry in source.slots[name]:
        parts = _SLOT.split(entry)
        choices: list[list[tuple[str, ...]]] = []
        for place, part in enumerate(parts):
            if place % 2:
                choices.append(sorted(_fill(part, source, read, slots, path=(*path, name))))
            else:
                choices.append([read(part)])
        for pieces in product(*choices):
            whole = tuple(word for piece in pieces for word in piece)
            if whole:
                found.add(whole)
    slots[name] = found
    return found


def _ways(line: str) -> tuple[str, ...]:
    """Return both orders of "a & b": near each other, whichever comes first."""
    first, both, second = line.partition(" & ")
    return (f"{first} ... {second}", f"{second} ... {first}") if both else (line,)


def _lines(
    line: str, group: PhraseGroup, read: Read, slots: Slots
) -> Iterator[tuple[PatternStep, ...]]:
    """Yield the phrases of one line: each way of taking or leaving the (optional) parts."""
    parts = [_part(part, read, slots) for part in line.split()]
    optional = [place for place, (_, _, needed) in enumerate(parts) if not needed]
    for taken in product((True, False), repeat=len(optional)):
        left = {place for place, take in zip(optional, taken, strict=True) if not take}
        kept = [part[:2] for place, part in enumerate(parts) if place not in left]
        steps = tuple(_steps(kept, slots, EXACT if group.mark or group.calm else LOOSE))
        if len(steps) < min(len(parts), AT_LEAST):
            raise BadPhraseFile(f"group {group.name}: too little is left of '{line}'")
        yield steps


def _part(written: str, read: Read, slots: Slots) -> tuple[str, set[Filler], bool]:
    """Return a part's name, what can stand there, and whether something must."""
    name = written.strip("()")
    if name in GAPS or _SLOT.fullmatch(name):
        return name, set(), name == written
    if "(" in name or ")" in name:
        raise BadPhraseFile(f"'{written}': brackets go around the whole of a/b/c")
    found: set[Filler] = set()
    for choice in name.split("/"):
        if slot := _SLOT.fullmatch(choice):
            found |= slots.get(slot[1], set())
        else:
            found.add(read(choice))
    return name, {filler for filler in found if filler}, name == written


def _steps(
    parts: list[tuple[str, set[Filler]]],
    slots: Slots,
    prefix: str,
) -> Iterator[PatternStep]:
    gap = 0
    for name, fillers in parts:
        if name in GAPS:
            gap = GAPS[name]
            continue
        if slot := _SLOT.fullmatch(name):
            if slot[1] not in slots and not NUMBER.fullmatch(slot[1]):
                raise BadPhraseFile(f"no slot is called {slot[1]}")
            yield PatternStep(slot[1], gap)
        elif fillers:
            slots.setdefault(f"{prefix}{name}", set()).update(fillers)
            yield PatternStep(f"{prefix}{name}", gap)
        else:
            continue
        gap = 0
