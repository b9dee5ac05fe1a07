"""The term dictionary: the words an index knows, which begin so, look alike or sound alike."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.phonetics import phonetic_key

NO_TERM = -1  # of a compound: two words written as one, which stand for the terms of both
AFTER_ALL = "\uffff"  # sorts after every folded letter

_PLACES = ("first", "second")  # letters that words are sorted by
_ASCII = 128  # folded words are plain ASCII
_LENGTHS = 32  # words of 31 letters and more are sorted as if they had 31
_LENGTH_DIFFERENCE = 2  # letters more or less: two edits make no greater one
_SHORTEST = 3

_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
# For each character the bit of its first occurrence and that of any further one.
_CHARACTER_BITS = {
    **{letter: (1 << place, 1 << (place + 26)) for place, letter in enumerate(_LETTERS)},
    **{digit: (1 << (place + 52), 1 << (place + 52)) for place, digit in enumerate(_DIGITS)},
}
_NO_BITS = (0, 0)
_BITS_PER_EDIT = 2  # a substituted letter changes two bits, other edits one or none


def write_term_dictionary(
    folder: Path, words: Mapping[str, tuple[int, int]], cuts: Mapping[str, int]
) -> None:
    """Write the words with their term (or NO_TERM) and frequency, and where compounds are cut."""
    names = sorted(words)
    array = np.array([words[name] for name in names], dtype=np.int32).reshape(-1, 2)
    keys = np.array([phonetic_bucket(name) for name in names], dtype=np.uint32)
    order = np.argsort(keys, kind="stable").astype(np.int32)
    index_files.write_lines(folder, "words", names)
    index_files.write_array(folder, "word_term", array[:, 0].copy())
    index_files.write_array(folder, "word_frequency", array[:, 1].copy())
    cut = np.array([cuts.get(name, 0) for name in names], dtype=np.int32)
    index_files.write_array(folder, "word_cut", cut)
    index_files.write_array(folder, "phonetic_keys", keys[order])
    index_files.write_array(folder, "phonetic_words", order)
    bits = np.array([letter_bits(name) for name in names], dtype=np.uint64)
    lengths = np.minimum([len(name) for name in names], _LENGTHS - 1).astype(np.int64)
    for column, place in enumerate(_PLACES):
        letters = np.array([ord(name[column : column + 1] or "\0") for name in names], np.int64)
        buckets = letters * _LENGTHS + lengths
        order = np.argsort(buckets, kind="stable").astype(np.int32)
        starts = np.searchsorted(buckets[order], np.arange(_ASCII * _LENGTHS + 1))
        index_files.write_array(folder, f"by_{place}", order)
        index_files.write_array(folder, f"by_{place}_bits", bits[order])
        index_files.write_array(folder, f"by_{place}_starts", starts.astype(np.int32))


def phonetic_bucket(word: str) -> int:
    """Return a number that words share when they sound alike."""
    return crc32(phonetic_key(word).encode())


def letter_bits(word: str) -> int:
    """Say in 62 bits which letters and digits a folded word has, and which of them twice."""
    bits = 0
    for character in word:
        first, further = _CHARACTER_BITS.get(character, _NO_BITS)
        bits |= further if bits & first else first
    return bits


def maybe_within(bits: NDArray[np.uint64], word: str, edits: int) -> NDArray[np.intp]:
    """Find which of the words with these bits may be within so many edits; no other one is."""
    different = np.bitwise_count(bits ^ np.uint64(letter_bits(word)))
    places: NDArray[np.intp] = (different <= _BITS_PER_EDIT * edits).nonzero()[0]
    return places


def maybe_prefixed(bits: NDArray[np.uint64], prefix: str, edits: int) -> NDArray[np.intp]:
    """Find which words may begin so, within so many edits; no other one does."""
    missing = np.bitwise_count(np.uint64(letter_bits(prefix)) & ~bits)
    places: NDArray[np.intp] = (missing <= edits).nonzero()[0]
    return places


class TermDictionary:
    """All folded words of an index, in alphabetical order; a word's number is its place there."""

    def __init__(self, folder: Path) -> None:
        self.words = index_files.read_lines(folder, "words")
        self._terms = index_files.read_array(folder, "word_term")
        self._frequencies = index_files.read_array(folder, "word_frequency")
        # Single numbers are read sooner out of these than out of arrays.
        self.terms, self.frequency = self._terms.data, self._frequencies.data
        self._cuts = index_files.read_array(folder, "word_cut").data
        self._phonetic_keys = index_files.read_array(folder, "phonetic_keys").data
        self._phonetic_words = index_files.read_array(folder, "phonetic_words").data
        self._buckets = {
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

    def split_compound(self, word: str) -> tuple[str, str] | None:
        """Split a compound into its two words."""
        number = self.number(word)
        cut = 0 if number is None else self._cuts[number]
        return (word[:cut], word[cut:]) if cut else None

    def completions(self, prefix: str, limit: int) -> list[int]:
        """List the numbers of the most frequent words that begin so, compounds left out.

        The prefix itself comes first, if it is a word.
        """
        start = bisect_left(self.words, prefix)
        end = bisect_left(self.words, prefix + AFTER_ALL, lo=start)
        numbers = np.arange(start, end)
        numbers = numbers[self._terms[start:end] != NO_TERM]
        frequency = self._frequencies[numbers].astype(np.int64)
        if start < end and self.words[start] == prefix and len(numbers):
            frequency[0] = frequency.max() + 1
        order = np.argsort(-frequency, kind="stable")[:limit]
        completions: list[int] = numbers[order].tolist()
        return completions

    def sounding_like(self, word: str) -> Sequence[int]:
        """List the numbers of the words that sound like a word."""
        key = phonetic_bucket(word)
        start = bisect_left(self._phonetic_keys, key)
        end = bisect_right(self._phonetic_keys, key, lo=start)
        return self._phonetic_words[start:end].tolist()

    def bucket(
        self, place: str, letter: str, length: int | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """Give the numbers of the words with this letter first or second, and their letter bits.

        `place` is "first" or "second". With a length only words of two letters more or less.
        """
        order, bits, starts = self._buckets[place]
        first = ord(letter) * _LENGTHS
        shortest, longest = 0, _LENGTHS - 1
        if length is not None:
            shortest = min(max(length - _LENGTH_DIFFERENCE, _SHORTEST), longest)
            longest = min(length + _LENGTH_DIFFERENCE, longest)
        span = slice(starts[first + shortest], starts[first + longest + 1])
        return order[span], bits[span]
