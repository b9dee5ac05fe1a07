"""Keep the order of the words of each entry: which stand side by side, and which make a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import layout
from search_index.entries import Entry
from search_index.text import STOP_WORDS, telling, tokens

_NAMES = ("name", "alternates", "acronyms", "former")
_FIELDS = (*_NAMES, "organization", "description")
_NAME_ENDS, _ENDS = -1, -2  # stand behind a text that is a name, and behind any other
_UNSAID = -3  # a word that is not in the query


@dataclass(frozen=True, slots=True)
class Order:
    """For each document from 0 to 1: how much of the query's order it keeps, and of a name it has.

    `named` is the share of its words that the best of the document's names has in the query.
    """

    together: NDArray[np.float64]
    named: NDArray[np.float64]


def write(folder: Path, entries: Iterable[Entry], terms: Mapping[str, int]) -> None:
    """Write the terms of every entry's telling words in their order."""
    flat: list[int] = []
    offsets = [0]
    for entry in entries:
        for field in _FIELDS:
            for text in entry.texts(field):
                said = telling(tokens(text))
                flat.extend(terms[word] for word in said if word not in STOP_WORDS)
                flat.append(_NAME_ENDS if field in _NAMES else _ENDS)
        offsets.append(len(flat))
    layout.write_array(folder, "sequences", np.array(flat, dtype=np.int32))
    layout.write_array(folder, "sequence_offsets", np.array(offsets, dtype=np.int64))


class Sequences:
    """The words of each document in their order."""

    def __init__(self, folder: Path) -> None:
        self._terms = layout.read_array(folder, "sequences")
        self._offsets = layout.read_array(folder, "sequence_offsets")

    def compare(
        self,
        slots: Sequence[Iterable[int]],
        worth: NDArray[np.float64],
        documents: NDArray[np.intp],
    ) -> Order:
        """Compare a query with what each document has in its order.

        `slots` are the terms each word of the query may mean, at least one; `worth[i]` is that of
        words i and i + 1 standing together.
        """
        place_of = {term: place for place, terms in enumerate(slots) for term in terms}
        known = np.array(sorted(place_of), dtype=np.int32)
        places = np.array([place_of[term] for term in known.tolist()], dtype=np.int64)
        parts = [self._terms[self._offsets[d] : self._offsets[d + 1]] for d in documents.tolist()]
        owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        terms = np.concatenate(parts)
        found = np.minimum(known.searchsorted(terms), len(known) - 1)
        place = np.where(known[found] == terms, places[found], _UNSAID)
        starts = np.flatnonzero((place[1:] == place[:-1] + 1) & (place[:-1] >= 0))
        # The same neighbours count once in a document, however often they stand there.
        pairs = np.unique(owner[starts] * len(slots) + place[starts])
        sums = np.zeros(len(documents))
        np.add.at(sums, pairs // len(slots), worth[pairs % len(slots)])
        return Order(sums / max(float(worth[:-1].sum()), 1e-9), _named(terms, owner, place, slots))


def _named(
    terms: NDArray[np.int32],
    owner: NDArray[np.intp],
    place: NDArray[np.int64],
    slots: Sequence[Iterable[int]],
) -> NDArray[np.float64]:
    """Measure which share of a name's words is in the query, for the best name of each owner."""
    named = np.zeros(int(owner[-1]) + 1)
    ends = np.flatnonzero(terms < 0)
    text = np.searchsorted(ends, np.arange(len(terms)))
    said = np.flatnonzero(place >= 0)
    # A word of the query that stands twice in a name counts once.
    once = np.unique(text[said] * len(slots) + place[said]) // len(slots)
    lengths = np.maximum(np.diff(ends, prepend=-1) - 1, 1)
    shares = np.bincount(once, minlength=len(ends)) / lengths
    names = terms[ends] == _NAME_ENDS
    np.maximum.at(named, owner[ends[names]], np.minimum(shares[names], 1))
    return named
