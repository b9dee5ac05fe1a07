"""Turn raw postings into posting lists that hold each word's final BM25F contribution."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.analyzer import stem
from search_index.field_weights import BITS, FIELDS
from search_index.whoosh_store import StoredPostings

SATURATION = 1.2  # k1 of BM25: how soon more of the same word stops counting
NEED_VALUE = 1.3  # what the main need is worth, in units of its rarity


@dataclass(frozen=True, slots=True)
class Bm25fPostings:
    """Posting lists by term: list i is the slice offsets[i]:offsets[i + 1] of the columns.

    `terms` are numbered: first the stems, then the need ids, both in alphabetical order.
    Documents rise within a list. `impacts` are final score contributions, `masks` the fields
    where the term stands, `peaks` the highest impact of each term, `rarity` its inverse document
    frequency. What document d holds is held[held_offsets[d]:held_offsets[d + 1]], rising: terms,
    and the numbers of their postings.
    """

    stems: list[str]
    needs: list[str]
    offsets: NDArray[np.int64]
    documents: NDArray[np.int32]
    impacts: NDArray[np.float32]
    masks: NDArray[np.uint16]
    peaks: NDArray[np.float32]
    rarity: NDArray[np.float32]
    held: NDArray[np.int32]
    held_offsets: NDArray[np.int64]


def export_postings(raw: StoredPostings, more_words: frozenset[str] = frozenset()) -> Bm25fPostings:
    """Merge the words of a stem and the fields of a document; `more_words` get empty lists."""
    is_need = raw.field == len(FIELDS)
    used, needed = np.unique(raw.word[~is_need]), np.unique(raw.word[is_need])
    stem_of = [stem(word) for word in raw.words]
    stems = sorted({*(stem_of[i] for i in used.tolist()), *map(stem, more_words)})
    needs = sorted(raw.words[i] for i in needed)
    term = np.where(
        is_need,
        _numbering(raw.words, {name: len(stems) + i for i, name in enumerate(needs)})[raw.word],
        _numbering(stem_of, {s: i for i, s in enumerate(stems)})[raw.word],
    )
    term, document, strength, mask = _merged(term, raw, _strengths(raw, is_need))
    found = np.bincount(term, minlength=len(stems) + len(needs))
    rarity = np.log1p((len(raw.ids) - found + 0.5) / (found + 0.5))
    worth = np.where(
        term < len(stems),
        strength * (SATURATION + 1) / (strength + SATURATION),
        strength * NEED_VALUE,
    )
    impact = (worth * rarity[term]).astype(np.float32)
    peaks = np.zeros(len(found), dtype=np.float32)
    np.maximum.at(peaks, term, impact)
    by_document = np.argsort(document, kind="stable")
    return Bm25fPostings(
        stems=stems,
        needs=needs,
        offsets=_offsets(found),
        documents=document.astype(np.int32),
        impacts=impact,
        masks=mask,
        peaks=peaks,
        rarity=rarity.astype(np.float32),
        held=np.stack((term[by_document], by_document), axis=1).astype(np.int32),
        held_offsets=_offsets(np.bincount(document, minlength=len(raw.ids))),
    )


def _offsets(sizes: NDArray[np.intp]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)


def _numbering(words: list[str], numbers: dict[str, int]) -> NDArray[np.int64]:
    return np.array([numbers.get(word, -1) for word in words], dtype=np.int64)


def _strengths(raw: StoredPostings, is_need: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weigh each posting by its field, and by how long that field is in this document."""
    strength = raw.weight.astype(np.float64)
    for number, field in enumerate(FIELDS):
        here = (raw.field == number) & ~is_need
        if not here.any():
            continue
        long = np.bincount(raw.document[here], raw.weight[here], minlength=len(raw.ids))
        usual = long[long > 0].mean()
        dilution = 1 - field.length + field.length * long / usual
        strength[here] *= field.weight / dilution[raw.document[here]]
    return strength


def _merged(
    term: NDArray[np.int64], raw: StoredPostings, strength: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.uint16]]:
    """Bring the postings of one term and document together, in order of both."""
    bits = np.array([*(BITS[field.name] for field in FIELDS), BITS["needs"]], dtype=np.uint16)
    key = term * (len(raw.ids) + 1) + raw.document
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    if not len(starts):
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, np.empty(0), np.empty(0, dtype=np.uint16)
    first = order[starts]
    return (
        term[first],
        raw.document[first].astype(np.int64),
        np.add.reduceat(strength[order], starts),
        np.bitwise_or.reduceat(bits[raw.field[order]], starts),
    )
