"""Read posting lists out of memory-mapped arrays, shared by all processes of a machine."""

from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index import layout
from search_index.impacts import Impacts

_ARRAYS = ("offsets", "documents", "impacts", "masks", "peaks", "rarity", "name_words")


def write(folder: Path, impacts: Impacts) -> None:
    """Write the posting lists."""
    for name in _ARRAYS:
        layout.write_array(folder, name, getattr(impacts, name))
    layout.write_lines(folder, "stems", impacts.stems)


class PostingLists:
    """The posting lists of an index by the number of their term."""

    def __init__(self, folder: Path, needs: list[str], count: int) -> None:
        read = {name: layout.read_array(folder, name) for name in _ARRAYS}
        self._documents, self.impacts, self.masks = (
            read["documents"],
            read["impacts"],
            read["masks"],
        )
        self._peaks, self.rarity, self.name_words = (
            read["peaks"],
            read["rarity"],
            read["name_words"],
        )
        self._stems = layout.read_lines(folder, "stems")
        self._needs = {need: len(self._stems) + i for i, need in enumerate(needs)}
        self._offsets: list[int] = read["offsets"].tolist()
        self.sizes = np.diff(read["offsets"])
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
        return float(self._peaks[term])

    def among(
        self, term: int, candidates: NDArray[np.intp] | None
    ) -> tuple[NDArray[np.integer[Any]], NDArray[np.float32]]:
        """Return which documents have a term, rising, and what it adds to the score of each.

        Of candidates, which rise, their places among these; without, all documents' numbers.
        """
        if candidates is not None:
            places, postings = self.places(term, candidates)
            return places, self.impacts[postings]
        start, end = self._offsets[term], self._offsets[term + 1]
        return self._documents[start:end], self.impacts[start:end]

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
