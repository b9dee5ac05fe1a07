"""BM25F: turn raw postings into posting lists that hold each term's final score contribution.

Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.6.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_index.analyzer import stem
from search_index.index_schema import FIELD_BITS, FIELDS
from search_index.posting_columns import StoredPostings

K1 = 1.2
"""How soon more of the same word stops counting; the usual value of BM25."""

MAIN_NEED_WEIGHT = 1.3
"""What the main need of a service is worth, in units of its idf; its second need half of that."""


@dataclass(frozen=True, slots=True)
class Bm25fPostings:
    """Posting lists by term: list i is the slice offsets[i]:offsets[i + 1] of the columns.

    `terms` are numbered: first the stems, then the need ids, both in alphabetical order.
    Documents rise within a list. `impacts` are final score contributions, `masks` the fields
    where the term stands, `max_impacts` the highest impact of each term, `idf` its inverse
    document frequency. The forward index says what document d holds: the rows of `forward` from
    forward_offsets[d] to forward_offsets[d + 1] are its terms, rising, and the numbers of their
    postings.
    """

    stems: list[str]
    needs: list[str]
    offsets: NDArray[np.int64]
    documents: NDArray[np.int32]
    impacts: NDArray[np.float32]
    masks: NDArray[np.uint16]
    max_impacts: NDArray[np.float32]
    idf: NDArray[np.float32]
    forward: NDArray[np.int32]
    forward_offsets: NDArray[np.int64]


def score_postings(raw: StoredPostings, more_words: frozenset[str] = frozenset()) -> Bm25fPostings:
    """Merge the words of a stem and the fields of a document; `more_words` get empty lists."""
    is_need = raw.field == len(FIELDS)
    text_words, need_words = np.unique(raw.word[~is_need]), np.unique(raw.word[is_need])
    stem_of = [stem(word) for word in raw.words]
    stems = sorted({*(stem_of[i] for i in text_words.tolist()), *map(stem, more_words)})
    needs = sorted(raw.words[i] for i in need_words)
    term = np.where(
        is_need,
        _term_numbers(raw.words, {need: len(stems) + i for i, need in enumerate(needs)})[raw.word],
        _term_numbers(stem_of, {stem_: i for i, stem_ in enumerate(stems)})[raw.word],
    )
    term, document, frequency, mask = _merge(term, raw, _weighted_frequencies(raw, is_need))
    document_frequency = np.bincount(term, minlength=len(stems) + len(needs))
    idf = np.log1p((len(raw.ids) - document_frequency + 0.5) / (document_frequency + 0.5))
    saturated = np.where(
        term < len(stems),
        frequency * (K1 + 1) / (frequency + K1),
        frequency * MAIN_NEED_WEIGHT,
    )
    impact = (saturated * idf[term]).astype(np.float32)
    max_impacts = np.zeros(len(document_frequency), dtype=np.float32)
    np.maximum.at(max_impacts, term, impact)
    by_document = np.argsort(document, kind="stable")
    return Bm25fPostings(
        stems=stems,
        needs=needs,
        offsets=_offsets(document_frequency),
        documents=document.astype(np.int32),
        impacts=impact,
        masks=mask,
        max_impacts=max_impacts,
        idf=idf.astype(np.float32),
        forward=np.stack((term[by_document], by_document), axis=1).astype(np.int32),
        forward_offsets=_offsets(np.bincount(document, minlength=len(raw.ids))),
    )


def _offsets(sizes: NDArray[np.intp]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)


def _term_numbers(words: list[str], numbers: dict[str, int]) -> NDArray[np.int64]:
    return np.array([numbers.get(word, -1) for word in words], dtype=np.int64)


def _weighted_frequencies(raw: StoredPostings, is_need: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weigh each posting by its field, and by how long that field is in this document."""
    frequency = raw.weight.astype(np.float64)
    for number, field in enumerate(FIELDS):
        in_field = (raw.field == number) & ~is_need
        if not in_field.any():
            continue
        length = np.bincount(raw.document[in_field], raw.weight[in_field], minlength=len(raw.ids))
        mean_length = length[length > 0].mean()
        normalization = 1 - field.b + field.b * length / mean_length
        frequency[in_field] *= field.weight / normalization[raw.document[in_field]]
    return frequency


def _merge(
    term: NDArray[np.int64], raw: StoredPostings, frequency: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.uint16]]:
    """Bring the postings of one term and document together, in order of both."""
    bits = np.array(
        [*(FIELD_BITS[field.name] for field in FIELDS), FIELD_BITS["needs"]], dtype=np.uint16
    )
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
        np.add.reduceat(frequency[order], starts),
        np.bitwise_or.reduceat(bits[raw.field[order]], starts),
    )
