"""Ranking, second stage: for the best documents proximity, whole names, and which words matched."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.index_schema import FIELD_BITS, NAME_BITS
from search_index.inverted_index import InvertedIndex
from search_index.positional_index import NOT_IN_QUERY, PositionalIndex
from search_index.query_analysis import QuerySlot
from search_index.term_matching import TermOption

WHOLE_NAME = 0.7  # how much a wholly covered name adds to a score
PROXIMITY = 0.8  # how much it adds when all words stand side by side as in the query

_OF_A_NAME = NAME_BITS | FIELD_BITS["organization"]  # where a word counts as said of the whole name


@dataclass(frozen=True, slots=True)
class RerankedDocuments:
    """For each document the factor of its score and the mask of the fields that matched.

    `impacts` has a row for each option of each slot in turn, and a column for each document: what
    the option adds to its score.
    """

    slots: Sequence[QuerySlot]
    factors: NDArray[np.float64]
    masks: NDArray[np.uint16]
    impacts: NDArray[np.float32]

    def matched(self, column: int) -> list[TermOption | None]:
        """Say which option of each slot counts for a document: the one that adds most, if any."""
        impacts = iter(self.impacts[:, column].tolist())
        matched: list[TermOption | None] = []
        for slot in self.slots:
            highest, best = 0.0, None
            for option, impact in zip(slot.options, impacts, strict=False):
                if impact > highest:
                    highest, best = impact, option
            matched.append(best)
        return matched


def rerank_documents(
    slots: Sequence[QuerySlot],
    weights: Sequence[float],
    documents: Sequence[int],
    postings: InvertedIndex,
    positions: PositionalIndex,
) -> RerankedDocuments:
    """Look closely at a few documents: at all that they hold at once, by a table of terms."""
    rows: dict[int, int] = {}
    for slot in slots:
        for option in (*slot.options, *slot.needs):
            rows.setdefault(option.term, len(rows) + 1)
    row_of = postings.row_table(rows)
    impacts, masks = postings.look_up(row_of, len(rows), documents)
    options = [(rows[option.term], option.weight) for slot in slots for option in slot.options]
    option_impacts = impacts[[row for row, _ in options]]
    option_impacts *= np.array([weight for _, weight in options], dtype=np.float32)[:, np.newaxis]
    factors = np.ones(len(documents))
    if options and len(documents):
        worded = [number for number, slot in enumerate(slots) if slot.options]
        position_of = [NOT_IN_QUERY] * (len(rows) + 1)
        starts = [0]
        for position, number in enumerate(worded):
            for option in slots[number].options:
                position_of[rows[option.term]] = position
            starts.append(starts[-1] + len(slots[number].options))
        option_masks = masks[[row for row, _ in options]]
        slot_masks = np.bitwise_or.reduceat(option_masks, starts[:-1], axis=0)
        of_a_name = np.count_nonzero(slot_masks & _OF_A_NAME, axis=0) / len(slots)
        order = positions.compare(
            row_of,
            np.array(position_of, dtype=np.int16),
            _pair_weights([weights[number] for number in worded]),
            documents,
        )
        # In a short query the order counts less: there it says little that the words don't.
        proximity = order.proximity * ((len(worded) - 1) / (len(worded) + 2))
        name = 1 + WHOLE_NAME * (order.name_coverage * of_a_name)
        factors = name * (1 + PROXIMITY * proximity)
    return RerankedDocuments(slots, factors, np.bitwise_or.reduce(masks, axis=0), option_impacts)


def _pair_weights(weights: Sequence[float]) -> NDArray[np.float64]:
    """Say what each word of a query weighs together with the next one."""
    following = (*weights[1:], 0.0)
    return np.array(
        [(weight + after) / 2 for weight, after in zip(weights, following, strict=True)]
    )
