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
COMMON = 20_000  # a word in more documents than this is only looked up for candidates
ENOUGH = 400  # once there are so many


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents found, in no order, their scores, and how much of the query they cover."""

    documents: NDArray[np.intp]
    scores: NDArray[np.float32]
    coverage: NDArray[np.float32]


def rank(
    slots: Sequence[Slot], worth: Sequence[float], lists: PostingLists, *, enough: int
) -> Ranked:
    """Score every document that covers enough of the query; `worth` is the rarity of each slot."""
    scores = np.zeros(lists.count, dtype=np.float32)
    covered = np.zeros(lists.count, dtype=np.float32)
    best = np.zeros(lists.count, dtype=np.float32)
    sizes = [
        sum(lists.size(option.term) for option in (*slot.options, *slot.needs)) for slot in slots
    ]
    candidates: NDArray[np.intp] | None = None
    for number in sorted(range(len(slots)), key=sizes.__getitem__):
        if candidates is None and sizes[number] > COMMON:
            found = np.flatnonzero(scores)
            candidates = found if len(found) >= max(ENOUGH, enough) else None
        _add(slots[number], worth[number], lists, (scores, covered, best), candidates)
    documents = np.flatnonzero(scores)
    coverage = covered[documents] / max(sum(worth), 1e-9)
    if len(documents):
        enough_covered = coverage >= LEAST * coverage.max()
        documents, coverage = documents[enough_covered], coverage[enough_covered]
    weighed = scores[documents] * (1 - COVERED + COVERED * coverage)
    return Ranked(documents, weighed, coverage)


def _add(
    slot: Slot,
    worth: float,
    lists: PostingLists,
    sums: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
    candidates: NDArray[np.intp] | None,
) -> None:
    """Add the best meaning of one slot to each document's sums."""
    scores, covered, best = sums
    look = lists.of if candidates is None else partial(lists.among, candidates=candidates)
    found = [(*look(option.term), option.weight) for option in slot.options]
    needed = [(*look(option.term), option.weight) for option in slot.needs]
    if len(found) == 1 and not needed:
        documents, impacts, weight = found[0]
        scores[documents] += impacts * np.float32(weight)
        covered[documents] += np.float32(worth)
        return
    for documents, impacts, weight in found:
        best[documents] = np.maximum(best[documents], impacts * np.float32(weight))
    for documents, impacts, weight in needed:
        best[documents] += impacts * np.float32(weight)
    for documents, _, _ in (*found, *needed):
        # A document's best is taken once: afterwards it is nought.
        value = best[documents]
        scores[documents] += value
        covered[documents] += np.where(value > 0, np.float32(worth), np.float32(0))
        best[documents] = 0
