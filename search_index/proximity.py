"""Keep the order of the words of each entry: which stand side by side, and which make a name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.analyzer import STOP_WORDS, telling_words, tokens
from search_index.index_entry import IndexEntry

_NAMES = ("name", "alternates", "acronyms", "former")
_FIELDS = (*_NAMES, "organization", "description")
_NAME_ENDS, _ENDS = -1, -2  # stand behind a text that is a name, and behind any other
MARKS = 2  # so many of these there are; looked up in a table they stand behind its last term
UNSAID = -3  # the place of a word that is not in the query: no word stands in the next one


@dataclass(frozen=True, slots=True)
class WordOrder:
    """For each document from 0 to 1: how much of the query's order it keeps, and of a name it has.

    `named` is the share of its words that the best of the document's names has in the query.
    """

    together: NDArray[np.float64]
    named: NDArray[np.float64]


def write_word_order(
    folder: Path,
    entries: Iterable[IndexEntry],
    terms: Mapping[str, int],
    known: Mapping[str, NDArray[np.int32]],
) -> None:
    """Write the terms of every entry's telling words in their order; some entries' are `known`."""
    parts = [np.empty(0, dtype=np.int32)]
    for entry in entries:
        part = known.get(entry.id)
        parts.append(_terms(entry, terms) if part is None else part)
    index_files.write_array(folder, "sequences", np.concatenate(parts))
    index_files.write_array(
        folder, "sequence_offsets", np.cumsum(list(map(len, parts)), dtype=np.int64)
    )


def known_words(
    previous: Path, unchanged: Collection[str], stems: Sequence[str]
) -> dict[str, NDArray[np.int32]]:
    """Read the terms of unchanged entries out of a previous index, as they are numbered today."""
    numbers = {stem: number for number, stem in enumerate(stems)}
    before = [numbers.get(stem, UNSAID) for stem in index_files.read_lines(previous, "stems")]
    today = np.array([*before, _ENDS, _NAME_ENDS], dtype=np.int32)  # the marks stand at -2 and -1
    terms = today[index_files.read_array(previous, "sequences")]
    ends = index_files.read_array(previous, "sequence_offsets").tolist()
    return {
        name: terms[start:end]
        for name, (start, end) in zip(
            index_files.read_lines(previous, "ids"), pairwise(ends), strict=True
        )
        if name in unchanged
    }


def _terms(entry: IndexEntry, terms: Mapping[str, int]) -> NDArray[np.int32]:
    numbers: list[int] = []
    for field in _FIELDS:
        for text in entry.texts(field):
            said = telling_words(tokens(text))
            numbers.extend([terms[word] for word in said if word not in STOP_WORDS])
            numbers.append(_NAME_ENDS if field in _NAMES else _ENDS)
    return np.array(numbers, dtype=np.int32)


class ProximityIndex:
    """The words of each document in their order."""

    def __init__(self, folder: Path) -> None:
        self._terms = index_files.read_array(folder, "sequences")
        self._offsets = index_files.read_array(folder, "sequence_offsets").data

    def compare(
        self,
        row_of: NDArray[np.int16],
        place_of: NDArray[np.int16],
        worth: NDArray[np.float64],
        documents: Sequence[int],
    ) -> WordOrder:
        """Compare a query with what each of some documents, at least one, has in its order.

        `row_of` gives each term's row in `place_of`, which gives its place in the query or UNSAID;
        `worth[i]` is that of the words in places i and i + 1 standing together.
        """
        parts = [self._terms[self._offsets[one] : self._offsets[one + 1]] for one in documents]
        owner = np.repeat(np.arange(len(parts)), list(map(len, parts)))
        terms = np.concatenate(parts)
        place = place_of[row_of[terms]]
        starts = (place[1:] == place[:-1] + 1).nonzero()[0]
        # The same neighbours count once in a document, however often they stand there.
        pairs = np.zeros((len(parts), len(worth)), dtype=np.bool_)
        pairs[owner[starts], place[starts]] = True
        together = (pairs @ worth) / max(float(worth[:-1].sum()), 1e-9)
        ends = (terms < 0).nonzero()[0]
        said = (place >= 0).nonzero()[0]
        # A word of the query that stands twice in a name counts once.
        whose = np.zeros((len(ends), len(worth)), dtype=np.bool_)
        whose[ends.searchsorted(said), place[said]] = True
        lengths = np.maximum(ends - np.concatenate(([-1], ends[:-1])) - 1, 1)
        shares = np.minimum(np.count_nonzero(whose, axis=1) / lengths, 1)
        named = np.zeros(len(parts))
        names = terms[ends] == _NAME_ENDS
        np.maximum.at(named, owner[ends[names]], shares[names])
        return WordOrder(together, named)
