"""Guess the word that was meant, among the words the index knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search_index.text import SHORT, stem
from search_index.vocabulary import Vocabulary, sound_key

_MOST = 12  # guesses that are weighed against each other
_SURE = 1.3  # how quickly the belief in a guess falls with its cost
_LEAST = 0.2  # guesses believed less than this are dropped
_COMMON = 0.18  # how much cheaper a frequent word is, for each time e
_ALIKE = 0.45  # how much cheaper a word is that sounds the same
_FIRST = 0.5  # how much dearer it is to have missed the first letter
_LONG = 8  # words from this length may be four edits away, if they sound the same
_NAMED = 5  # letters from which a word with digits in it is a name, as links2care
_DOUBT = 0.6  # how much the belief in the likeliest guess falls, for each edit in a letter


@dataclass(frozen=True, slots=True)
class Guess:
    """A known word's number and how much it is believed to be meant, at most 1."""

    number: int
    belief: float


def guesses(word: str, vocabulary: Vocabulary, most: int) -> tuple[Guess, ...]:
    """Find what an unknown word may have meant, the likeliest first, at most so many.

    The distance counts insertions, deletions, substitutions and swaps of neighbours. Words of up
    to three letters and numbers are left alone; four letters, and a word with digits in it (which
    must be right), may hold one mistake.
    """
    if len(word) <= SHORT or not word[0].isalpha():
        return ()
    key = sound_key(word)
    plain = word.isalpha()
    if not plain and sum(map(str.isalpha, word)) < _NAMED:
        return ()
    edits = 2 if plain and len(word) > SHORT + 1 else 1
    numbers, distances = _near(word, key, vocabulary, edits)
    if not plain:
        same = [_digits(vocabulary.words[number]) == _digits(word) for number in numbers.tolist()]
        numbers, distances = numbers[same], distances[same]
    costs = (
        distances
        - _ALIKE * vocabulary.sounds(numbers, key)
        + _FIRST * ~vocabulary.begins(numbers, word[0])
    )
    return _likeliest(len(word), numbers, distances, costs, vocabulary)[:most]


def guesses_of_beginning(typed: str, vocabulary: Vocabulary, most: int) -> tuple[Guess, ...]:
    """Find the words whose beginning may have been meant by a misspelt one, the likeliest first.

    The first letter must be right; up to five letters may hold one mistake, longer ones two.
    """
    if len(typed) <= SHORT or not typed.isalpha():
        return ()
    longer = [n for n in vocabulary.starting(typed[0]) if len(vocabulary.words[n]) >= len(typed)]
    beginnings = [vocabulary.words[number][: len(typed)] for number in longer]
    edits = 1 if len(typed) <= SHORT + 2 else 2
    places, distances = _within(typed, beginnings, edits)
    numbers = np.array(longer, dtype=np.intp)[places]
    return _likeliest(len(typed), numbers, distances, distances, vocabulary)[:most]


def _likeliest(
    length: int,
    numbers: NDArray[np.intp],
    distances: NDArray[np.float64],
    costs: NDArray[np.float64],
    vocabulary: Vocabulary,
) -> tuple[Guess, ...]:
    """Order words by cost, frequent ones being cheaper, and turn the cost into belief."""
    costs = costs - _COMMON * np.log1p(vocabulary.frequency[numbers])
    best = np.argsort(costs, kind="stable")[:_MOST]
    if not len(best):
        return ()
    sure = 1 - _DOUBT * min(float(distances[best[0]]) / length, 1.0)
    beliefs = [exp(-_SURE * float(costs[place] - costs[best[0]])) for place in best]
    return tuple(
        Guess(int(numbers[place]), sure * belief)
        for place, belief in zip(best, beliefs, strict=True)
        if belief >= _LEAST
    )


def _near(
    word: str, key: np.uint32, vocabulary: Vocabulary, edits: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Find the words within `edits`, and the ones that sound alike within more.

    Other first letters are only tried when nothing with the same one is a single edit away, and
    of short words only the one that stands second now.
    """
    all_numbers, all_distances = [], []
    buckets = [("first", word[0])]
    if edits > 1:
        buckets += [("second", word[1]), ("second", word[0])]
    if word[1] != word[0]:
        buckets.append(("first", word[1]))
    for place, letter in buckets:
        words, numbers = vocabulary.bucket(place, letter, len(word))
        places, distances = _within(word, words, edits)
        all_numbers.append(numbers[places])
        all_distances.append(distances)
        if place == "first" and len(distances) and distances.min() < 2:
            break
    alike = vocabulary.sounding(key)
    far = _stems_apart(word, [vocabulary.words[number] for number in alike.tolist()])
    near = far <= edits + 1 + (len(word) >= _LONG)
    all_numbers.append(alike[near])
    all_distances.append(far[near])
    numbers, first = np.unique(np.concatenate(all_numbers), return_index=True)
    return numbers, np.concatenate(all_distances)[first]


def _within(
    word: str, words: Sequence[str], edits: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Find the places of the words within `edits`, and how many these are."""
    if not words:
        return np.empty(0, dtype=np.intp), np.empty(0)
    distances = process.cdist(
        [word], words, scorer=OSA.distance, score_cutoff=edits, dtype=np.uint8
    )[0]
    places = (distances <= edits).nonzero()[0]
    return places, distances[places].astype(np.float64)


def _stems_apart(word: str, words: Sequence[str]) -> NDArray[np.float64]:
    """Count the edits between words without their endings; far too many if mostly different."""
    if not words:
        return np.empty(0)
    distances = process.cdist([stem(word)], list(map(stem, words)), scorer=OSA.distance)[0]
    return np.where(distances <= len(word) / 2, distances.astype(np.float64), 99.0)


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))
