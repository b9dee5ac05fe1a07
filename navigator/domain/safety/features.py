"""Break a text into the small pieces that the second reader of danger weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from navigator.domain.safety.plain_words import STOP, Reading

REACH = 6  # words between two ideas that are still taken together
STEM = 5  # letters that stand for a word in all its forms: threa-tens, threa-tened
LONG_ENOUGH = 5  # letters a word must have for its parts to tell anything
PARTS = (4, 5)  # letters of such a part: they carry over to slips and to forms never seen
SHORTEST = 4  # words of a sentence that is read alone; a shorter one goes with the next
LONGEST = 40  # words read in one go; what is longer is cut
TOGETHER = 60  # words of a text that is also read as one
AGES = ((7, "#few"), (17, "#young"), (64, "#grown"), (110, "#old"))
MANY = "#many"

Pieces = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ideas:
    """Know which words mean much the same: by the whole word, and by how a word begins."""

    whole: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]

    def of(self, word: str) -> tuple[str, ...]:
        """Return the ideas behind a word; most words have none."""
        found = self.whole.get(word, ())
        for end in range(2, len(word) + 1):
            found += self.beginnings.get(word[:end], ())
        return found


def ideas(source: Mapping[str, tuple[str, ...]]) -> Ideas:
    """Prepare the lists of the wording: "beat*" stands for every word that begins so."""
    whole: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    for name, entries in source.items():
        for word in entries:
            table, key = (beginnings, word[:-1]) if word.endswith("*") else (whole, word)
            table[key] = (*table.get(key, ()), name)
    return Ideas(whole, beginnings)


def parts(said: list[str]) -> Iterator[list[str]]:
    """Yield the sentences and, in a short text, all of them as one: one line may hold danger."""
    whole = [word for word in said if word != STOP]
    if len(whole) <= TOGETHER:
        yield whole
    part: list[str] = []
    for word in said:
        if word != STOP:
            part.append(word)
        if len(part) >= (SHORTEST if word == STOP else LONGEST):
            if len(part) < len(whole):
                yield part
            part = []
    if part and len(part) < len(whole):
        yield part


def pieces(words: list[str], known: Ideas, reading: Reading) -> Pieces:
    """Return the pieces of some words; each begins with a letter that says what it is.

    w: a word, two in a row, two with a third between; k: the same for beginnings of the words that
    count; i: an idea, two in reach of each other; g: letters inside a word.
    """
    written = [_number(word) if word.isdigit() else word for word in words]
    found = {f"w:{word}" for word in written}
    fenced = ["^", *written, "$"]
    found.update(f"w:{a} {b}" for a, b in pairwise(fenced))
    found.update(f"w:{a} .. {b}" for a, b in zip(fenced, fenced[2:], strict=False))
    stems = [word[:STEM] for word in written if word not in reading.small_words]
    found.update(f"k:{stem}" for stem in stems)
    found.update(f"k:{a} {b}" for a, b in pairwise(stems))
    for word in written:
        for size in PARTS if len(word) >= LONG_ENOUGH else ():
            found.update(f"g:{word[at : at + size]}" for at in range(len(word) - size + 1))
    found.update(_ideas(written, known))
    return frozenset(found)


def _ideas(words: list[str], known: Ideas) -> Iterator[str]:
    placed = [(at, idea) for at, word in enumerate(words) for idea in known.of(word)]
    for number, (at, idea) in enumerate(placed):
        yield f"i:{idea}"
        for next_at, following in placed[number + 1 :]:
            if next_at > at + REACH:
                break
            if next_at > at:
                yield f"i:{idea} {following}"


def _number(digits: str) -> str:
    return next((name for most, name in AGES if int(digits) <= most), MANY)
