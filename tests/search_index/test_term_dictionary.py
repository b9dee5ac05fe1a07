"""Words far apart are told apart by their letters, and no near one is passed over."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as some
from rapidfuzz.distance import OSA

from search_index.term_dictionary import letter_bits, maybe_prefixed, maybe_within

EDITS = 2
words = some.text("abcdeilnorst27", min_size=4, max_size=12)
mistakes = some.lists(
    some.tuples(some.integers(0, 11), some.sampled_from(["", "x", "e", "swap", "twice"])),
    max_size=EDITS,
)


def bits_of(*several: str) -> np.ndarray:
    return np.array([letter_bits(word) for word in several], dtype=np.uint64)


def misspelt(word: str, mistakes: list[tuple[int, str]]) -> str:
    for number, kind in mistakes:
        place = number % len(word)
        letter = word[place]
        pair = word[place : place + 2]
        instead = {"swap": pair[::-1], "twice": letter * 2}.get(kind, kind)
        word = word[:place] + instead + word[place + (len(pair) if kind == "swap" else 1) :]
    return word


@given(words, mistakes)
def test_no_word_within_the_edits_is_passed_over(meant, mistakes):
    typed = misspelt(meant, mistakes)
    assume(OSA.distance(typed, meant) <= EDITS)
    assert maybe_within(bits_of(meant), typed, EDITS).tolist() == [0]


@given(words, mistakes, words)
def test_no_beginning_within_the_edits_is_passed_over(meant, mistakes, ending):
    typed = misspelt(meant, mistakes)
    assume(OSA.distance(typed, (meant + ending)[: len(typed)]) <= EDITS)
    assert maybe_prefixed(bits_of(meant + ending), typed, EDITS).tolist() == [0]


def test_words_far_apart_are_told_apart():
    known = ("shelter", "shelters", "housing", "counselling", "banque", "shovel")
    assert maybe_within(bits_of(*known), "shleter", EDITS).tolist() == [0, 1]
    assert maybe_prefixed(bits_of(*known), "counsl", 1).tolist() == [3]


def test_a_letter_that_stands_twice_is_another_thing_than_once():
    assert letter_bits("tool") != letter_bits("tol")
    assert letter_bits("tool") == letter_bits("loot")
