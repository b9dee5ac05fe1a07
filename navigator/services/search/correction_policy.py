"""Decide when a mended word may be believed; a word that is doubted is left out, and said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from search_index.analyzer import stem, tokens
from search_index.index_searcher import Index
from search_index.phonetics import phonetic_key

LONG, LONG_ALIKE, LONGEST = 8, 7, 9
"""Letters from which two mistakes are believed; two in a word that sounds the same; and more.

Measured on 820 misspelt words of the needs and 226 real words that the directory does not have:
of shorter words with two mistakes, most were another real word ("stride", "horse bus").
"""


CLOSE = 0.7
"""How alike (0 to 1) a word must be to be offered instead."""


@dataclass(frozen=True, slots=True)
class UnmatchedWord:
    """A word that the directory does not know, and the nearest one that may have been meant."""

    word: str
    near: str
    """Empty where none is near, and where the word is a real one."""


@dataclass(frozen=True, slots=True)
class CorrectedWords:
    """What may be looked for, and the words that were left out of it."""

    words: str
    doubts: tuple[UnmatchedWord, ...]


def correct_words(
    index: Index, words: str, real: Sequence[Collection[str]], *, unfinished: bool = False
) -> CorrectedWords:
    """Leave out what could only be found as another word that was hardly meant.

    `real`: words that are no misspelling of anything; `unfinished`: the last word may go on.
    """
    pieces = words.split()
    doubts: list[UnmatchedWord] = []
    kept: list[str] = []
    for place, piece in enumerate(pieces):
        typing = unfinished and place == len(pieces) - 1 and words[-1:].isalnum()
        said = tokens(piece)
        found = [_doubt(index, one, real, typing=typing and one == said[-1]) for one in said]
        doubts += [one for one in found if one]
        if any(found):
            kept += [one for one, doubt in zip(said, found, strict=True) if doubt is None]
        else:
            kept.append(piece)
    return CorrectedWords(" ".join(kept), tuple(dict.fromkeys(doubts)))


def is_plausible(word: str, near: str) -> bool:
    """Say whether somebody who typed the word meant the other one."""
    # The index may know another form of the word than the one that was meant.
    edits = min(OSA.distance(word, near), OSA.distance(word, stem(near)))
    if edits <= 1 or not word.isalpha():
        return True  # of a name as links2care the index has compared the digits
    alike = phonetic_key(word) == phonetic_key(near)
    if edits == 2:
        return len(word) >= (LONG_ALIKE if alike else LONG)
    return alike and len(word) >= (LONG if edits == 3 else LONGEST)


def _doubt(
    index: Index, word: str, real: Sequence[Collection[str]], *, typing: bool
) -> UnmatchedWord | None:
    near = index.correct(word)
    if near is None:
        return None
    is_real = any(word in words for words in real)
    if not is_real and is_plausible(word, near):
        return None
    if typing:
        meant = index.search(word, limit=1, typing=True).corrected
        if meant is None or is_plausible(word, meant[: len(word)]):
            return None
    close = OSA.normalized_similarity(word, near) >= CLOSE
    return UnmatchedWord(word, near if close and not is_real else "")
