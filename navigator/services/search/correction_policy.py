"""Decide which spelling corrections may be believed; other unknown words are left out, and said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from search_index.analyzer import stem, tokens
from search_index.index_searcher import Index
from search_index.phonetics import phonetic_key

TWO_EDITS, TWO_EDITS_ALIKE, THREE_EDITS_ALIKE, MORE_EDITS_ALIKE = 8, 7, 8, 9
"""Letters from which so many edits are believed; alike: of words that sound the same.

Measured on 820 misspelt words of the needs and 226 real words that the directory does not have:
of shorter words with two edits, most were another real word ("stride", "horse bus").
"""

SUGGESTED_SIMILARITY = 0.7
"""How alike (0 to 1) a word must be to be offered as "did you mean": "kichen", but not "museum"
for "muslim"."""


@dataclass(frozen=True, slots=True)
class UnmatchedWord:
    """A word that the directory does not know, and the nearest one that may have been meant."""

    word: str
    suggestion: str
    """Empty where none is near, and where the word is a real one."""


@dataclass(frozen=True, slots=True)
class CorrectableText:
    """What may be looked for and corrected, and the words that were left out of it."""

    text: str
    unmatched: tuple[UnmatchedWord, ...]


def leave_out_doubtful_words(
    index: Index, text: str, real_words: Sequence[Collection[str]], *, unfinished: bool = False
) -> CorrectableText:
    """Leave out what could only be found as another word that was hardly meant.

    `real_words` are no misspelling of anything; `unfinished`: the last word may go on.
    """
    pieces = text.split()
    unmatched: list[UnmatchedWord] = []
    kept: list[str] = []
    for place, piece in enumerate(pieces):
        words = tokens(piece)
        is_typed = unfinished and place == len(pieces) - 1 and text[-1:].isalnum()
        checked = [
            _unmatched(index, word, real_words, is_typed=is_typed and word == words[-1])
            for word in words
        ]
        unmatched += [doubt for doubt in checked if doubt]
        if any(checked):
            kept += [word for word, doubt in zip(words, checked, strict=True) if doubt is None]
        else:
            kept.append(piece)
    return CorrectableText(" ".join(kept), tuple(dict.fromkeys(unmatched)))


def leave_out_unknown_words(index: Index, text: str) -> str:
    """Leave out the words that the directory does not know, instead of correcting them."""
    return " ".join(word for word in tokens(text) if index.correct(word) is None)


def is_plausible(word: str, correction: str) -> bool:
    """Say whether somebody who typed the word meant the other one."""
    # The index may know another form of the word than the one that was meant.
    edits = min(OSA.distance(word, correction), OSA.distance(word, stem(correction)))
    if edits <= 1 or not word.isalpha():
        return True  # of a name as links2care the index has compared the digits
    sounds_alike = phonetic_key(word) == phonetic_key(correction)
    if edits == 2:
        return len(word) >= (TWO_EDITS_ALIKE if sounds_alike else TWO_EDITS)
    return sounds_alike and len(word) >= (THREE_EDITS_ALIKE if edits == 3 else MORE_EDITS_ALIKE)


def _unmatched(
    index: Index, word: str, real_words: Sequence[Collection[str]], *, is_typed: bool
) -> UnmatchedWord | None:
    correction = index.correct(word)
    if correction is None:
        return None
    is_real = any(word in words for words in real_words)
    if not is_real and is_plausible(word, correction):
        return None
    if is_typed:
        completed = index.search(word, limit=1, typing=True).corrected
        if completed is None or is_plausible(word, completed[: len(word)]):
            return None
    near = OSA.normalized_similarity(word, correction) >= SUGGESTED_SIMILARITY
    return UnmatchedWord(word, correction if near and not is_real else "")
