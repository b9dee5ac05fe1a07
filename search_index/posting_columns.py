"""Raw postings as columns: those of one segment of the store in a file, and all of them joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SUFFIX = ".npz"
_NO_BYTES = np.empty(0, dtype=np.uint8)
_NO_NUMBERS, _NO_WEIGHTS = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class StoredPostings:
    """Every posting of an index, as columns of equal length.

    `field` is a position in FIELDS, or len(FIELDS) for the need ids; `word` is a position in
    `words`, `document` one in `ids`; `weight` is how often the word occurs there.
    """

    ids: list[str]
    words: list[str]
    field: NDArray[np.uint8]
    word: NDArray[np.int32]
    document: NDArray[np.int32]
    weight: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SegmentPostings:
    """The postings of one segment: first its terms, then the `count` postings of each on end.

    A term is a word of a field. `document` is a number in the segment, also of documents that were
    deleted since.
    """

    words: list[str]
    field: NDArray[np.uint8]
    count: NDArray[np.int32]
    document: NDArray[np.int32]
    weight: NDArray[np.float32]


def write_segment_postings(path: Path, segment: SegmentPostings) -> None:
    """Write the postings of a segment, which never change; reading them out of it is slow."""
    np.savez(
        path,
        words=np.frombuffer("\n".join(segment.words).encode(), dtype=np.uint8),
        field=segment.field,
        count=segment.count,
        document=segment.document,
        weight=segment.weight,
    )


def read_segment_postings(path: Path) -> SegmentPostings:
    """Read the postings of a segment; raises OSError where they were not written."""
    with np.load(path, allow_pickle=False) as file:
        text = file["words"].tobytes().decode()
        return SegmentPostings(
            words=text.split("\n") if text else [],
            field=file["field"],
            count=file["count"],
            document=file["document"],
            weight=file["weight"],
        )


def join_segments(
    ids: Sequence[str], segments: Iterable[tuple[SegmentPostings, NDArray[np.int32]]]
) -> StoredPostings:
    """Join segments; with each comes where its documents stand in `ids`, -1 for deleted ones."""
    words: dict[str, int] = {}
    fields, word_numbers = [_NO_BYTES], [_NO_NUMBERS]
    documents, weights = [_NO_NUMBERS], [_NO_WEIGHTS]
    for segment, positions in segments:
        numbers = [words.setdefault(word, len(words)) for word in segment.words]
        document = positions[segment.document]
        kept = document >= 0
        fields.append(np.repeat(segment.field, segment.count)[kept])
        word_numbers.append(np.repeat(np.array(numbers, dtype=np.int32), segment.count)[kept])
        documents.append(document[kept])
        weights.append(segment.weight[kept])
    return StoredPostings(
        ids=list(ids),
        words=list(words),
        field=np.concatenate(fields),
        word=np.concatenate(word_numbers),
        document=np.concatenate(documents),
        weight=np.concatenate(weights),
    )
