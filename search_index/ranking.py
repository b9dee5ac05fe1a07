"""Score documents by adding up memory-mapped posting lists, the rarest word first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from search_index.postinglists import PostingLists
from search_index.query import Slot

COVERED = 0.65  # the part of the score that depends on how much of the query a document covers
LEAST = 0.45  # a document must cover this part of what the best one covers
COMMON = 4_000  # a word with more postings than this, and than a tenth of all documents,
CANDIDATES = 2_000  # is only looked up for the best so many, once there are that many


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents found, rising, their scores, and how much of the query they cover."""

    documents: NDArray[np.intp]
    scores: NDArray[np.float32]
    coverage: NDArray[np.float32]


@dataclass(slots=True)
class Sums:
    """What was added up so far, for all documents or, later on, only for candidates."""

    scores: NDArray[np.float32]
    covered: NDArray[np.float32]
    best: NDArray[np.float32]  # nought between two slots
    candidates: NDArray[np.intp] | None = None

    def narrow(self, count: int) -> None:
        """Go on with the best documents only, if there are at least so many."""
        found = np.flatnonzero(self.scores)
        if len(found) < count:
            return
        self.candidates = np.sort(found[np.argpartition(self.scores[found], -count)[-count:]])
        self.scores = self.scores[self.candidates]
        self.covered = self.covered[self.candidates]
        self.best = np.zeros(count, dtype=np.float32)


def rank(
    slots: Sequence[Slot], worth: Sequence[float], lists: PostingLists, *, wanted: int
) -> Ranked:
    """Score every document that covers enough of the query; `worth` is the rarity of each slot.

    The first `wanted` of them are exact; of the others some that only have common words may miss.
    """
    nought = np.zeros(lists.count, dtype=np.float32)
    sums = Sums(nought, nought.copy(), nought.copy())
    sizes = [sum(lists.size(one.term) for one in (*slot.options, *slot.needs)) for slot in slots]
    for number in sorted(range(len(slots)), key=sizes.__getitem__):
        if sums.candidates is None and sizes[number] > max(COMMON, lists.count // 10):
            sums.narrow(max(CANDIDATES, wanted))
        _add(slots[number], worth[number], lists, sums)
    places = np.flatnonzero(sums.scores)
    coverage = sums.covered[places] / np.float32(max(sum(worth), 1e-9))
    if len(places):
        enough = coverage >= LEAST * coverage.max()
        places, coverage = places[enough], coverage[enough]
    documents = places if sums.candidates is None else sums.candidates[places]
    return Ranked(documents, sums.scores[places] * (1 - COVERED + COVERED * coverage), coverage)


def _add(slot: Slot, worth: float, lists: PostingLists, sums: Sums) -> None:
    """Add the best meaning of one slot, and its needs, to each document's sums."""
    look = partial(lists.among, candidates=sums.candidates)
    found = [(*look(option.term), np.float32(option.weight)) for option in slot.options]
    needed = [(*look(option.term), np.float32(option.weight)) for option in slot.needs]
    if len(found) == 1 and not needed:
        places, impacts, weight = found[0]
        sums.scores[places] += impacts * weight
        sums.covered[places] += np.float32(worth)
        return
    for places, impacts, weight in found:
        sums.best[places] = np.maximum(sums.best[places], impacts * weight)
    for places, impacts, weight in needed:
        sums.best[places] += impacts * weight
    np.add(sums.scores, sums.best, out=sums.scores)
    np.add(sums.covered, np.float32(worth), out=sums.covered, where=sums.best > 0)
    sums.best.fill(0)
