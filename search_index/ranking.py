"""Score documents by adding up memory-mapped posting lists, the rarest word first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.inverted_index import InvertedIndex
from search_index.query_analysis import QuerySlot

COVERED = 0.65  # the part of the score that depends on how much of the query a document covers
LEAST = 0.45  # a document must cover this part of what the best one covers,
ALWAYS = 10  # unless fewer than this do
COMMON = 4_000  # a word with more postings than this, and than a tenth of all documents, is only
# looked up for the documents that can still be among the best, if these are few enough:
FEW = 32  # one in so many
_MUCH = 0.5  # of what the best document covers: the ones that do are looked at first
_ROUNDED = 0.9999  # sums of the same numbers differ a little by their order
_SPARSE = 16  # in fewer documents than one in so many a word is added for these only
_NOWHERE = np.empty(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents found, rising, their scores, and how much of the query they cover."""

    documents: NDArray[np.intp]
    scores: NDArray[np.float32]
    coverage: NDArray[np.float32]


@dataclass(slots=True)
class ScoreAccumulator:
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
        covering = (self.covered >= _MUCH * self.covered.max()).nonzero()[0]
        if len(covering) < wanted:
            covering = (self.scores > 0).nonzero()[0]
        if len(covering) <= wanted:
            return
        now = weighted_slots(self.scores[covering], self.covered[covering] / worth)
        least = np.partition(now, -wanted)[-wanted]  # the worst of the best is at least as good
        if weighted_slots(np.float32(rest), np.float32(rest_worth / worth)) >= least:
            return
        most = np.add(self.covered, rest_worth, out=self.best)
        np.minimum(np.divide(most, worth, out=most), 1, out=most)
        most *= COVERED
        most += 1 - COVERED
        most *= self.scores + rest
        able = most >= least * _ROUNDED
        most.fill(0)
        if np.count_nonzero(able) * few > len(able):
            return
        kept = able.nonzero()[0]
        self.candidates = kept
        self.scores, self.covered = self.scores[kept], self.covered[kept]
        self.best = np.zeros(len(kept), dtype=np.float32)


def weighted_slots(scores: Any, coverage: Any) -> Any:
    """Let a document count less that covers only part of the query."""
    return scores * (1 - COVERED + COVERED * coverage)


def rank_documents(
    slots: Sequence[QuerySlot],
    worth: Sequence[float],
    lists: InvertedIndex,
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
    sums = ScoreAccumulator(nought, nought.copy(), nought.copy())
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
    places = _enough(sums, np.float32(whole))
    coverage = sums.covered[places] / np.float32(whole)
    documents = places if sums.candidates is None else sums.candidates[places]
    return Ranked(documents, weighted_slots(sums.scores[places], coverage), coverage)


def _enough(sums: ScoreAccumulator, whole: np.float32) -> NDArray[np.intp]:
    """Choose the documents that cover enough of the query; of the others the best, if few do."""
    most = sums.covered.max(initial=0)
    if not most:
        return _NOWHERE
    enough: NDArray[np.intp] = (sums.covered >= LEAST * most).nonzero()[0]
    missing = ALWAYS - len(enough)
    if missing <= 0:
        return enough
    others = ((sums.covered > 0) & (sums.covered < LEAST * most)).nonzero()[0]
    worse = weighted_slots(sums.scores[others], sums.covered[others] / whole)
    return np.sort(np.concatenate((enough, others[np.argsort(-worse, kind="stable")[:missing]])))


def _most(slot: QuerySlot, lists: InvertedIndex) -> float:
    """Say what a slot can add to a score at most."""
    words = max((lists.peak(one.term) * one.weight for one in slot.options), default=0.0)
    return words + sum(lists.peak(one.term) * one.weight for one in slot.needs)


def _add(slot: QuerySlot, worth: float, lists: InvertedIndex, sums: ScoreAccumulator) -> None:
    """Add the best meaning of one slot, and its needs, to each document's sums."""
    found = [(one, *lists.among(one.term, sums.candidates)) for one in slot.options]
    needed = [(one, *lists.among(one.term, sums.candidates)) for one in slot.needs]
    if len(found) == 1 and not needed:
        option, places, impacts = found[0]
        np.add.at(sums.scores, places, impacts * option.weight)
        np.add.at(sums.covered, places, np.float32(worth))
        return
    best = sums.best
    for option, places, impacts in found:
        best[places] = np.maximum(best[places], impacts * option.weight)
    for option, places, impacts in needed:
        best[places] += impacts * option.weight
    all_places = [places for _, places, _ in (*found, *needed)]
    if _SPARSE * sum(map(len, all_places)) > len(best):
        np.add(sums.scores, best, out=sums.scores)
        np.add(sums.covered, (best > 0) * np.float32(worth), out=sums.covered)
        best.fill(0)
    else:
        places = np.concatenate(all_places) if all_places else _NOWHERE
        # A document that is there twice gets the same sum twice, not twice as much.
        sums.scores[places] += best[places]
        sums.covered[places] += np.float32(worth)
        best[places] = 0
