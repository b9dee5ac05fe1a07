"""The store of raw postings, in Whoosh; Whoosh is never searched.

It analyses nothing and ranks nothing either. Three things are taken from it: segments that are
only ever added (so that an edition continues the one before by hard links), deletions, and a file
format for postings. What the search reads is exported from here once, into arrays of its own.

For speed this file reaches below Whoosh's documented interface, in three places:
- `TermField.index` yields postings itself, instead of a chain of Whoosh's token filters;
- `_add` turns off the codec's file of field lengths, which Whoosh would look for at each posting;
- `_read_segment` steps around the matcher that filters deleted documents.
No other file imports Whoosh (an import contract), so a change of its inside is mended here.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from search_index.analyzer import STOP_WORDS, drop_fixed_phrases, tokens
from search_index.index_schema import FIELDS, IndexEntry
from search_index.posting_columns import SegmentPostings, StoredPostings

# Whoosh says nothing of its types.
_fields: Any = untyped_fields
_formats: Any = untyped_formats
_index: Any = untyped_index
_codec: Any = untyped_codec

NEED_FIELD = "need"
_MAX_SEGMENTS = 12
"""An index continued more often than this is made anew: each edition adds a segment, and each is
read at every build."""

_LEAST_KEPT = 0.7
"""An index of which less than this part is unchanged is made anew: deleted documents stay in its
segments, and joining them costs more than it saves."""

_WRITER_MEGABYTES = 256
"""Memory that Whoosh may sort postings in: with its own 128 it would sort a set of 30,000 services
in several runs and merge them from files."""


class TermField(untyped_fields.FieldType):
    """A Whoosh field of folded words; a posting's weight is how often the word occurs."""

    def __init__(self, *, keeps_stop_words: bool) -> None:
        untyped: Any = super()
        untyped.__init__(_formats.Existence(), None)
        self.keeps_stop_words = keeps_stop_words

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each word once, as Whoosh asks: bytes, occurrences, weight, no value."""
        for word, count in Counter(drop_fixed_phrases(tokens(value))).items():
            if self.keeps_stop_words or word not in STOP_WORDS:
                yield word.encode(), count, float(count), b""


class RankedIdsField(untyped_fields.FieldType):
    """A Whoosh field of ids in order of importance; the weight is 1, 1/2, 1/3 and so on."""

    def __init__(self) -> None:
        untyped: Any = super()
        untyped.__init__(_formats.Existence(), None)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each id once."""
        for rank, id_ in enumerate(dict.fromkeys(value.split()), start=1):
            yield id_.encode(), 1, 1 / rank, b""


def write_store(
    folder: Path, entries: Sequence[IndexEntry], previous: Path | None = None
) -> frozenset[str]:
    """Make a Whoosh index of the entries in an existing, empty folder.

    With the Whoosh folder of a previous edition only what changed since is indexed: the files of
    the previous one are linked, never written to. Where most changed it is made from nothing.
    Returns the ids of the entries that were taken over.
    """
    fingerprints = {entry.id: _fingerprint(entry) for entry in entries}
    kept: frozenset[str] | None = None
    try:
        kept = _continue(folder, previous, entries, fingerprints) if previous is not None else None
    except (OSError, untyped_index.IndexError):
        kept = None  # the previous edition is being cleared away
    if kept is None:
        schema: Any = _fields.Schema(id=_fields.STORED(), fingerprint=_fields.STORED())
        for field in FIELDS:
            schema.add(field.name, TermField(keeps_stop_words=field.keeps_stop_words))
        schema.add(NEED_FIELD, RankedIdsField())
        _add(_index.create_in(str(folder), schema), entries, fingerprints)
    return kept or frozenset()


def _fingerprint(entry: IndexEntry) -> str:
    """Return a short text that changes whenever the entry does."""
    return blake2b(repr(sorted(_document(entry).items())).encode(), digest_size=12).hexdigest()


def _continue(
    folder: Path, previous: Path, entries: Sequence[IndexEntry], fingerprints: Mapping[str, str]
) -> frozenset[str] | None:
    """Take over a previous index and change it, unless too little of it is left."""
    kept: set[str] = set()
    deleted: list[int] = []
    with _index.open_dir(str(previous), readonly=True).reader() as reader:
        segments = len(reader.leaf_readers())
        for number, stored in reader.iter_docs():
            if fingerprints.get(stored["id"]) == stored["fingerprint"]:
                kept.add(stored["id"])
            else:
                deleted.append(number)
    if segments >= _MAX_SEGMENTS or len(kept) < _LEAST_KEPT * len(entries):
        return None
    for path in previous.iterdir():
        if path.suffix in {".seg", ".toc", posting_columns.SUFFIX}:
            (folder / path.name).hardlink_to(path)
    changed = [entry for entry in entries if entry.id not in kept]
    if changed or deleted:
        _add(_index.open_dir(str(folder)), changed, fingerprints, deleted)
    return frozenset(kept)


def _add(
    index: Any,
    entries: Iterable[IndexEntry],
    fingerprints: Mapping[str, str],
    deleted: Iterable[int] = (),
) -> None:
    codec = _codec.W3Codec()
    codec.length_stats = False
    writer = index.writer(limitmb=_WRITER_MEGABYTES, codec=codec)
    for number in deleted:
        writer.delete_document(number)
    for entry in entries:
        writer.add_document(**_document(entry), fingerprint=fingerprints[entry.id])
    writer.commit(merge=False)


def _document(entry: IndexEntry) -> dict[str, str]:
    document = {"id": entry.id, NEED_FIELD: " ".join(entry.needs)}
    for field in FIELDS:
        document[field.name] = " . ".join(entry.texts(field.name))
    return document


def read_store(folder: Path, ids: Sequence[str]) -> StoredPostings:
    """Read all postings back out of a Whoosh index, its documents in the order of `ids`."""
    position_of = {id_: position for position, id_ in enumerate(ids)}
    segments: list[tuple[SegmentPostings, NDArray[np.int32]]] = []
    with _index.open_dir(str(folder), readonly=True).reader() as reader:
        positions = np.full(reader.doc_count_all(), -1, dtype=np.int32)
        for number, stored in reader.iter_docs():
            positions[number] = position_of[stored["id"]]
        for segment_reader, offset in reader.leaf_readers():
            if segment_reader.segment() is not None:  # there is none in an index of nothing
                segments.append((_segment_postings(folder, segment_reader), positions[offset:]))
    return posting_columns.join_segments(ids, segments)


def _segment_postings(folder: Path, segment_reader: Any) -> SegmentPostings:
    """Read a segment's columns beside it, written there when it was new."""
    path = folder / f"{segment_reader.segment().segment_id()}{posting_columns.SUFFIX}"
    if path.exists():
        return posting_columns.read_segment_postings(path)
    fresh = _read_segment(segment_reader)
    posting_columns.write_segment_postings(path, fresh)
    return fresh


def _read_segment(segment_reader: Any) -> SegmentPostings:
    """Read all postings of one segment, also those of deleted documents."""
    numbers = {name: number for number, name in enumerate([*(f.name for f in FIELDS), NEED_FIELD])}
    words: list[str] = []
    field, count, document, weight = array("B"), array("i"), array("i"), array("f")
    for name, text in segment_reader.all_terms():
        matcher = segment_reader.postings(name, text)
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
    return SegmentPostings(
        words=words,
        field=np.array(field, dtype=np.uint8),
        count=np.array(count, dtype=np.int32),
        document=np.array(document, dtype=np.int32),
        weight=np.array(weight, dtype=np.float32),
    )
