"""Compile the reviewed danger words once, into phrases that can be found quickly in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from navigator.domain import safety_text
from navigator.domain.safety_text import Reading
from navigator.wording.danger_words import BadDangerWords, DangerWords, Group

SHORT_GAP, LONG_GAP = 3, 8  # words that ".." and "..." may jump over
AT_LEAST = 2  # a phrase of several words must not shrink to one that is found everywhere
GAPS = {"..": SHORT_GAP, "...": LONG_GAP}
NUMBER = re.compile(r"#(?:(\d+)\+)?")
_SLOT = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Step:
    """Name one slot that must come next, and how many words may stand before it."""

    slot: str
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one line of a group, ready to be looked for."""

    group: Group
    steps: tuple[Step, ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold all that the checker knows: how to read, what fills a slot, which phrases there are."""

    reading: Reading
    fillers: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word -> (words, slot)
    numbers: tuple[tuple[int, str], ...]  # (at least, slot)
    phrases: tuple[Phrase, ...]


def compile_lexicon(source: DangerWords) -> Lexicon:
    """Compile the words; raise BadDangerWords where a phrase names a slot that is not there."""
    plain = safety_text.build(
        vocabulary=(),
        spelling=source.spelling,
        emoji=source.emoji,
        small_words=source.small_words,
        real_words=(),
    )
    slots: dict[str, set[tuple[str, ...]]] = {}
    for name in source.slots:
        _fill(name, source, plain, slots, path=())
    phrases = [
        Phrase(group, steps, frozenset(step.slot for step in steps))
        for group in source.groups
        for line in group.say
        for way in _ways(line)
        for steps in _lines(way, group, plain, slots)
    ]
    used = {slot for phrase in phrases for slot in phrase.needs}
    numbers = tuple(
        (int(found[1] or 0), slot) for slot in sorted(used) if (found := NUMBER.fullmatch(slot))
    )
    fillers: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for slot in sorted(used):
        for filler in sorted(slots.get(slot, ())):
            fillers.setdefault(filler[0], []).append((filler, slot))
    vocabulary = {word for entries in slots.values() for filler in entries for word in filler}
    reading = safety_text.build(
        vocabulary=vocabulary | set(source.small_words),
        spelling=source.spelling,
        emoji=source.emoji,
        small_words=source.small_words,
        real_words=source.real_words,
    )
    ready = {first: tuple(found) for first, found in fillers.items()}
    return Lexicon(reading, ready, numbers, tuple(phrases))


def _fill(
    name: str,
    source: DangerWords,
    plain: Reading,
    slots: dict[str, set[tuple[str, ...]]],
    *,
    path: tuple[str, ...],
) -> set[tuple[str, ...]]:
    """Work out what can stand in a slot, following slots named inside it."""
    if name in slots:
        return slots[name]
    if name in path or name not in source.slots:
        raise BadDangerWords(f"slot {name}: not written down, or made of itself")
    found: set[tuple[str, ...]] = set()
    for entry in source.slots[name]:
        parts = _SLOT.split(entry)
        choices: list[list[tuple[str, ...]]] = []
        for place, part in enumerate(parts):
            if place % 2:
                choices.append(sorted(_fill(part, source, plain, slots, path=(*path, name))))
            else:
                choices.append([tuple(safety_text.words(part, plain))])
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
    line: str, group: Group, plain: Reading, slots: dict[str, set[tuple[str, ...]]]
) -> Iterator[tuple[Step, ...]]:
    """Yield the phrases of one line: each way of taking or leaving the (optional) parts."""
    # sayings ("about to") are read over the whole line, before it falls into parts
    parts = [_part(part, plain, slots) for part in safety_text.spell_out(line, plain).split()]
    optional = [place for place, (_, _, needed) in enumerate(parts) if not needed]
    for taken in product((True, False), repeat=len(optional)):
        left = {place for place, take in zip(optional, taken, strict=True) if not take}
        kept = [part[:2] for place, part in enumerate(parts) if place not in left]
        steps = tuple(_steps(kept, slots))
        if len(steps) < min(len(parts), AT_LEAST):
            raise BadDangerWords(f"group {group.name}: too little is left of '{line}'")
        yield steps


def _part(
    written: str, plain: Reading, slots: dict[str, set[tuple[str, ...]]]
) -> tuple[str, set[tuple[str, ...]], bool]:
    """Return a part's name, what can stand there, and whether something must."""
    name = written.strip("()")
    if name in GAPS or _SLOT.fullmatch(name):
        return name, set(), name == written
    read: set[tuple[str, ...]] = set()
    for choice in name.split("/"):
        if slot := _SLOT.fullmatch(choice):
            read |= slots.get(slot[1], set())
        else:
            read.add(tuple(safety_text.words(choice, plain)))
    return name, {filler for filler in read if filler}, name == written


def _steps(
    parts: list[tuple[str, set[tuple[str, ...]]]], slots: dict[str, set[tuple[str, ...]]]
) -> Iterator[Step]:
    gap = 0
    for name, fillers in parts:
        if name in GAPS:
            gap = GAPS[name]
            continue
        if slot := _SLOT.fullmatch(name):
            if slot[1] not in slots and not NUMBER.fullmatch(slot[1]):
                raise BadDangerWords(f"no slot is called {slot[1]}")
            yield Step(slot[1], gap)
        elif fillers:
            slots.setdefault(f"={name}", set()).update(fillers)
            yield Step(f"={name}", gap)
        else:
            continue
        gap = 0
