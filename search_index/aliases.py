"""Let what has a new name be found by its former one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from search_index.analyzer import tokens
from search_index.index_entry import IndexEntry

_NAMES = ("name", "alternates", "organization")


def with_former_names(
    entries: Iterable[IndexEntry], old_names: Mapping[str, tuple[str, ...]]
) -> Iterator[IndexEntry]:
    """Add to each entry the former names of what it, or its organization, is called today."""
    pairs = [(_spaced(new), old) for old, several in old_names.items() for new in several]
    for entry in entries:
        yield _renamed(entry, pairs) if pairs else entry


def _renamed(entry: IndexEntry, pairs: list[tuple[str, str]]) -> IndexEntry:
    said = "".join(_spaced(text) for field in _NAMES for text in entry.texts(field))
    old = dict.fromkeys(old for new, old in pairs if new in said)
    if not old:
        return entry
    return replace(entry, fields={**entry.fields, "former": (*entry.texts("former"), *old)})


def _spaced(text: str) -> str:
    return f" {' '.join(tokens(text))} "
