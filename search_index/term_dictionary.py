"""The words an index knows: which begin so, look alike or sound alike."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.edit_distance_prefilter import letter_bits
from search_index.phonetics import phonetic_key

_PLACES = ("first", "second")  # letters that words are sorted by
_LETTERS = 128  # folded words are plain ASCII
_LONGEST = 31  # longer words are sorted as if they had so many letters
_ABOUT = 2  # letters more or less
_SHORTEST = 3
NO_TERM = -1  # of a compound: two words written as one, which stand for the terms of both
LAST = "\uffff"  # sorts after every folded letter


def write_term_dictionary(
    folder: Path, words: Mapping[str, tuple[int, int]], cuts: Mapping[str, int]
) -> None:
    """Write the words with their term (or NO_TERM) and frequency, and where compounds are cut."""
    names = sorted(words)
    array = np.array([words[name] for name in names], dtype=np.int32).reshape(-1, 2)
    sounds = np.array([phonetic_bucket(name) for name in names], dtype=np.uint32)
    order = np.argsort(sounds, kind="stable").astype(np.int32)
    index_files.write_lines(folder, "words", names)
    index_files.write_array(folder, "word_term", array[:, 0].copy())
    index_files.write_array(folder, "word_frequency", array[:, 1].copy())
    cut = np.array([cuts.get(name, 0) for name in names], dtype=np.int32)
    index_files.write_array(folder, "word_cut", cut)
    index_files.write_array(folder, "sounds", sounds[order])
    index_files.write_array(folder, "sound_word", order)
    bits = np.array([letter_bits(name) for name in names], dtype=np.uint64)
    lengths = np.minimum([len(name) for name in names], _LONGEST).astype(np.int64)
    for column, place in enumerate(_PLACES):
        letters = np.array([ord(name[column : column + 1] or "\0") for name in names], np.int64)
        keys = letters * (_LONGEST + 1) + lengths
        order = np.argsort(keys, kind="stable").astype(np.int32)
        starts = np.searchsorted(keys[order], np.arange(_LETTERS * (_LONGEST + 1) + 1))
        index_files.write_array(folder, f"by_{place}", order)
        index_files.write_array(folder, f"by_{place}_bits", bits[order])
        index_files.write_array(folder, f"by_{place}_starts", starts.astype(np.int32))


def phonetic_bucket(word: str) -> int:
    """Return a number that words share when they sound alike."""
    return crc32(phonetic_key(word).encode())


class TermDictionary:
    """All folded words of an index, in alphabetical order; a word's number is its place there."""

    def __init__(self, folder: Path) -> None:
        self.words = index_files.read_lines(folder, "words")
        self._terms = index_files.read_array(folder, "word_term")
        self._frequencies = index_files.read_array(folder, "word_frequency")
        # Single numbers are read sooner out of these than out of arrays.
        self.terms, self.frequency = self._terms.data, self._frequencies.data
        self._cuts = index_files.read_array(folder, "word_cut").data
        self._sounds = index_files.read_array(folder, "sounds").data
        self._sound_word = index_files.read_array(folder, "sound_word").data
        self._sorted = {
            place: (
                index_files.read_array(folder, f"by_{place}"),
                index_files.read_array(folder, f"by_{place}_bits"),
                index_files.read_array(folder, f"by_{place}_starts").data,
            )
            for place in _PLACES
        }

    def number(self, word: str) -> int | None:
        """Find a word's number."""
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None

    def apart(self, word: str) -> tuple[str, str] | None:
        """Split a compound into its two words."""
        number = self.number(word)
        cut = 0 if number is None else self._cuts[number]
        return (word[:cut], word[cut:]) if cut else None

    def starting(self, prefix: str) -> range:
        """Find the numbers of the words that begin so."""
        start = bisect_left(self.words, prefix)
        return range(start, bisect_left(self.words, prefix + LAST, lo=start))

    def likely_endings(self, prefix: str, most: int) -> list[int]:
        """List the numbers of the most frequent words that begin so, compounds left out.

        The beginning itself comes first, if it is a word.
        """
        found = self.starting(prefix)
        numbers = np.arange(found.start, found.stop)
        numbers = numbers[self._terms[found.start : found.stop] != NO_TERM]
        often = self._frequencies[numbers].astype(np.int64)
        if found and self.words[found.start] == prefix and len(numbers):
            often[0] = often.max() + 1
        often = np.argsort(-often, kind="stable")[:most]
        ends: list[int] = numbers[often].tolist()
        return ends

    def sounding(self, key: int) -> Sequence[int]:
        """List the numbers of the words with this key of their sound."""
        start = bisect_left(self._sounds, key)
        return self._sound_word[start : bisect_right(self._sounds, key, lo=start)].tolist()

    def bucket(
        self, place: str, letter: str, length: int | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """Give the numbers of the words with this letter first or second, and their letters' bits.

        `place` is "first" or "second". With a length only words of two letters more or less.
        """
        order, bits, starts = self._sorted[place]
        first = ord(letter) * (_LONGEST + 1)
        low, high = 0, _LONGEST + 1
        if length is not None:
            low = min(max(length - _ABOUT, _SHORTEST), _LONGEST)
            high = min(length + _ABOUT, _LONGEST) + 1
        span = slice(starts[first + low], starts[first + high])
        return order[span], bits[span]
