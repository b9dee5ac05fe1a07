"""Numbers written as words, from ten to ninety-nine, in English and French."""

from collections.abc import Iterator, Mapping

from search_index.analyzer import fold_text

_EN_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_EN_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_FR_UNITS = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
_FR_TEENS = [
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix sept",
    "dix huit",
    "dix neuf",
]
_FR_TENS = (
    (20, "vingt"),
    (30, "trente"),
    (40, "quarante"),
    (50, "cinquante"),
    (60, "soixante"),
    (80, "quatre vingt"),
)
LONGEST = 4  # quatre vingt dix sept


def _english() -> Iterator[tuple[str, int]]:
    yield from ((word, 10 + at) for at, word in enumerate(_EN_TEENS))
    for at, ten in enumerate(_EN_TENS):
        yield ten, 20 + 10 * at
        for unit_at, unit in enumerate(_EN_UNITS):
            yield f"{ten} {unit}", 21 + 10 * at + unit_at


def _french() -> Iterator[tuple[str, int]]:
    yield from ((word, 10 + at) for at, word in enumerate(_FR_TEENS))
    for value, ten in _FR_TENS:
        yield ten, value
        yield f"{ten}s", value
        for at, unit in enumerate(_FR_UNITS):
            yield f"{ten} {unit}", value + 1 + at
            yield f"{ten} et {unit}", value + 1 + at
        if value >= 60:
            for at, teen in enumerate(_FR_TEENS):
                yield f"{ten} {teen}", value + 10 + at
                yield f"{ten} et {teen}", value + 10 + at


NUMERALS: Mapping[tuple[str, ...], int] = {
    tuple(fold_text(words).split()): value for words, value in (*_english(), *_french())
}


def number_word_at(raw: tuple[str, ...], start: int) -> tuple[int, int] | None:
    """Give the number that begins at a word, in figures or words, and where it ends."""
    if raw[start].isdecimal():
        return (int(raw[start]), start + 1) if len(raw[start]) <= 3 else None
    for length in range(LONGEST, 0, -1):
        value = NUMERALS.get(raw[start : start + length])
        if value is not None:
            return value, start + length
    return None
