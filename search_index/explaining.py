"""Say for the best documents which words matched, where, and how whole the name is covered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.fields import NAMES
from search_index.postinglists import PostingLists
from search_index.meanings import Option
from search_index.query import Slot
from search_index.sequences import Sequences

WHOLE_NAME = 0.35  # how much a wholly covered name adds to a score
TOGETHER = 0.8  # how much it adds when all words stand side by side as in the query


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
        named += (where & NAMES) > 0
        for option in slot.needs:
            places, postings = lists.places(option.term, documents)
            where[places] |= lists.masks[postings]
        masks |= where
        options.append(which)
    share = np.minimum(named / lists.name_words[documents], 1)
    whole = share * named / max(len(slots), 1)
    together = _together(slots, worth, documents, sequences)
    return Explained(masks, options, (1 + WHOLE_NAME * whole) * (1 + TOGETHER * together))


def _together(
    slots: Sequence[Slot],
    worth: Sequence[float],
    documents: NDArray[np.intp],
    sequences: Sequences,
) -> NDArray[np.float64]:
    """Measure from 0 to 1 how much of the query's order each document keeps.

    In a short query it counts less: there the order says little that the words don't.
    """
    words = [(slot, value) for slot, value in zip(slots, worth, strict=True) if slot.options]
    if len(words) < 2 or not len(documents):
        return np.zeros(len(documents))
    values = np.array([value for _, value in words])
    pairs = (values + np.append(values[1:], 0.0)) / 2
    terms = [[option.term for option in slot.options] for slot, _ in words]
    share = sequences.side_by_side(terms, pairs, documents) / float(max(pairs[:-1].sum(), 1e-9))
    return share * (len(words) - 1) / (len(words) + 2)
