"""Score documents by adding up memory-mapped posting lists, the rarest word first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.postinglists import PostingLists
from search_index.query import Slot

COVERED = 0.65  # the part of the score that depends on how much of the query a document covers
LEAST = 0.45  # a document must cover this part of what the best one covers,
ALWAYS = 10  # unless fewer than this do
COMMON = 4_000  # a word with more postings than this, and than a tenth of all documents, is only
# looked up for the documents that can still be among the best, if these are few enough:
FEW = 8  # one in so many


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

    def narrow(
        self, rest: float, rest_worth: float, worth: float, *, wanted: int, few: int
    ) -> None:
        """Go on with the documents only that can still be among the `wanted` best, if few.

        `rest` is the most that the words to come can add to a score, `rest_worth` and `worth`
        what they and all words are worth.
        """
        found = np.flatnonzero(self.scores)
        if len(found) <= wanted:
            return
        scores, covered = self.scores[found], self.covered[found]
        now = weighed(scores, covered / worth)
        least = np.partition(now, -wanted)[-wanted]
        most = weighed(scores + rest, np.minimum((covered + rest_worth) / worth, 1))
        new = weighed(np.float32(rest), np.float32(rest_worth / worth))
        kept = found[most >= least]
        if new >= least or len(kept) * few > len(self.scores):
            return
        self.candidates = kept
        self.scores, self.covered = self.scores[kept], self.covered[kept]
        self.best = np.zeros(len(kept), dtype=np.float32)


def weighed(scores: Any, coverage: Any) -> Any:
    """Let a document count less that covers only part of the query."""
    return scores * (1 - COVERED + COVERED * coverage)


def rank(
    slots: Sequence[Slot],
    worth: Sequence[float],
    lists: PostingLists,
    *,
    wanted: int | None,
    common: int = COMMON,
    few: int = FEW,
) -> Ranked:
    """Score every document that covers enough of the query; `worth` is the rarity of each slot.

    With `wanted`, documents that can't be among so many best may be missing: those without any
    word but `common` ones, if all others are `few`, one in so many.
    """
    nought = np.zeros(lists.count, dtype=np.float32)
    sums = Sums(nought, nought.copy(), nought.copy())
    whole = max(sum(worth), 1e-9)
    sizes = [sum(lists.size(one.term) for one in (*slot.options, *slot.needs)) for slot in slots]
    order = sorted(range(len(slots)), key=sizes.__getitem__)
    for place, number in enumerate(order):
        many = sizes[number] > max(common, lists.count // 10)
        if wanted and many and sums.candidates is None:
            rest = sum(_most(slots[later], lists) for later in order[place:])
            rest_worth = sum(worth[later] for later in order[place:])
            sums.narrow(rest, rest_worth, whole, wanted=wanted, few=few)
        _add(slots[number], worth[number], lists, sums)
    places = np.flatnonzero(sums.scores)
    coverage = sums.covered[places] / np.float32(whole)
    if len(places):
        enough = _enough(sums.scores[places], coverage)
        places, coverage = places[enough], coverage[enough]
    documents = places if sums.candidates is None else sums.candidates[places]
    return Ranked(documents, weighed(sums.scores[places], coverage), coverage)


def _enough(scores: NDArray[np.float32], coverage: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Choose the documents that cover enough of the query; of the others the best, if few do."""
    enough: NDArray[np.bool_] = coverage >= LEAST * coverage.max()
    missing = ALWAYS - int(enough.sum())
    if missing > 0:
        others = np.flatnonzero(~enough)
        best = np.argsort(-weighed(scores[others], coverage[others]), kind="stable")[:missing]
        enough[others[best]] = True
    return enough


def _most(slot: Slot, lists: PostingLists) -> float:
    """Say what a slot can add to a score at most."""
    words = max((lists.peak(one.term) * one.weight for one in slot.options), default=0.0)
    return words + sum(lists.peak(one.term) * one.weight for one in slot.needs)


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
