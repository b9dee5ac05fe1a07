"""Ranking, first stage: score documents by adding up posting lists, the rarest word first.

Term at a time with accumulators, and pruning by the highest impact of each list (as MaxScore does).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.inverted_index import InvertedIndex
from search_index.query_analysis import QuerySlot

COORDINATION = 0.65  # the part of the score that depends on how much of the query is covered
MIN_COVERAGE = 0.45  # a document must cover this part of what the best one covers,
MIN_DOCUMENTS = 10  # unless fewer than this do
COMMON_TERM = 4_000  # a word with more postings than this, and than a tenth of all documents, is
# only looked up for the documents that can still be among the best, if these are few enough:
CANDIDATE_SHARE = 32  # one in so many
_COVERS_MUCH = 0.5  # of what the best document covers: the ones that do are looked at first
_ROUNDING = 0.9999  # sums of the same numbers differ a little by their order
_SPARSE = 16  # in fewer documents than one in so many a word is added for these only
_NOWHERE = np.empty(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class RankedDocuments:
    """The documents found, rising, their scores, and how much of the query they cover."""

    documents: NDArray[np.intp]
    scores: NDArray[np.float32]
    coverage: NDArray[np.float32]


@dataclass(slots=True)
class ScoreAccumulators:
    """What was added up so far, for all documents or, after pruning, only for candidates.

    `slot_scores` holds what the slot adds that is looked up just now, nought between two slots.
    """

    scores: NDArray[np.float32]
    covered: NDArray[np.float32]
    slot_scores: NDArray[np.float32]
    candidates: NDArray[np.intp] | None = None

    def prune(
        self,
        remaining_score: float,
        remaining_weight: float,
        total_weight: float,
        *,
        top: int,
        candidate_share: int,
    ) -> None:
        """Go on with the documents only that can still be among the `top` best, if few.

        `remaining_score` is the most that the slots to come can add to a score, `remaining_weight`
        and `total_weight` what they and all slots weigh.
        """
        covering = (self.covered >= _COVERS_MUCH * self.covered.max()).nonzero()[0]
        if len(covering) < top:
            covering = (self.scores > 0).nonzero()[0]
        if len(covering) <= top:
            return
        now = coordinated(self.scores[covering], self.covered[covering] / total_weight)
        threshold = np.partition(now, -top)[-top]  # the worst of the best is at least as good
        unseen = coordinated(
            np.float32(remaining_score), np.float32(remaining_weight / total_weight)
        )
        if unseen >= threshold:
            return
        bound = np.add(self.covered, remaining_weight, out=self.slot_scores)
        np.minimum(np.divide(bound, total_weight, out=bound), 1, out=bound)
        bound *= COORDINATION
        bound += 1 - COORDINATION
        bound *= self.scores + remaining_score
        able = bound >= threshold * _ROUNDING
        bound.fill(0)
        if np.count_nonzero(able) * candidate_share > len(able):
            return
        kept = able.nonzero()[0]
        self.candidates = kept
        self.scores, self.covered = self.scores[kept], self.covered[kept]
        self.slot_scores = np.zeros(len(kept), dtype=np.float32)


def coordinated(scores: Any, coverage: Any) -> Any:
    """Let a document count less that covers only part of the query (a coordination factor)."""
    return scores * (1 - COORDINATION + COORDINATION * coverage)


def rank_documents(
    slots: Sequence[QuerySlot],
    weights: Sequence[float],
    postings: InvertedIndex,
    *,
    top: int | None,
    common_term: int = COMMON_TERM,
    candidate_share: int = CANDIDATE_SHARE,
) -> RankedDocuments:
    """Score every document that covers enough of the query; `weights` has one for each slot.

    With `top`, documents that can't be among so many best may be missing: those without any word
    but common ones (with more postings than `common_term`), if all others are few enough.
    """
    nought = np.zeros(postings.document_count, dtype=np.float32)
    sums = ScoreAccumulators(nought, nought.copy(), nought.copy())
    total_weight = max(sum(weights), 1e-9)
    sizes = [
        sum(postings.document_frequency(option.term) for option in (*slot.options, *slot.needs))
        for slot in slots
    ]
    order = sorted(range(len(slots)), key=sizes.__getitem__)
    common = max(common_term, postings.document_count // 10)
    for place, number in enumerate(order):
        if top and sizes[number] > common and sums.candidates is None:
            remaining = order[place:]
            sums.prune(
                sum(_max_score(slots[later], postings) for later in remaining),
                sum(weights[later] for later in remaining),
                total_weight,
                top=top,
                candidate_share=candidate_share,
            )
        _add(slots[number], weights[number], postings, sums)
    places = _covering_enough(sums, np.float32(total_weight))
    coverage = sums.covered[places] / np.float32(total_weight)
    documents = places if sums.candidates is None else sums.candidates[places]
    return RankedDocuments(documents, coordinated(sums.scores[places], coverage), coverage)


def _covering_enough(sums: ScoreAccumulators, total_weight: np.float32) -> NDArray[np.intp]:
    """Choose the documents that cover enough of the query; of the others the best, if few do."""
    most = sums.covered.max(initial=0)
    if not most:
        return _NOWHERE
    enough: NDArray[np.intp] = (sums.covered >= MIN_COVERAGE * most).nonzero()[0]
    missing = MIN_DOCUMENTS - len(enough)
    if missing <= 0:
        return enough
    others = ((sums.covered > 0) & (sums.covered < MIN_COVERAGE * most)).nonzero()[0]
    scores = coordinated(sums.scores[others], sums.covered[others] / total_weight)
    best_others = others[np.argsort(-scores, kind="stable")[:missing]]
    return np.sort(np.concatenate((enough, best_others)))


def _max_score(slot: QuerySlot, postings: InvertedIndex) -> float:
    """Return what a slot can add to a score at most."""
    words = (postings.max_impact(option.term) * option.weight for option in slot.options)
    needs = (postings.max_impact(option.term) * option.weight for option in slot.needs)
    return max(words, default=0.0) + sum(needs)


def _add(slot: QuerySlot, weight: float, postings: InvertedIndex, sums: ScoreAccumulators) -> None:
    """Add the best option of one slot, and its needs, to each document's sums."""
    words = [
        (option.weight, *postings.postings(option.term, sums.candidates)) for option in slot.options
    ]
    needs = [
        (option.weight, *postings.postings(option.term, sums.candidates)) for option in slot.needs
    ]
    if len(words) == 1 and not needs:
        option_weight, places, impacts = words[0]
        np.add.at(sums.scores, places, impacts * option_weight)
        np.add.at(sums.covered, places, np.float32(weight))
        return
    slot_scores = sums.slot_scores
    for option_weight, places, impacts in words:
        slot_scores[places] = np.maximum(slot_scores[places], impacts * option_weight)
    for option_weight, places, impacts in needs:
        slot_scores[places] += impacts * option_weight
    all_places = [places for _, places, _ in (*words, *needs)]
    if _SPARSE * sum(map(len, all_places)) > len(slot_scores):
        np.add(sums.scores, slot_scores, out=sums.scores)
        np.add(sums.covered, (slot_scores > 0) * np.float32(weight), out=sums.covered)
        slot_scores.fill(0)
    else:
        places = np.concatenate(all_places) if all_places else _NOWHERE
        # A document that is there twice gets the same sum twice, not twice as much.
        sums.scores[places] += slot_scores[places]
        sums.covered[places] += np.float32(weight)
        slot_scores[places] = 0
