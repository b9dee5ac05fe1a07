"""The positional index: the order of each document's words, for proximity and whole names."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.analyzer import STOP_WORDS, drop_fixed_phrases, tokens
from search_index.index_schema import IndexEntry

_NAME_FIELDS = ("name", "alternates", "acronyms", "former")
_FIELDS = (*_NAME_FIELDS, "organization", "description")
_END_OF_NAME, _END_OF_TEXT = -1, -2  # stand behind a text that is a name, and behind any other
END_MARKS = 2  # so many of these there are; looked up in a table they stand behind its last term
NOT_IN_QUERY = -3  # the position of a word that the query lacks: no word stands in the next one


@dataclass(frozen=True, slots=True)
class WordOrder:
    """For each document from 0 to 1: how much of the query's order it keeps, and of a name it has.

    `name_coverage` is the share of its words that the best of the document's names has in the
    query.
    """

    proximity: NDArray[np.float64]
    name_coverage: NDArray[np.float64]


def write_positions(
    folder: Path,
    entries: Iterable[IndexEntry],
    terms: Mapping[str, int],
    known: Mapping[str, NDArray[np.int32]],
) -> None:
    """Write the terms of every entry's content words in their order; some entries' are `known`."""
    parts = [np.empty(0, dtype=np.int32)]
    for entry in entries:
        part = known.get(entry.id)
        parts.append(_terms_in_order(entry, terms) if part is None else part)
    index_files.write_array(folder, "positions", np.concatenate(parts))
    index_files.write_array(
        folder, "position_offsets", np.cumsum(list(map(len, parts)), dtype=np.int64)
    )


def positions_of_previous(
    previous: Path, unchanged: Collection[str], stems: Sequence[str]
) -> dict[str, NDArray[np.int32]]:
    """Read the terms of unchanged entries out of a previous index, as they are numbered today."""
    numbers = {stem: number for number, stem in enumerate(stems)}
    renumbered = [
        numbers.get(stem, NOT_IN_QUERY) for stem in index_files.read_lines(previous, "stems")
    ]
    # The marks stand at -2 and -1.
    today = np.array([*renumbered, _END_OF_TEXT, _END_OF_NAME], dtype=np.int32)
    terms = today[index_files.read_array(previous, "positions")]
    ends = index_files.read_array(previous, "position_offsets").tolist()
    return {
        id_: terms[start:end]
        for id_, (start, end) in zip(
            index_files.read_lines(previous, "ids"), pairwise(ends), strict=True
        )
        if id_ in unchanged
    }


def _terms_in_order(entry: IndexEntry, terms: Mapping[str, int]) -> NDArray[np.int32]:
    numbers: list[int] = []
    for field in _FIELDS:
        for text in entry.texts(field):
            words = drop_fixed_phrases(tokens(text))
            numbers.extend([terms[word] for word in words if word not in STOP_WORDS])
            numbers.append(_END_OF_NAME if field in _NAME_FIELDS else _END_OF_TEXT)
    return np.array(numbers, dtype=np.int32)


class PositionalIndex:
    """The words of each document in their order."""

    def __init__(self, folder: Path) -> None:
        self._terms = index_files.read_array(folder, "positions")
        self._offsets = index_files.read_array(folder, "position_offsets").data

    def compare(
        self,
        row_of: NDArray[np.int16],
        position_of: NDArray[np.int16],
        pair_weights: NDArray[np.float64],
        documents: Sequence[int],
    ) -> WordOrder:
        """Compare a query with what each of some documents, at least one, has in its order.

        `row_of` gives each term's row in `position_of`, which gives its position in the query or
        NOT_IN_QUERY; `pair_weights[i]` is what the words in positions i and i + 1 count when they
        stand together.
        """
        parts = [self._terms[self._offsets[n] : self._offsets[n + 1]] for n in documents]
        owner = np.repeat(np.arange(len(parts)), list(map(len, parts)))
        terms = np.concatenate(parts)
        position = position_of[row_of[terms]]
        starts = (position[1:] == position[:-1] + 1).nonzero()[0]
        # The same neighbours count once in a document, however often they stand there.
        pairs = np.zeros((len(parts), len(pair_weights)), dtype=np.bool_)
        pairs[owner[starts], position[starts]] = True
        proximity = (pairs @ pair_weights) / max(float(pair_weights[:-1].sum()), 1e-9)
        ends = (terms < 0).nonzero()[0]
        matched = (position >= 0).nonzero()[0]
        # A word of the query that stands twice in a name counts once.
        in_text = np.zeros((len(ends), len(pair_weights)), dtype=np.bool_)
        in_text[ends.searchsorted(matched), position[matched]] = True
        lengths = np.maximum(ends - np.concatenate(([-1], ends[:-1])) - 1, 1)
        shares = np.minimum(np.count_nonzero(in_text, axis=1) / lengths, 1)
        name_coverage = np.zeros(len(parts))
        names = terms[ends] == _END_OF_NAME
        np.maximum.at(name_coverage, owner[ends[names]], shares[names])
        return WordOrder(proximity, name_coverage)
