"""Keep the order of the words of each entry, to tell whether words stand side by side."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import layout
from search_index.entries import Entry
from search_index.text import STOP_WORDS, tokens

_FIELDS = ("name", "alternates", "former", "organization", "description")
_BREAK = -1  # stands between two texts


def write(folder: Path, entries: Iterable[Entry], terms: Mapping[str, int]) -> None:
    """Write the terms of every entry's telling words in their order."""
    flat: list[int] = []
    offsets = [0]
    for entry in entries:
        for field in _FIELDS:
            for text in entry.texts(field):
                flat.extend(terms[word] for word in tokens(text) if word not in STOP_WORDS)
                flat.append(_BREAK)
        offsets.append(len(flat))
    layout.write_array(folder, "sequences", np.array(flat, dtype=np.int32))
    layout.write_array(folder, "sequence_offsets", np.array(offsets, dtype=np.int64))


class Sequences:
    """The words of each document in their order."""

    def __init__(self, folder: Path) -> None:
        self._terms = layout.read_array(folder, "sequences")
        self._offsets = layout.read_array(folder, "sequence_offsets")

    def side_by_side(
        self,
        slots: Sequence[Iterable[int]],
        worth: NDArray[np.float64],
        documents: NDArray[np.intp],
    ) -> NDArray[np.float64]:
        """Add up for each document the worth of the neighbours in the query that it has as such.

        `slots` are the terms each word of the query may mean; `worth[i]` is that of words i and
        i + 1 standing together.
        """
        place_of = {term: place for place, terms in enumerate(slots) for term in terms}
        known = np.array(sorted(place_of), dtype=np.int32)
        places = np.array([place_of[term] for term in known.tolist()], dtype=np.int64)
        parts = [self._terms[self._offsets[d] : self._offsets[d + 1]] for d in documents.tolist()]
        owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        terms = np.concatenate(parts)
        found = np.minimum(known.searchsorted(terms), len(known) - 1)
        place = np.where(known[found] == terms, places[found], -2)
        starts = np.flatnonzero((place[1:] == place[:-1] + 1) & (place[:-1] >= 0))
        # The same neighbours count once in a document, however often they stand there.
        pairs = np.unique(owner[starts] * len(slots) + place[starts])
        sums = np.zeros(len(documents))
        np.add.at(sums, pairs // len(slots), worth[pairs % len(slots)])
        return sums
