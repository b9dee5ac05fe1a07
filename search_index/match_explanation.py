"""Say for the best documents which words matched, where, and how whole the name is covered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.field_weights import BITS, NAMES
from search_index.inverted_index import InvertedIndex
from search_index.proximity import UNSAID, ProximityIndex
from search_index.query_analysis import QuerySlot
from search_index.term_expansion import TermOption

WHOLE_NAME = 0.7  # how much a wholly covered name adds to a score
TOGETHER = 0.8  # how much it adds when all words stand side by side as in the query

CALLED = NAMES | BITS["organization"]  # where a word counts as said of the whole name


@dataclass(frozen=True, slots=True)
class MatchExplanation:
    """For each document the fields' mask and the name's factor, and for each option what it adds.

    `added` has a row for each option of each slot in turn, and a column for each document.
    """

    slots: Sequence[QuerySlot]
    masks: NDArray[np.uint16]
    factors: NDArray[np.float64]
    added: NDArray[np.float32]

    def meant(self, place: int) -> list[TermOption | None]:
        """Say which option of each slot counts for a document: the one that adds most, if any."""
        added = iter(self.added[:, place].tolist())
        meant: list[TermOption | None] = []
        for slot in self.slots:
            most, best = 0.0, None
            for option, this in zip(slot.options, added, strict=False):
                if this > most:
                    most, best = this, option
            meant.append(best)
        return meant


def explain_matches(
    slots: Sequence[QuerySlot],
    worth: Sequence[float],
    documents: Sequence[int],
    lists: InvertedIndex,
    sequences: ProximityIndex,
) -> MatchExplanation:
    """Look closely at a few documents: at all that they hold at once, by a table of terms."""
    rows: dict[int, int] = {}
    for slot in slots:
        for one in (*slot.options, *slot.needs):
            rows.setdefault(one.term, len(rows) + 1)
    row_of = lists.table(rows)
    impacts, masks = lists.look_up(row_of, len(rows), documents)
    options = [(rows[term], weight) for slot in slots for term, weight, *_ in slot.options]
    added = impacts[[row for row, _ in options]]
    added *= np.array([weight for _, weight in options], dtype=np.float32)[:, np.newaxis]
    factors = np.ones(len(documents))
    if options and len(documents):
        told = [number for number, slot in enumerate(slots) if slot.options]
        place_of = [UNSAID] * (len(rows) + 1)
        starts = [0]
        for place, number in enumerate(told):
            for option in slots[number].options:
                place_of[rows[option.term]] = place
            starts.append(starts[-1] + len(slots[number].options))
        where = np.bitwise_or.reduceat(masks[[row for row, _ in options]], starts[:-1], axis=0)
        named = np.count_nonzero(where & CALLED, axis=0) / len(slots)
        pairs = _pairs([worth[number] for number in told])
        places = np.array(place_of, dtype=np.int16)
        order = sequences.compare(row_of, places, pairs, documents)
        # In a short query the order counts less: there it says little that the words don't.
        together = order.together * ((len(told) - 1) / (len(told) + 2))
        factors = (1 + WHOLE_NAME * (order.named * named)) * (1 + TOGETHER * together)
    return MatchExplanation(slots, np.bitwise_or.reduce(masks, axis=0), factors, added)


def _pairs(values: Sequence[float]) -> NDArray[np.float64]:
    """Say what each word of a query is worth together with the next one."""
    return np.array([(one + two) / 2 for one, two in zip(values, (*values[1:], 0.0), strict=True)])
