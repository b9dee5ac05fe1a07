"""Spelling correction: the known words that an unknown one may have meant, with confidence."""

from collections.abc import Iterable, Mapping
from math import exp, log1p
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search_index.analyzer import SHORT_WORD, stem
from search_index.term_dictionary import TermDictionary, maybe_prefixed, maybe_within

_WEIGHED = 12  # candidates that are weighed against each other
_DECAY = 1.3  # how quickly the confidence in a candidate falls with its cost
_LEAST_CONFIDENCE = 0.2  # candidates with less than this are dropped
_FREQUENCY_DISCOUNT = 0.18  # how much cheaper a frequent word is, for each time e
_SOUND_DISCOUNT = 0.45  # how much cheaper a word is that sounds the same
_FIRST_LETTER_PENALTY = 0.5  # how much dearer it is to have missed the first letter
_LONG_WORD = 8  # words from this length may be four edits away, if they sound the same
_NAME_WITH_DIGITS = 5  # letters from which a word with digits in it is a name, as links2care
_EDIT_PENALTY = 0.6  # how much the confidence in the likeliest falls, for each edit in a letter


class SpellingCandidate(NamedTuple):
    """A known word's number and the confidence that it was meant, at most 1."""

    number: int
    confidence: float


def spelling_candidates(
    word: str, dictionary: TermDictionary, limit: int
) -> tuple[SpellingCandidate, ...]:
    """Find what an unknown word may have meant, the likeliest first, at most so many.

    The distance counts insertions, deletions, substitutions and swaps of neighbours. Words of up
    to three letters and numbers are left alone; four letters, and a word with digits in it (which
    must be right), may hold one mistake.
    """
    if len(word) <= SHORT_WORD or not word[0].isalpha():
        return ()
    plain = word.isalpha()
    if not plain and sum(map(str.isalpha, word)) < _NAME_WITH_DIGITS:
        return ()
    sounding_like = dictionary.sounding_like(word)
    edits = 2 if plain and len(word) > SHORT_WORD + 1 else 1
    distances = _distances(word, sounding_like, dictionary, edits)
    if not plain:
        digits = _digits(word)
        distances = {
            number: distance
            for number, distance in distances.items()
            if _digits(dictionary.words[number]) == digits
        }
    costs = dict(distances)
    for number in costs.keys() & sounding_like:
        costs[number] -= _SOUND_DISCOUNT
    for number in costs:
        if dictionary.words[number][0] != word[0]:
            costs[number] += _FIRST_LETTER_PENALTY
    return _likeliest(len(word), distances, costs, dictionary)[:limit]


def prefix_candidates(
    prefix: str, dictionary: TermDictionary, limit: int
) -> tuple[SpellingCandidate, ...]:
    """Find the words whose beginning may have been meant by a misspelt one, the likeliest first.

    The first letter must be right; up to five letters may hold one mistake, longer ones two.
    """
    if len(prefix) <= SHORT_WORD or not prefix.isalpha():
        return ()
    edits = 1 if len(prefix) <= SHORT_WORD + 2 else 2
    numbers, bits = dictionary.bucket("first", prefix[0])
    distances: dict[int, float] = {}
    for number in numbers[maybe_prefixed(bits, prefix, edits)].tolist():
        beginning = dictionary.words[number][: len(prefix)]
        if len(beginning) == len(prefix):
            distance = OSA.distance(prefix, beginning, score_cutoff=edits)
            if distance <= edits:
                distances[number] = distance
    return _likeliest(len(prefix), distances, distances, dictionary)[:limit]


def _likeliest(
    length: int,
    distances: Mapping[int, float],
    costs: Mapping[int, float],
    dictionary: TermDictionary,
) -> tuple[SpellingCandidate, ...]:
    """Order words by cost, frequent ones being cheaper, and turn the cost into confidence."""
    if not costs:
        return ()
    frequency = dictionary.frequency
    cheapest = sorted(
        (cost - _FREQUENCY_DISCOUNT * log1p(frequency[number]), number)
        for number, cost in costs.items()
    )[:_WEIGHED]
    least_cost, likeliest = cheapest[0]
    highest = 1 - _EDIT_PENALTY * min(distances[likeliest] / length, 1.0)
    shares = ((number, exp(-_DECAY * (cost - least_cost))) for cost, number in cheapest)
    return tuple(
        SpellingCandidate(number, highest * share)
        for number, share in shares
        if share >= _LEAST_CONFIDENCE
    )


def _distances(
    word: str, sounding_like: Iterable[int], dictionary: TermDictionary, edits: int
) -> dict[int, float]:
    """Find the words within `edits`, and of those that sound alike the ones within more.

    Other first letters are only tried when nothing with the same one is a single edit away, and
    of short words only the one that stands second now.
    """
    found = _within(word, "first", word[0], dictionary, edits)
    if min(found.values(), default=2) >= 2:
        if edits > 1:
            found |= _within(word, "second", word[1], dictionary, edits)
            found |= _within(word, "second", word[0], dictionary, edits)
        if word[1] != word[0]:
            found |= _within(word, "first", word[1], dictionary, edits)
    word_stem = stem(word)
    cutoff = min(len(word) // 2, edits + 1 + (len(word) >= _LONG_WORD))
    for number in sounding_like:
        if number not in found:
            distance = OSA.distance(word_stem, stem(dictionary.words[number]), score_cutoff=cutoff)
            if distance <= cutoff:
                found[number] = distance
    return found


def _within(
    word: str, place: str, letter: str, dictionary: TermDictionary, edits: int
) -> dict[int, float]:
    """Find the words of about this length, with a letter in a place, that are within `edits`."""
    words = dictionary.words
    numbers, bits = dictionary.bucket(place, letter, len(word))
    found: dict[int, float] = {}
    for number in numbers[maybe_within(bits, word, edits)].tolist():
        distance = OSA.distance(word, words[number], score_cutoff=edits)
        if distance <= edits:
            found[number] = distance
    return found


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))
