"""The Whoosh index: the one file that imports Whoosh; it keeps the analysis, postings and ids."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields as untyped_fields
from whoosh import formats as untyped_formats
from whoosh import index as untyped_index

from search_index.entries import Entry
from search_index.fields import FIELDS
from search_index.text import STOP_WORDS, tokens

# Whoosh says nothing of its types.
_fields: Any = untyped_fields
_formats: Any = untyped_formats
_index: Any = untyped_index

NEED = "need"  # the field of need ids: a word there weighs 1 for the main need, less for the others
_MEMORY = 256  # megabytes of postings that Whoosh sorts at once


class Words(untyped_fields.FieldType):
    """A Whoosh field of folded words; a posting's weight is how often the word occurs.

    Counting here, instead of in a chain of Whoosh's token filters, makes indexing much quicker.
    """

    def __init__(self, *, stops: bool) -> None:
        untyped: Any = super()
        untyped.__init__(_formats.Existence(), None)
        self.stops = stops

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each word once, as Whoosh asks: bytes, occurrences, weight, no value."""
        for word, times in Counter(tokens(value)).items():
            if self.stops or word not in STOP_WORDS:
                yield word.encode(), times, float(times), b""


class Ranked(untyped_fields.FieldType):
    """A Whoosh field of ids in order of importance; the weight is 1, 1/2, 1/3 and so on."""

    def __init__(self) -> None:
        untyped: Any = super()
        untyped.__init__(_formats.Existence(), None)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each id once."""
        for rank, name in enumerate(dict.fromkeys(value.split()), start=1):
            yield name.encode(), 1, 1 / rank, b""


@dataclass(frozen=True, slots=True)
class Raw:
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


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Make a Whoosh index of the entries in an existing, empty folder."""
    schema: Any = _fields.Schema(id=_fields.STORED())
    for field in FIELDS:
        schema.add(field.name, Words(stops=field.stops))
    schema.add(NEED, Ranked())
    writer = _index.create_in(str(folder), schema).writer(limitmb=_MEMORY)
    for entry in entries:
        writer.add_document(**_document(entry))
    writer.commit()


def _document(entry: Entry) -> dict[str, str]:
    document = {"id": entry.id, NEED: " ".join(entry.needs)}
    for field in FIELDS:
        document[field.name] = " . ".join(entry.texts(field.name))
    return document


def read(folder: Path) -> Raw:
    """Read all postings back out of a Whoosh index."""
    numbers = {name: number for number, name in enumerate([*(f.name for f in FIELDS), NEED])}
    words: dict[str, int] = {}
    field, word, document, weight = array("B"), array("i"), array("i"), array("f")
    with _index.open_dir(str(folder), readonly=True).reader() as reader:
        ids = [stored["id"] for _, stored in reader.iter_docs()]
        for name, text in reader.all_terms():
            matcher = reader.postings(name, text)
            before = len(document)
            while matcher.is_active():
                document.append(matcher.id())
                weight.append(matcher.weight())
                matcher.next()
            found = len(document) - before
            field.extend([numbers[name]] * found)
            word.extend([words.setdefault(text.decode(), len(words))] * found)
    return Raw(
        ids=ids,
        words=list(words),
        field=np.array(field, dtype=np.uint8),
        word=np.array(word, dtype=np.int32),
        document=np.array(document, dtype=np.int32),
        weight=np.array(weight, dtype=np.float32),
    )
