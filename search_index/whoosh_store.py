"""The Whoosh index: the one file that imports Whoosh; it keeps the analysis, postings and ids."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields as untyped_fields
from whoosh import formats as untyped_formats
from whoosh import index as untyped_index
from whoosh.codec import whoosh3 as untyped_codec
from whoosh.matching import wrappers as untyped_wrappers

from search_index import posting_columns
from search_index.analyzer import STOP_WORDS, telling_words, tokens
from search_index.field_weights import FIELDS
from search_index.index_entry import IndexEntry
from search_index.posting_columns import PostingColumns

# Whoosh says nothing of its types.
_fields: Any = untyped_fields
_formats: Any = untyped_formats
_index: Any = untyped_index
_codec: Any = untyped_codec

NEED = "need"  # the field of need ids: a word there weighs 1 for the main need, less for the others
_PIECES = 12  # an index continued more often than this is made anew
_KEPT = 0.7  # and so is one of which less than this part is left
_NO_BYTES = np.empty(0, dtype=np.uint8)
_NO_NUMBERS, _NO_WEIGHTS = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
_MEMORY = 256  # megabytes of postings that Whoosh sorts at once


class TermList(untyped_fields.FieldType):
    """A Whoosh field of folded words; a posting's weight is how often the word occurs.

    Counting here, instead of in a chain of Whoosh's token filters, makes indexing much quicker.
    """

    def __init__(self, *, stops: bool) -> None:
        untyped: Any = super()
        untyped.__init__(_formats.Existence(), None)
        self.stops = stops

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each word once, as Whoosh asks: bytes, occurrences, weight, no value."""
        for word, times in Counter(telling_words(tokens(value))).items():
            if self.stops or word not in STOP_WORDS:
                yield word.encode(), times, float(times), b""


