"""The schema of the index: its fields with their BM25F weights, and what is put into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class IndexField:
    """A field of an entry, with its parameters of BM25F.

    `weight`: what one occurrence counts; `b`: how much a long text dilutes it, 0 to 1;
    `keeps_stop_words`: a service may be called "Our House".
    """

    name: str
    weight: float
    b: float
    keeps_stop_words: bool = False


FIELDS = (
    IndexField("name", 5.0, 0.5, keeps_stop_words=True),
    IndexField("alternates", 4.5, 0.3, keeps_stop_words=True),
    IndexField("acronyms", 6.0, 0.0, keeps_stop_words=True),
    IndexField("former", 4.0, 0.3, keeps_stop_words=True),  # filled by the builder with old names
    IndexField("organization", 2.5, 0.4, keeps_stop_words=True),
    IndexField("needs", 2.0, 0.6),
    IndexField("places", 1.5, 0.2),
    IndexField("description", 1.0, 0.6),
    IndexField("access", 0.5, 0.6),
)
"""The position of a field in this table is its bit in a posting's mask."""

FIELD_BITS = {field.name: 1 << position for position, field in enumerate(FIELDS)}
NAME_BITS = FIELD_BITS["name"] | FIELD_BITS["alternates"] | FIELD_BITS["acronyms"]


@cache
def fields_in(mask: int) -> tuple[str, ...]:
    """Name the fields of a posting's mask, in the order of FIELDS."""
    return tuple(name for name, bit in FIELD_BITS.items() if mask & bit)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document of the index: its texts by field (see FIELDS), its needs, the main one first."""

    id: str
    fields: Mapping[str, str | tuple[str, ...]]
    needs: tuple[str, ...] = ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a field, however many it holds."""
        value = self.fields.get(name, ())
        return (value,) if isinstance(value, str) else tuple(value)


@dataclass(frozen=True, slots=True)
class IndexLexicon:
    """Words that no record says but people do.

    `needs`: need id -> phrases in both languages, the first ones are its labels.
    `old_names`: a former name -> what it is called today.
    `protected`: short names that are never corrected into something else.
    """

    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    old_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protected: frozenset[str] = frozenset()

    def fingerprint(self) -> str:
        """Return a short text that changes whenever one of the words does."""
        words = (
            sorted(self.needs.items()),
            sorted(self.old_names.items()),
            sorted(self.protected),
        )
        return blake2b(repr(words).encode(), digest_size=12).hexdigest()
