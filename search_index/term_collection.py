"""Collect the words of the term dictionary, from the records and from the curators' phrases."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from search_index.analyzer import stem, tokens
from search_index.bm25f import Bm25fPostings
from search_index.index_schema import FIELDS, IndexEntry
from search_index.posting_columns import StoredPostings
from search_index.term_dictionary import NO_TERM

_MANY_ENTRIES = 20_000
"""In more entries than this only pairs of words seen twice in names are compounds: made-up names
would fill the dictionary with compounds that nobody types."""

_PHRASE_FREQUENCY = 10
"""A word of a need's phrase is as likely to be meant as one that stands in so many more entries:
"evicton" is "eviction", though few services say the word."""

_SHORTEST_COMPOUND = 5
"""Letters of a compound: "foodbank", but not "ofit"."""


def collect_terms(
    raw: StoredPostings,
    postings: Bm25fPostings,
    phrase_words: Iterable[str],
    compounds: Mapping[str, object],
) -> dict[str, tuple[int, int]]:
    """Give each word its term and its frequency: the number of entries it stands in."""
    numbers = {stem_: number for number, stem_ in enumerate(postings.stems)}
    text = raw.field < len(FIELDS)
    pairs = np.sort(raw.word[text].astype(np.int64) * (len(raw.ids) + 1) + raw.document[text])
    entries = pairs[np.diff(pairs, prepend=-1) > 0] // (len(raw.ids) + 1)
    counts = np.bincount(entries, minlength=len(raw.words)).tolist()
    terms = {
        word: (numbers[stem(word)], count)
        for word, count in zip(raw.words, counts, strict=True)
        if count
    }
    for word in phrase_words:
        terms[word] = (numbers[stem(word)], terms.get(word, (0, 0))[1] + _PHRASE_FREQUENCY)
    terms.update(dict.fromkeys(compounds, (NO_TERM, 1)))
    return terms


def collect_compounds(
    entries: Sequence[IndexEntry], phrases: Iterable[str], known: frozenset[str]
) -> dict[str, int]:
    """List the neighbours in names and phrases, written as one word, by where they are cut."""
    seen: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for field in ("name", "alternates"):
            for text in entry.texts(field):
                seen.update(_pairs(text))
    least = 1 if len(entries) <= _MANY_ENTRIES else 2
    pairs = {pair for pair, times in seen.items() if times >= least}
    pairs.update(pair for phrase in phrases for pair in _pairs(phrase))
    return {
        first + second: len(first)
        for first, second in sorted(pairs)
        if first + second not in known and len(first + second) >= _SHORTEST_COMPOUND
    }


def _pairs(text: str) -> set[tuple[str, str]]:
    return {
        (first, second)
        for first, second in pairwise(tokens(text))
        if first.isalpha() and second.isalpha() and min(len(first), len(second)) > 1
    }
