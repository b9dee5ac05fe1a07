"""Guess the lemmas of an inflected word: walking, walked -> walk; frappait -> frapper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MIN_STEM = 3
"""Letters that are left of an inflected word: "ties" and "used" are no forms of "t" and "us"."""

_CLOSED_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""Such a stem would have doubled its end before -ing: "hoping" is of hope and never of hop."""

_TAKES_ES = re.compile(r".*(?:s|x|z|ch|sh)")
_FRENCH_ENDINGS = (
    *("eraient", "erais", "erait", "aient", "erai", "eras", "ant", "ait", "ais", "ent"),
    *("ees", "era", "ez", "ee", "es", "e"),
)


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """Gives the forms a word is compared by; French lemmas only where they are known words."""

    vocabulary: frozenset[str]
    never_lemmatized: frozenset[str]

    def forms(self, word: str) -> tuple[str, ...]:
        """Give the word and the lemmas it may have: (walking, walk, walke)."""
        if word in self.never_lemmatized:
            return (word,)
        french = (lemma for lemma in french_lemmas(word) if lemma in self.vocabulary)
        return (word, *dict.fromkeys((*english_lemmas(word), *french)))

    def is_form_of_known(self, word: str) -> bool:
        """Say whether a word or one of its lemmas is known."""
        return not self.vocabulary.isdisjoint(self.forms(word))


def english_lemmas(word: str) -> Iterator[str]:
    """Give what an English word may be a form of; some guesses are no words."""
    if len(word) > MIN_STEM:
        yield from _singulars(word)
        yield from _verb_stems(word)


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("es") and _TAKES_ES.fullmatch(word[:-2]):
        yield word[:-2]
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def _verb_stems(word: str) -> Iterator[str]:
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < MIN_STEM - 1:
            continue
        if len(stem) > MIN_STEM and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
            yield stem[:-1]
        elif not _CLOSED_SYLLABLE.fullmatch(stem):
            yield stem
        yield stem + "e"


def french_lemmas(word: str) -> Iterator[str]:
    """Give the infinitives in -er that a French word may belong to; many are no words."""
    for ending in _FRENCH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            yield word[: -len(ending)] + "er"
