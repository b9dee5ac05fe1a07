"""Gather the words an index knows, from the records and from the curators' phrases."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from search_index.analyzer import stem, tokens
from search_index.bm25f import Bm25fPostings
from search_index.field_weights import FIELDS
from search_index.index_entry import IndexEntry
from search_index.term_dictionary import NO_TERM
from search_index.whoosh_store import StoredPostings

_SMALL = 20_000  # in more entries than this, only pairs of words seen twice in names are compounds
_SAID = 10  # a word of a need's phrase is as likely to be meant as one in so many more entries
_SHORTEST = 5  # letters of a compound


def collect_terms(
    raw: StoredPostings, lists: Bm25fPostings, said: Iterable[str], together: Mapping[str, object]
) -> dict[str, tuple[int, int]]:
    """Give each word its term and its frequency: the number of entries it stands in."""
    numbers = {name: number for number, name in enumerate(lists.stems)}
    text = raw.field < len(FIELDS)
    pairs = np.sort(raw.word[text].astype(np.int64) * (len(raw.ids) + 1) + raw.document[text])
    entries = pairs[np.diff(pairs, prepend=-1) > 0] // (len(raw.ids) + 1)
    counts = np.bincount(entries, minlength=len(raw.words)).tolist()
    words = {
        word: (numbers[stem(word)], count)
        for word, count in zip(raw.words, counts, strict=True)
        if count
    }
    for word in said:
        words[word] = (numbers[stem(word)], words.get(word, (0, 0))[1] + _SAID)
    words.update(dict.fromkeys(together, (NO_TERM, 1)))
    return words


def compound_words(
    entries: Sequence[IndexEntry], phrases: Iterable[str], known: frozenset[str]
) -> dict[str, int]:
    """List the neighbours in names and phrases, written as one word, by where they are cut."""
    seen: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for field in ("name", "alternates"):
            for text in entry.texts(field):
                seen.update(_pairs(text))
    least = 1 if len(entries) <= _SMALL else 2
    pairs = {pair for pair, times in seen.items() if times >= least}
    pairs.update(pair for phrase in phrases for pair in _pairs(phrase))
    return {
        one + two: len(one)
        for one, two in sorted(pairs)
        if one + two not in known and len(one + two) >= _SHORTEST
    }


def _pairs(text: str) -> set[tuple[str, str]]:
    return {
        (one, two)
        for one, two in pairwise(tokens(text))
        if one.isalpha() and two.isalpha() and min(len(one), len(two)) > 1
    }
