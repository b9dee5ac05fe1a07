"""Break a text into the small pieces that the second reader of danger weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from navigator.nlp.danger.normalizer import STOP, NormalizerTables

REACH = 4  # words between two ideas that are still taken together
STEM = 5  # letters that stand for a word in all its forms: threa-tens, threa-tened
LONG_ENOUGH = 5  # letters a word must have for its parts to tell anything
PART = 4  # letters of such a part: they carry over to slips and to forms never seen
SHORTEST = 4  # words of a sentence that is read alone; a shorter one goes with the next
LONGEST = 40  # words of a part; what is longer is cut
MOST_IN_A_ROW = 5  # words that one entry of an idea may have
AGES = ((7, "#few"), (17, "#young"), (64, "#grown"), (110, "#old"))
MANY = "#many"

Pieces = tuple[str, ...]  # each once, always in the same order
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DangerConcepts:
    """Know which words mean much the same: whole words, words in a row, and how words begin."""

    whole: Mapping[str, Names]
    beginnings: Mapping[str, Names]
    rows: Mapping[str, tuple[tuple[str, str], ...]]  # first word -> (the words in a row, idea)

    def of(self, word: str) -> Names:
        """Return the ideas behind a word; most words have none."""
        found = self.whole.get(word, ())
        for end in range(2, len(word) + 1):
            if (begun := word[:end]) in self.beginnings:
                found += self.beginnings[begun]
        return found

    def at(self, place: int, words: list[str]) -> Names:
        """Return the ideas behind the word at a place, and behind the words in a row from there."""
        found = self.of(words[place])
        if words[place] in self.rows:
            ahead = " ".join(words[place : place + MOST_IN_A_ROW]) + " "
            found += tuple(name for row, name in self.rows[words[place]] if ahead.startswith(row))
        return tuple(dict.fromkeys(found))


def make_danger_concepts(source: Mapping[str, tuple[str, ...]]) -> DangerConcepts:
    """Prepare the lists of the wording: "beat*" stands for every word that begins so."""
    whole: dict[str, Names] = {}
    beginnings: dict[str, Names] = {}
    rows: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, entries in source.items():
        for entry in entries:
            first, *more = entry.split()
            if more:
                rows[first] = (*rows.get(first, ()), (f"{entry} ", name))
            else:
                table, key = (beginnings, entry[:-1]) if entry[-1] == "*" else (whole, entry)
                table[key] = (*table.get(key, ()), name)
    return DangerConcepts(whole, beginnings, rows)


def sentences(said: list[str]) -> Iterator[list[str]]:
    """Yield the whole text, then its sentences: one line of a long letter may hold danger."""
    whole = [word for word in said if word != STOP]
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


def extract_features(words: list[str], known: DangerConcepts, reading: NormalizerTables) -> Pieces:
    """Return the pieces of some words; each begins with a letter that says what it is.

    w: a word, two in a row; k: the beginning of a word that counts; i: an idea, two in reach of
    each other; s: two or three steps in a row, where a step is the first idea of a word or the
    beginning of a word that has none; g: letters inside a word.
    """
    written = [_number(word) if word.isdigit() else word for word in words]
    found = [f"w:{word}" for word in written]
    fenced = ["^", *written, "$"]
    found.extend([f"w:{a} {b}" for a, b in pairwise(fenced)])
    found.extend([f"k:{word[:STEM]}" for word in written if word not in reading.small_words])
    for word in written:
        if len(word) >= LONG_ENOUGH:
            found.extend([f"g:{word[at : at + PART]}" for at in range(len(word) - PART + 1)])
    behind = [known.at(place, written) for place in range(len(written))]
    found.extend(_ideas(behind))
    found.extend(_steps(written, behind, reading))
    return tuple(dict.fromkeys(found))


def _ideas(behind: list[Names]) -> Iterator[str]:
    placed = [(at, idea) for at, names in enumerate(behind) for idea in names]
    for number, (at, idea) in enumerate(placed):
        yield f"i:{idea}"
        for next_at, following in placed[number + 1 :]:
            if next_at > at + REACH:
                break
            if next_at > at:
                yield f"i:{idea} {following}"


def _steps(words: list[str], behind: list[Names], reading: NormalizerTables) -> Iterator[str]:
    steps = [
        names[0].upper() if names else word[:STEM]
        for word, names in zip(words, behind, strict=True)
        if names or word not in reading.small_words
    ]
    fenced = ["^", *steps, "$"]
    for before, step, after in zip(fenced, fenced[1:], fenced[2:], strict=False):
        yield f"s:{before} {step}"
        yield f"s:{before} {step} {after}"


def _number(digits: str) -> str:
    return next((name for most, name in AGES if int(digits) <= most), MANY)
