"""Numbers written as words, from ten to ninety-nine, in English and French."""

from collections.abc import Iterator, Mapping

from search_index.analyzer import fold_text

_ENGLISH_UNITS = "one two three four five six seven eight nine".split()
_ENGLISH_TEENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FRENCH_UNITS = "un deux trois quatre cinq six sept huit neuf".split()
_FRENCH_TEENS = [
    *"dix onze douze treize quatorze quinze seize".split(),
    *("dix sept", "dix huit", "dix neuf"),
]
_FRENCH_TENS = (
    (20, "vingt"),
    (30, "trente"),
    (40, "quarante"),
    (50, "cinquante"),
    (60, "soixante"),
    (80, "quatre vingt"),
)
MAX_WORDS = 4  # quatre vingt dix sept
MAX_DIGITS = 3  # nobody is 1000 years old: a longer number is a year, a price or a telephone


def _english_numbers() -> Iterator[tuple[str, int]]:
    yield from ((word, 10 + at) for at, word in enumerate(_ENGLISH_TEENS))
    for at, ten in enumerate(_ENGLISH_TENS):
        yield ten, 20 + 10 * at
        for unit_at, unit in enumerate(_ENGLISH_UNITS):
            yield f"{ten} {unit}", 21 + 10 * at + unit_at


def _french_numbers() -> Iterator[tuple[str, int]]:
    yield from ((word, 10 + at) for at, word in enumerate(_FRENCH_TEENS))
    for value, ten in _FRENCH_TENS:
        yield ten, value
        yield f"{ten}s", value
        for at, unit in enumerate(_FRENCH_UNITS):
            yield f"{ten} {unit}", value + 1 + at
            yield f"{ten} et {unit}", value + 1 + at
        if value >= 60:  # soixante-douze, quatre-vingt-dix-sept: these tens go on to nineteen
            for at, teen in enumerate(_FRENCH_TEENS):
                yield f"{ten} {teen}", value + 10 + at
                yield f"{ten} et {teen}", value + 10 + at


NUMBERS_BY_WORDS: Mapping[tuple[str, ...], int] = {
    tuple(fold_text(words).split()): value
    for words, value in (*_english_numbers(), *_french_numbers())
}


def number_at(words: tuple[str, ...], start: int) -> tuple[int, int] | None:
    """Give the number that begins at a word, in figures or words, and where it ends."""
    if words[start].isdecimal():
        return (int(words[start]), start + 1) if len(words[start]) <= MAX_DIGITS else None
    for length in range(MAX_WORDS, 0, -1):
        value = NUMBERS_BY_WORDS.get(words[start : start + length])
        if value is not None:
            return value, start + length
    return None
