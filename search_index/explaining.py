"""Say for the best documents which words matched, where, and how whole the name is covered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search_index.fields import BITS, NAMES
from search_index.meanings import Option
from search_index.postinglists import PostingLists
from search_index.query import Slot
from search_index.sequences import Order, Sequences

WHOLE_NAME = 0.7  # how much a wholly covered name adds to a score
TOGETHER = 0.8  # how much it adds when all words stand side by side as in the query

CALLED = NAMES | BITS["organization"]  # where a word counts as said of the whole name


@dataclass(frozen=True, slots=True)
class Explained:
    """For each document: the fields' mask, the options that matched by slot, the name's factor."""

    masks: NDArray[np.uint16]
    options: list[list[Option | None]]
    factors: NDArray[np.float64]


def explain(
    slots: Sequence[Slot],
    worth: Sequence[float],
    documents: NDArray[np.intp],
    lists: PostingLists,
    sequences: Sequences,
) -> Explained:
    """Look the slots up for a few documents, given in rising order."""
    masks = np.zeros(len(documents), dtype=np.uint16)
    named = np.zeros(len(documents), dtype=np.int64)
    options: list[list[Option | None]] = []
    for slot in slots:
        best = np.zeros(len(documents), dtype=np.float32)
        where = np.zeros(len(documents), dtype=np.uint16)
        which: list[Option | None] = [None] * len(documents)
        for option in slot.options:
            places, postings = lists.places(option.term, documents)
            impacts = lists.impacts[postings] * np.float32(option.weight)
            better = impacts > best[places]
            best[places[better]] = impacts[better]
            where[places] |= lists.masks[postings]
            for place in places[better].tolist():
                which[place] = option
        named += (where & CALLED) > 0
        for option in slot.needs:
            places, postings = lists.places(option.term, documents)
            where[places] |= lists.masks[postings]
        masks |= where
        options.append(which)
    order = _order(slots, worth, documents, sequences)
    whole = order.named * named / max(len(slots), 1)
    return Explained(masks, options, (1 + WHOLE_NAME * whole) * (1 + TOGETHER * order.together))


def _order(
    slots: Sequence[Slot],
    worth: Sequence[float],
    documents: NDArray[np.intp],
    sequences: Sequences,
) -> Order:
    """Measure how much of the query's order, and of a name, each document has.

    In a short query the order counts less: there it says little that the words don't.
    """
    words = [(slot, value) for slot, value in zip(slots, worth, strict=True) if slot.options]
    if not words or not len(documents):
        return Order(np.zeros(len(documents)), np.zeros(len(documents)))
    values = np.array([value for _, value in words])
    pairs = (values + np.append(values[1:], 0.0)) / 2
    terms = [[option.term for option in slot.options] for slot, _ in words]
    order = sequences.compare(terms, pairs, documents)
    return replace(order, together=order.together * (len(words) - 1) / (len(words) + 2))
