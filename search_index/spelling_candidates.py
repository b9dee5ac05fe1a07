"""Guess the word that was meant, among the words the index knows."""

from collections.abc import Iterable, Mapping
from math import exp, log1p
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search_index.analyzer import SHORT, stem
from search_index.edit_distance_prefilter import perhaps_begins, perhaps_near
from search_index.term_dictionary import TermDictionary, phonetic_bucket

_MOST = 12  # guesses that are weighed against each other
_SURE = 1.3  # how quickly the belief in a guess falls with its cost
_LEAST = 0.2  # guesses believed less than this are dropped
_COMMON = 0.18  # how much cheaper a frequent word is, for each time e
_ALIKE = 0.45  # how much cheaper a word is that sounds the same
_FIRST = 0.5  # how much dearer it is to have missed the first letter
_LONG = 8  # words from this length may be four edits away, if they sound the same
_NAMED = 5  # letters from which a word with digits in it is a name, as links2care
_DOUBT = 0.6  # how much the belief in the likeliest guess falls, for each edit in a letter


class SpellingCandidate(NamedTuple):
    """A known word's number and how much it is believed to be meant, at most 1."""

    number: int
    belief: float


def spelling_candidates(
    word: str, vocabulary: TermDictionary, most: int
) -> tuple[SpellingCandidate, ...]:
    """Find what an unknown word may have meant, the likeliest first, at most so many.

    The distance counts insertions, deletions, substitutions and swaps of neighbours. Words of up
    to three letters and numbers are left alone; four letters, and a word with digits in it (which
    must be right), may hold one mistake.
    """
    if len(word) <= SHORT or not word[0].isalpha():
        return ()
    plain = word.isalpha()
    if not plain and sum(map(str.isalpha, word)) < _NAMED:
        return ()
    alike = vocabulary.sounding(phonetic_bucket(word))
    edits = 2 if plain and len(word) > SHORT + 1 else 1
    near = _near(word, alike, vocabulary, edits)
    if not plain:
        digits = _digits(word)
        near = {n: far for n, far in near.items() if _digits(vocabulary.words[n]) == digits}
    costs = dict(near)
    for number in costs.keys() & alike:
        costs[number] -= _ALIKE
    for number in costs:
        if vocabulary.words[number][0] != word[0]:
            costs[number] += _FIRST
    return _likeliest(len(word), near, costs, vocabulary)[:most]


def prefix_candidates(
    typed: str, vocabulary: TermDictionary, most: int
) -> tuple[SpellingCandidate, ...]:
    """Find the words whose beginning may have been meant by a misspelt one, the likeliest first.

    The first letter must be right; up to five letters may hold one mistake, longer ones two.
    """
    if len(typed) <= SHORT or not typed.isalpha():
        return ()
    edits = 1 if len(typed) <= SHORT + 2 else 2
    numbers, bits = vocabulary.bucket("first", typed[0])
    near: dict[int, float] = {}
    for number in numbers[perhaps_begins(bits, typed, edits)].tolist():
        beginning = vocabulary.words[number][: len(typed)]
        if len(beginning) == len(typed):
            distance = OSA.distance(typed, beginning, score_cutoff=edits)
            if distance <= edits:
                near[number] = distance
    return _likeliest(len(typed), near, near, vocabulary)[:most]


def _likeliest(
    length: int,
    distances: Mapping[int, float],
    costs: Mapping[int, float],
    vocabulary: TermDictionary,
) -> tuple[SpellingCandidate, ...]:
    """Order words by cost, frequent ones being cheaper, and turn the cost into belief."""
    if not costs:
        return ()
    often = vocabulary.frequency
    best = sorted((cost - _COMMON * log1p(often[n]), n) for n, cost in costs.items())[:_MOST]
    least, likeliest = best[0]
    sure = 1 - _DOUBT * min(distances[likeliest] / length, 1.0)
    beliefs = ((number, exp(-_SURE * (cost - least))) for cost, number in best)
    return tuple(
        SpellingCandidate(number, sure * belief) for number, belief in beliefs if belief >= _LEAST
    )


def _near(
    word: str, alike: Iterable[int], vocabulary: TermDictionary, edits: int
) -> dict[int, float]:
    """Find the words within `edits`, and of those that sound alike the ones within more.

    Other first letters are only tried when nothing with the same one is a single edit away, and
    of short words only the one that stands second now.
    """
    near = _within(word, "first", word[0], vocabulary, edits)
    if min(near.values(), default=2) >= 2:
        if edits > 1:
            near |= _within(word, "second", word[1], vocabulary, edits)
            near |= _within(word, "second", word[0], vocabulary, edits)
        if word[1] != word[0]:
            near |= _within(word, "first", word[1], vocabulary, edits)
    short, most = stem(word), min(len(word) // 2, edits + 1 + (len(word) >= _LONG))
    for number in alike:
        if number not in near:
            far = OSA.distance(short, stem(vocabulary.words[number]), score_cutoff=most)
            if far <= most:
                near[number] = far
    return near


def _within(
    word: str, place: str, letter: str, vocabulary: TermDictionary, edits: int
) -> dict[int, float]:
    """Find the words of about this length, with a letter in a place, that are within `edits`."""
    words = vocabulary.words
    numbers, bits = vocabulary.bucket(place, letter, len(word))
    near: dict[int, float] = {}
    for number in numbers[perhaps_near(bits, word, edits)].tolist():
        distance = OSA.distance(word, words[number], score_cutoff=edits)
        if distance <= edits:
            near[number] = distance
    return near


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))
