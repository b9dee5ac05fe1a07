"""The postings of one piece of a Whoosh index as columns in a file, since reading them is slow."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SUFFIX = ".npz"


@dataclass(frozen=True, slots=True)
class PostingColumns:
    """The terms of a piece, each a word of a field with `count` postings, and these one by one.

    `document` is a number in the piece, also of documents that were deleted since.
    """

    words: list[str]
    field: NDArray[np.uint8]
    count: NDArray[np.int32]
    document: NDArray[np.int32]
    weight: NDArray[np.float32]


def write_posting_columns(path: Path, columns: PostingColumns) -> None:
    """Write the columns of a piece, which never change."""
    words = np.frombuffer("\n".join(columns.words).encode(), dtype=np.uint8)
    np.savez(
        path,
        words=words,
        field=columns.field,
        count=columns.count,
        document=columns.document,
        weight=columns.weight,
    )


def read_posting_columns(path: Path) -> PostingColumns:
    """Read the columns of a piece; raises OSError where they were not written."""
    with np.load(path, allow_pickle=False) as file:
        text = file["words"].tobytes().decode()
        return PostingColumns(
            words=text.split("\n") if text else [],
            field=file["field"],
            count=file["count"],
            document=file["document"],
            weight=file["weight"],
        )
