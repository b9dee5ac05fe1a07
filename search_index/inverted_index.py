"""Read posting lists out of memory-mapped arrays, shared by all processes of a machine."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.bm25f import Bm25fPostings
from search_index.proximity import MARKS

_ARRAYS = (
    *("offsets", "documents", "impacts", "masks", "peaks", "rarity"),
    *("held", "held_offsets"),
)


def write_inverted_index(folder: Path, impacts: Bm25fPostings) -> None:
    """Write the posting lists."""
    for name in _ARRAYS:
        index_files.write_array(folder, name, getattr(impacts, name))
    index_files.write_lines(folder, "stems", impacts.stems)


class InvertedIndex:
    """The posting lists of an index by the number of their term."""

    def __init__(self, folder: Path, needs: list[str], count: int) -> None:
        read = {name: index_files.read_array(folder, name) for name in _ARRAYS}
        self._documents, self.impacts = read["documents"], read["impacts"]
        self.masks, self._held = read["masks"], read["held"]
        # Single numbers are read sooner out of these than out of arrays.
        self._offsets = read["offsets"].data
        self._held_offsets = read["held_offsets"].data
        self._peaks, self._rarity = read["peaks"].data, read["rarity"].data
        self._stems = index_files.read_lines(folder, "stems")
        self._terms = len(self._stems) + len(needs)
        self._needs = {need: len(self._stems) + i for i, need in enumerate(needs)}
        self.count = count

    def stem_number(self, one: str) -> int | None:
        """Find the term of a stem."""
        place = bisect_left(self._stems, one)
        return place if place < len(self._stems) and self._stems[place] == one else None

    def need_number(self, need: str) -> int | None:
        """Find the term of a need."""
        return self._needs.get(need)

    def size(self, term: int) -> int:
        """Count a term's documents."""
        return self._offsets[term + 1] - self._offsets[term]

    def peak(self, term: int) -> float:
        """Return the most a term adds to any document's score."""
        return self._peaks[term]

    def rarity(self, term: int) -> float:
        """Say how telling a term is: its inverse document frequency."""
        return self._rarity[term]

    def table(self, rows: Mapping[int, int]) -> NDArray[np.int16]:
        """Make a table that gives the row of each of these terms, and nought of any other.

        The terms of words in their order may be looked up in it with the marks between them.
        """
        table = np.zeros(self._terms + MARKS, dtype=np.int16)
        table[list(rows)] = list(rows.values())
        return table

    def look_up(
        self, row_of: NDArray[np.int16], count: int, documents: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.uint16]]:
        """Return what the terms with a row add to some documents, and in which fields they stand.

        Both have a column for each document; row 0 is empty.
        """
        impacts = np.zeros((count + 1, len(documents)), dtype=np.float32)
        masks = np.zeros((count + 1, len(documents)), dtype=np.uint16)
        ends = self._held_offsets
        parts = [self._held[ends[one] : ends[one + 1]] for one in documents]
        if parts:
            held = np.concatenate(parts)
            row = row_of[held[:, 0]]
            found = row.nonzero()[0]
            row, postings = row[found], held[found, 1]
            column = np.repeat(np.arange(len(parts)), list(map(len, parts)))[found]
            impacts[row, column] = self.impacts[postings]
            masks[row, column] = self.masks[postings]
        return impacts, masks

    def among(
        self, term: int, candidates: NDArray[np.intp] | None
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return which documents have a term, rising, and what it adds to the score of each.

        Of candidates, which rise, their places among these; without, all documents' numbers.
        """
        if candidates is not None:
            places, postings = self.places(term, candidates)
            return places, self.impacts[postings]
        start, end = self._offsets[term], self._offsets[term + 1]
        return self._documents[start:end].astype(np.intp), self.impacts[start:end]

    def places(
        self, term: int, candidates: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Find which of these documents, which rise, have a term, and their postings of it."""
        start, end = self._offsets[term], self._offsets[term + 1]
        documents = self._documents[start:end]
        # Of one type, else the whole list would be converted.
        found = documents.searchsorted(candidates.astype(np.int32))
        found[found == end - start] = 0
        if start == end:
            return found[:0], found[:0]
        places = (documents[found] == candidates).nonzero()[0]
        return places, found[places] + start
