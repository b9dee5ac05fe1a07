"""How hard a text is to read: Flesch-Kincaid for English, Kandel-Moles for French, by counting."""

import re
from dataclasses import dataclass

FEWEST_WORDS = 8
"""A shorter text ("Call only") has no grade of its own: one long word would decide it."""

_SENTENCE = re.compile(r"[.!?\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_FRENCH_VOWELS = re.compile(r"[aàâäeéèêëiîïoôöuùûüyœæ]+")
_SILENT_ENGLISH = re.compile(r"(?:[^laeiouy]e|[^dtaeiouy]ed|[^sxzcaeiouygh]es)$")


@dataclass(frozen=True, slots=True)
class Count:
    """How many sentences, words and syllables a text has."""

    sentences: int
    words: int
    syllables: int

    def __add__(self, other: "Count") -> "Count":
        """Count two texts as one."""
        return Count(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
        )


def count(text: str, language: str) -> Count:
    """Count a text; a line ends a sentence as a full stop does."""
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    words = _WORD.findall(text.lower())
    syllables = {"en": _english, "fr": _french}[language]
    return Count(len(sentences), len(words), sum(syllables(word) for word in words))


def grade(counted: Count) -> float:
    """Give the Flesch-Kincaid grade: the years of school that an English text needs.

    Kincaid and others 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59.
    """
    return (
        0.39 * counted.words / counted.sentences + 11.8 * counted.syllables / counted.words - 15.59
    )


def ease(counted: Count) -> float:
    """Give the Kandel-Moles reading ease of a French text: 60 and more is standard or easier.

    Kandel and Moles 1958: 209 - 1.15 words per sentence - 68 syllables per word.
    """
    return 209 - 1.15 * counted.words / counted.sentences - 68 * counted.syllables / counted.words


def _english(word: str) -> int:
    letters = word.replace("'", "").replace("’", "")
    groups = len(_ENGLISH_VOWELS.findall(letters))
    if groups > 1 and _SILENT_ENGLISH.search(letters):
        groups -= 1
    return max(1, groups)


def _french(word: str) -> int:
    # Written syllables: a silent e counts too, which makes the measure stricter than speech is.
    parts = re.split("['’]", word)
    return max(1, sum(len(_FRENCH_VOWELS.findall(part)) for part in parts))
