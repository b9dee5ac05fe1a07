"""Phrases written as small patterns, and how one is found in a row of words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from navigator.nlp.needs.tokenizer import TokenizedText, light_stem

GAP = 4  # words that "..." may stand for
FILLERS = 2  # little words that may stand between two words of a phrase unwritten

GROWN_UP = 5  # years; a smaller number in a phrase counts children, not years
_ENGLISH_FEW = ("two", "three", "four", "five", "six", "seven", "eight")
_FRENCH_FEW = ("deux", "trois", "quatre", "cinq", "sept", "huit")
NUMBER_WORDS = frozenset((*_ENGLISH_FEW, *_FRENCH_FEW))
AGES, FEW = (GROWN_UP, 110), (2, 12)
_AGE_UNITS = (("year", "ans", "an", "yo", "yr", "y"), ("o",), ("old",))


@dataclass(frozen=True, slots=True)
class PatternElement:
    """One word of a pattern: any of some stems, or words with a beginning, or a gap."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    optional: bool = False
    gap: int = 0
    number: tuple[int, int] | None = None

    def fits(self, words: TokenizedText, at: int) -> bool:
        """Say whether a word can stand here."""
        if words.stems[at] in self.stems:
            return True
        if self.number and _is_between(words.raw[at], self.number):
            return True
        return bool(self.prefixes) and words.raw[at].startswith(self.prefixes)


def _is_between(word: str, bounds: tuple[int, int]) -> bool:
    if word.isdecimal():
        return bounds[0] <= int(word) <= bounds[1]
    return bounds == FEW and word in NUMBER_WORDS


Pattern = tuple[PatternElement, ...]
Spell = Callable[[str], tuple[str, ...]]


def compile_pattern(part: str, classes: Mapping[str, frozenset[str]], spell: Spell) -> Pattern:
    """Read one part of a phrase; `spell` folds a word and writes its shorthand out."""
    if part == "...":
        return (PatternElement(gap=GAP),)
    if part == "{age}":
        units = (PatternElement(frozenset(unit), optional=True) for unit in _AGE_UNITS)
        return (PatternElement(number=AGES), *units)
    return tuple(_elements(part, classes, spell))


def joined(parts: Iterable[Pattern]) -> Pattern:
    """Put the parts of a phrase together; a gap at its end means nothing."""
    elements = [element for part in parts for element in part]
    while elements and elements[-1].gap:
        elements.pop()
    return tuple(elements)


def _elements(
    part: str, classes: Mapping[str, frozenset[str]], spell: Spell
) -> list[PatternElement]:
    optional = part.endswith("?")
    choices = part.removesuffix("?").split("/")
    if len(choices) == 1 and choices[0].isalpha():
        return [
            PatternElement(frozenset((light_stem(word),)), optional=optional)
            for word in spell(choices[0])
        ]
    stems: set[str] = set()
    prefixes: list[str] = []
    for choice in choices:
        if choice.startswith("{") and choice != "{number}":
            stems |= classes[choice.strip("{}")]
        elif choice.endswith("*"):
            prefixes.append("".join(spell(choice[:-1])))
        elif choice != "{number}":
            # Of a choice that is written out as several words, the first is enough.
            stems.add(light_stem(spell(choice)[0]))
    number = FEW if "{number}" in choices else None
    return [PatternElement(frozenset(stems), tuple(prefixes), optional=optional, number=number)]


def last_stems(pattern: Pattern) -> frozenset[str]:
    """Give the stems of which one must be in a text that holds the phrase; none: not known."""
    for element in reversed(pattern):
        if not (element.optional or element.gap):
            return element.stems if not (element.prefixes or element.number) else frozenset()
    return frozenset()


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A row of words to be searched, and the little words that may be stepped over."""

    words: TokenizedText
    fillers: frozenset[str]


def match_pattern(pattern: Pattern, row: TokenRow, start: int) -> int | None:
    """Give the end of the pattern found at `start`, inside one sentence; None if not there."""
    return _match(pattern, 0, row, start, row.words.hard[start], FILLERS)


def _match(
    pattern: Pattern, step: int, row: TokenRow, at: int, hard: int, spare: int
) -> int | None:
    if step == len(pattern):
        return at
    element = pattern[step]
    if element.gap:
        return _over_gap(pattern, step, row, at, hard)
    words = row.words
    here = at < len(words) and words.hard[at] == hard
    if here and element.fits(words, at):
        end = _match(pattern, step + 1, row, at + 1, hard, FILLERS)
        if end is not None:
            return end
    if element.optional:
        return _match(pattern, step + 1, row, at, hard, spare)
    if here and step and spare and words.raw[at] in row.fillers:
        return _match(pattern, step, row, at + 1, hard, spare - 1)
    return None


def _over_gap(pattern: Pattern, step: int, row: TokenRow, at: int, hard: int) -> int | None:
    last = min(at + pattern[step].gap, len(row.words) - 1)
    for begin in range(at, last + 1):
        if row.words.hard[begin] != hard:
            return None
        end = _match(pattern, step + 1, row, begin, hard, FILLERS)
        if end is not None:
            return end
    return None
