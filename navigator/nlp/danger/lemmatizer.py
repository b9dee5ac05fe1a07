"""Guess the plain forms of an inflected word: walking, walked -> walk; frappait -> frapper."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHORTEST = 3  # letters a word must have more than, to be an inflected one
_SHUT_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # car, hop: doubled before -ing
_TAKES_ES = re.compile(r".*(?:s|x|z|ch|sh)")
_FRENCH_ENDINGS = (
    *("eraient", "erais", "erait", "aient", "erai", "eras", "ant", "ait", "ais", "ent"),
    *("ees", "era", "ez", "ee", "es", "e"),
)


def english_lemmas(word: str) -> Iterator[str]:
    """Yield what an English word may be a form of."""
    if len(word) <= SHORTEST:
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("es") and _TAKES_ES.fullmatch(word[:-2]):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST - 1:
            if len(stem) > SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
                yield stem[:-1]
            elif not _SHUT_SYLLABLE.fullmatch(stem):
                yield stem
            yield stem + "e"


def french_lemmas(word: str) -> Iterator[str]:
    """Yield the infinitives in -er that a French word may belong to; many are none."""
    for ending in _FRENCH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            yield word[: -len(ending)] + "er"
