"""Let what has a new name be found by its former one."""

from collections.abc import Mapping
from dataclasses import replace

from search_index.entries import Entry
from search_index.text import tokens

# Where the new name stands -> the field that gets the old one.
_FIELDS = {"name": "alternates", "alternates": "alternates", "organization": "organization"}


def with_old_names(entry: Entry, old_names: Mapping[str, tuple[str, ...]]) -> Entry:
    """Add to an entry the former names of what it, or its organization, is called today."""
    more: dict[str, list[str]] = {}
    for field, target in _FIELDS.items():
        said = " | ".join(" ".join(tokens(text)) for text in entry.texts(field))
        if not said:
            continue
        for old, names in old_names.items():
            if any(f" {' '.join(tokens(name))} " in f" {said} " for name in names):
                more.setdefault(target, []).append(old)
    if not more:
        return entry
    changed = {target: (*entry.texts(target), *dict.fromkeys(old)) for target, old in more.items()}
    return replace(entry, fields={**entry.fields, **changed})
