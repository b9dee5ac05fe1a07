"""The words an index knows: which begin so, look alike or sound alike."""

from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from search_index import layout
from search_index.phonetics import sound

_PLACES = ("first", "second")  # letters that words are sorted by
_LETTERS = 128  # folded words are plain ASCII
NO_TERM = -1  # of a compound: two words written as one, which stand for the terms of both
LAST = "￿"  # sorts after every folded letter


def write(folder: Path, words: Mapping[str, tuple[int, int]]) -> None:
    """Write the words with their term (or NO_TERM) and frequency."""
    names = sorted(words)
    array = np.array([words[name] for name in names], dtype=np.int32).reshape(-1, 2)
    sounds = np.array([sound_key(name) for name in names], dtype=np.uint32)
    order = np.argsort(sounds, kind="stable").astype(np.int32)
    letters = np.array(
        [(len(n), ord(n[0]), ord(n[1]) if len(n) > 1 else 0) for n in names], dtype=np.uint8
    ).reshape(-1, 3)
    layout.write_lines(folder, "words", names)
    layout.write_array(folder, "word_term", array[:, 0].copy())
    layout.write_array(folder, "word_frequency", array[:, 1].copy())
    layout.write_array(folder, "word_sound", sounds)
    layout.write_array(folder, "sounds", sounds[order])
    layout.write_array(folder, "sound_word", order)
    layout.write_array(folder, "letters", letters)
    for column, place in enumerate(_PLACES, start=1):
        order = np.argsort(letters[:, column], kind="stable").astype(np.int32)
        starts = np.searchsorted(letters[order, column], np.arange(_LETTERS + 1))
        layout.write_array(folder, f"by_{place}", order)
        layout.write_array(folder, f"by_{place}_starts", starts.astype(np.int64))


def sound_key(word: str) -> np.uint32:
    """Return a number that words share when they sound alike."""
    return np.uint32(crc32(sound(word).encode()))


class Vocabulary:
    """All folded words of an index, in alphabetical order; a word's number is its place there."""

    def __init__(self, folder: Path) -> None:
        self.words = layout.read_lines(folder, "words")
        self.terms = layout.read_array(folder, "word_term")
        self.frequency = layout.read_array(folder, "word_frequency")
        self._word_sound = layout.read_array(folder, "word_sound")
        self._sounds = layout.read_array(folder, "sounds")
        self._sound_word = layout.read_array(folder, "sound_word")
        letters = layout.read_array(folder, "letters")
        self._length, self._first = letters[:, 0], letters[:, 1]
        self._sorted = {
            place: (
                layout.read_array(folder, f"by_{place}"),
                layout.read_array(folder, f"by_{place}_starts"),
            )
            for place in _PLACES
        }
        self._buckets: dict[tuple[str, str, int], tuple[list[str], NDArray[np.intp]]] = {}

    def number(self, word: str) -> int | None:
        """Find a word's number."""
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None

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
        numbers = numbers[self.terms[found.start : found.stop] != NO_TERM]
        often = self.frequency[numbers].astype(np.int64)
        if found and self.words[found.start] == prefix and len(numbers):
            often[0] = often.max() + 1
        often = np.argsort(-often, kind="stable")[:most]
        ends: list[int] = numbers[often].tolist()
        return ends

    def sounding(self, key: np.uint32) -> NDArray[np.intp]:
        """Find the numbers of the words with this key of their sound."""
        start = self._sounds.searchsorted(key, side="left")
        end = self._sounds.searchsorted(key, side="right")
        return self._sound_word[start:end].astype(np.intp)

    def sounds(self, numbers: NDArray[np.intp], key: np.uint32) -> NDArray[np.bool_]:
        """Tell which of these words have this key of their sound."""
        alike: NDArray[np.bool_] = self._word_sound[numbers] == key
        return alike

    def begins(self, numbers: NDArray[np.intp], letter: str) -> NDArray[np.bool_]:
        """Tell which of these words begin with this letter."""
        same: NDArray[np.bool_] = self._first[numbers] == ord(letter)
        return same

    def bucket(self, place: str, letter: str, length: int) -> tuple[list[str], NDArray[np.intp]]:
        """List the words, and their numbers, of about this length with this letter first or second.

        `place` is "first" or "second"; about means two letters more or less. A second-letter
        bucket leaves out the words that also begin so.
        """
        key = (place, letter, length)
        if key not in self._buckets:
            self._buckets[key] = self._gather(place, ord(letter), length)
        return self._buckets[key]

    def _gather(self, place: str, letter: int, length: int) -> tuple[list[str], NDArray[np.intp]]:
        order, starts = self._sorted[place]
        numbers = order[starts[letter] : starts[letter + 1]].astype(np.intp)
        lengths = self._length[numbers]
        near = (lengths >= max(length - 2, 3)) & (lengths <= length + 2)
        if place == "second":
            near &= self._first[numbers] != letter
        numbers = numbers[near]
        return [self.words[number] for number in numbers.tolist()], numbers