class RankedDocuments(untyped_fields.FieldType):
    """A Whoosh field of ids in order of importance; the weight is 1, 1/2, 1/3 and so on."""

    def __init__(self) -> None:
        untyped: Any = super()
        untyped.__init__(_formats.Existence(), None)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each id once."""
        for rank, name in enumerate(dict.fromkeys(value.split()), start=1):
            yield name.encode(), 1, 1 / rank, b""


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


def write_store(
    folder: Path, entries: Sequence[IndexEntry], previous: Path | None = None
) -> frozenset[str]:
    """Make a Whoosh index of the entries in an existing, empty folder.

    With the Whoosh folder of a previous edition only what changed since is indexed: the files of
    the previous one are linked, never written to. Where most changed it is made from nothing.
    Returns the ids of the entries that were taken over.
    """
    marks = {entry.id: store_mark(entry) for entry in entries}
    kept: frozenset[str] | None = None
    try:
        kept = _continued(folder, previous, entries, marks) if previous is not None else None
    except (OSError, untyped_index.IndexError):
        kept = None  # the previous edition is being cleared away
    if kept is None:
        schema: Any = _fields.Schema(id=_fields.STORED(), mark=_fields.STORED())
        for field in FIELDS:
            schema.add(field.name, TermList(stops=field.stops))
        schema.add(NEED, RankedDocuments())
        _add(_index.create_in(str(folder), schema), entries, marks)
    return kept or frozenset()


def store_mark(entry: IndexEntry) -> str:
    """Return a short text that changes whenever the entry does."""
    return blake2b(repr(sorted(_document(entry).items())).encode(), digest_size=12).hexdigest()


def _continued(
    folder: Path, previous: Path, entries: Sequence[IndexEntry], marks: Mapping[str, str]
) -> frozenset[str] | None:
    """Take over a previous index and change it, unless too little of it is left."""
    kept: set[str] = set()
    gone: list[int] = []
    with _index.open_dir(str(previous), readonly=True).reader() as reader:
        pieces = len(reader.leaf_readers())
        for number, stored in reader.iter_docs():
            if marks.get(stored["id"]) == stored["mark"]:
                kept.add(stored["id"])
            else:
                gone.append(number)
    if pieces >= _PIECES or len(kept) < _KEPT * len(entries):
        return None
    for path in previous.iterdir():
        if path.suffix in {".seg", ".toc", posting_columns.SUFFIX}:
            (folder / path.name).hardlink_to(path)
    changed = [entry for entry in entries if entry.id not in kept]
    if changed or gone:
        _add(_index.open_dir(str(folder)), changed, marks, gone)
    return frozenset(kept)


def _add(
    index: Any, entries: Iterable[IndexEntry], marks: Mapping[str, str], gone: Iterable[int] = ()
) -> None:
    codec = _codec.W3Codec()
    codec.length_stats = False  # else Whoosh looks for a file of lengths at every posting
    writer = index.writer(limitmb=_MEMORY, codec=codec)
    for number in gone:
        writer.delete_document(number)
    for entry in entries:
        writer.add_document(**_document(entry), mark=marks[entry.id])
    writer.commit(merge=False)


def _document(entry: IndexEntry) -> dict[str, str]:
    document = {"id": entry.id, NEED: " ".join(entry.needs)}
    for field in FIELDS:
        document[field.name] = " . ".join(entry.texts(field.name))
    return document


def read_store(folder: Path, ids: Sequence[str]) -> StoredPostings:
    """Read all postings back out of a Whoosh index, its documents in the order of `ids`."""
    order = {name: place for place, name in enumerate(ids)}
    words: dict[str, int] = {}
    parts: list[StoredPostings] = []
    with _index.open_dir(str(folder), readonly=True).reader() as reader:
        places = np.full(reader.doc_count_all(), -1, dtype=np.int32)
        for number, stored in reader.iter_docs():
            places[number] = order[stored["id"]]
        for piece, offset in reader.leaf_readers():
            if piece.segment() is None:
                continue  # an index of nothing
            parts.append(_placed(_columns(folder, piece), places[offset:], words))
    return StoredPostings(
        ids=list(ids),
        words=list(words),
        field=np.concatenate([_NO_BYTES, *(part.field for part in parts)]),
        word=np.concatenate([_NO_NUMBERS, *(part.word for part in parts)]),
        document=np.concatenate([_NO_NUMBERS, *(part.document for part in parts)]),
        weight=np.concatenate([_NO_WEIGHTS, *(part.weight for part in parts)]),
    )


def _placed(
    piece: PostingColumns, places: NDArray[np.int32], words: dict[str, int]
) -> StoredPostings:
    """Number a piece's documents by their places, -1 if deleted, and its words, new ones too."""
    numbers = [words.setdefault(word, len(words)) for word in piece.words]
    where = places[piece.document]
    kept = where >= 0
    return StoredPostings(
        ids=[],
        words=[],
        field=np.repeat(piece.field, piece.count)[kept],
        word=np.repeat(np.array(numbers, dtype=np.int32), piece.count)[kept],
        document=where[kept],
        weight=piece.weight[kept],
    )


def _columns(folder: Path, piece: Any) -> PostingColumns:
    """Read a segment's columns beside it, written there when it was new."""
    path = folder / f"{piece.segment().segment_id()}{posting_columns.SUFFIX}"
    if path.exists():
        return posting_columns.read_posting_columns(path)
    fresh = _read_piece(piece)
    posting_columns.write_posting_columns(path, fresh)
    return fresh


def _read_piece(piece: Any) -> PostingColumns:
    """Read all postings of one segment, also those of deleted documents."""
    numbers = {name: number for number, name in enumerate([*(f.name for f in FIELDS), NEED])}
    words: list[str] = []
    field, count, document, weight = array("B"), array("i"), array("i"), array("f")
    for name, text in piece.all_terms():
        matcher = piece.postings(name, text)
        if isinstance(matcher, untyped_wrappers.FilterMatcher):
            matcher = matcher.child  # it would look at every posting for a deletion
        before = len(document)
        while matcher.is_active():
            document.append(matcher.id())
            weight.append(matcher.weight())
            matcher.next()
        words.append(text.decode())
        field.append(numbers[name])
        count.append(len(document) - before)
    return PostingColumns(
        words=words,
        field=np.array(field, dtype=np.uint8),
        count=np.array(count, dtype=np.int32),
        document=np.array(document, dtype=np.int32),
        weight=np.array(weight, dtype=np.float32),
    )
