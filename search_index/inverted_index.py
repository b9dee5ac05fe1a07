"""The inverted index: posting lists in memory-mapped arrays, shared by all processes."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.bm25f import Bm25fPostings
from search_index.positional_index import END_MARKS

_ARRAYS = (
    *("offsets", "documents", "impacts", "masks", "max_impacts", "idf"),
    *("forward", "forward_offsets"),
)


def write_inverted_index(folder: Path, postings: Bm25fPostings) -> None:
    """Write the posting lists."""
    for name in _ARRAYS:
        index_files.write_array(folder, name, getattr(postings, name))
    index_files.write_lines(folder, "stems", postings.stems)


class InvertedIndex:
    """The posting lists of an index by the number of their term."""

    def __init__(self, folder: Path, needs: list[str], document_count: int) -> None:
        read = {name: index_files.read_array(folder, name) for name in _ARRAYS}
        self._documents, self._impacts = read["documents"], read["impacts"]
        self._masks, self._forward = read["masks"], read["forward"]
        # Single numbers are read sooner out of these than out of arrays.
        self._offsets = read["offsets"].data
        self._forward_offsets = read["forward_offsets"].data
        self._max_impacts, self._idf = read["max_impacts"].data, read["idf"].data
        self._stems = index_files.read_lines(folder, "stems")
        self._term_count = len(self._stems) + len(needs)
        self._term_of_need = {need: len(self._stems) + i for i, need in enumerate(needs)}
        self.document_count = document_count

    def stem_term(self, stem: str) -> int | None:
        """Find the term of a stem."""
        term = bisect_left(self._stems, stem)
        return term if term < len(self._stems) and self._stems[term] == stem else None

    def need_term(self, need: str) -> int | None:
        """Find the term of a need."""
        return self._term_of_need.get(need)

    def document_frequency(self, term: int) -> int:
        """Count a term's documents."""
        return self._offsets[term + 1] - self._offsets[term]

    def max_impact(self, term: int) -> float:
        """Return the most a term adds to any document's score."""
        return self._max_impacts[term]

    def idf(self, term: int) -> float:
        """Return the inverse document frequency of a term."""
        return self._idf[term]

    def row_table(self, rows: Mapping[int, int]) -> NDArray[np.int16]:
        """Make a table that gives the row of each of these terms, and nought of any other.

        The terms of words in their order may be looked up in it with the marks between them.
        """
        table = np.zeros(self._term_count + END_MARKS, dtype=np.int16)
        table[list(rows)] = list(rows.values())
        return table

    def look_up(
        self, row_of: NDArray[np.int16], row_count: int, documents: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.uint16]]:
        """Return what the terms with a row add to some documents, and in which fields they stand.

        Both have a column for each document; row 0 is empty.
        """
        impacts = np.zeros((row_count + 1, len(documents)), dtype=np.float32)
        masks = np.zeros((row_count + 1, len(documents)), dtype=np.uint16)
        ends = self._forward_offsets
        parts = [self._forward[ends[number] : ends[number + 1]] for number in documents]
        if parts:
            held = np.concatenate(parts)
            row = row_of[held[:, 0]]
            found = row.nonzero()[0]
            row, postings = row[found], held[found, 1]
            column = np.repeat(np.arange(len(parts)), list(map(len, parts)))[found]
            impacts[row, column] = self._impacts[postings]
            masks[row, column] = self._masks[postings]
        return impacts, masks

    def postings(
        self, term: int, candidates: NDArray[np.intp] | None
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return which documents have a term, rising, and what it adds to the score of each.

        Of candidates, which rise, their positions among these; without, all documents' numbers.
        """
        start, end = self._offsets[term], self._offsets[term + 1]
        documents = self._documents[start:end]
        if candidates is None:
            return documents.astype(np.intp), self._impacts[start:end]
        # Of one type, else the whole list would be converted.
        found = documents.searchsorted(candidates.astype(np.int32))
        found[found == end - start] = 0
        if start == end:
            return found[:0], self._impacts[:0]
        positions = (documents[found] == candidates).nonzero()[0]
        return positions, self._impacts[found[positions] + start]
