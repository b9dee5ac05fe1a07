"""What can be found, and the words a region's curators teach the search."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One thing to be found: its texts by field (see FIELDS), its needs, the main one first."""

    id: str
    fields: Mapping[str, str | tuple[str, ...]]
    needs: tuple[str, ...] = ()
    kind: str = "service"

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

    def mark(self) -> str:
        """Return a short text that changes whenever one of the words does."""
        said = (sorted(self.needs.items()), sorted(self.old_names.items()), sorted(self.protected))
        return blake2b(repr(said).encode(), digest_size=12).hexdigest()
