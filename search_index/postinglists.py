"""Read posting lists out of memory-mapped arrays, shared by all processes of a machine."""

from bisect import bisect_left
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import layout
from search_index.impacts import Impacts

_ARRAYS = ("offsets", "documents", "impacts", "masks", "rarity", "name_words")


def write(folder: Path, impacts: Impacts) -> None:
    """Write the posting lists."""
    for name in _ARRAYS:
        layout.write_array(folder, name, getattr(impacts, name))
    layout.write_lines(folder, "stems", impacts.stems)


class PostingLists:
    """The posting lists of an index by the number of their term."""

    def __init__(self, folder: Path, needs: list[str], count: int) -> None:
        offsets, self._documents, self._impacts, self._masks, self.rarity, self.name_words = (
            layout.read_array(folder, name) for name in _ARRAYS
        )
        self._stems = layout.read_lines(folder, "stems")
        self._needs = {need: len(self._stems) + i for i, need in enumerate(needs)}
        self._offsets: list[int] = offsets.tolist()
        self.sizes = np.diff(offsets)
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

    def of(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return a term's documents, rising, and what it adds to the score of each."""
        start, end = self._offsets[term], self._offsets[term + 1]
        return self._documents[start:end], self._impacts[start:end]

    def among(
        self, term: int, candidates: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return only what a term adds to these documents, which rise."""
        places, present = self._places(term, candidates)
        return candidates[present], self._impacts[places[present]]

    def explained(
        self, term: int, candidates: NDArray[np.intp]
    ) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Return for each of these documents what a term adds, and the mask of its fields."""
        places, present = self._places(term, candidates)
        if not present.any():
            nothing = np.zeros(len(candidates), dtype=np.float32)
            return nothing, nothing.astype(np.uint8)
        impacts = np.where(present, self._impacts[places], np.float32(0))
        return impacts, np.where(present, self._masks[places], np.uint8(0))

    def _places(
        self, term: int, candidates: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        start, end = self._offsets[term], self._offsets[term + 1]
        if start == end:
            nowhere = np.zeros(len(candidates), dtype=np.intp)
            return nowhere, nowhere.astype(np.bool_)
        documents = self._documents[start:end]
        places = np.minimum(documents.searchsorted(candidates), end - start - 1)
        return places + start, documents[places] == candidates
