"""Build an index beside its final place and rename it there, so that no half index is ever seen."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import (
    completion,
    impacts,
    layout,
    needs,
    postinglists,
    postings,
    sequences,
    vocabulary,
)
from search_index.completion import Completion, Kind
from search_index.entries import Entry, Lexicon
from search_index.formernames import with_old_names
from search_index.text import SHORT, tokens
from search_index.wordlist import compounds, word_list

_BESIDE = ".building-"  # temporary folders begin so
_LOCK = ".building.lock"


def build(
    folder: Path, entries: Iterable[Entry], lexicon: Lexicon, *, previous: Path | None = None
) -> None:
    """Build the index of these entries at `folder`; leave an index that is already there.

    With the index of a `previous` edition only what changed is analysed anew; the result is the
    same, sooner. A previous one that is missing or can't be used is not missed. Raises ValueError
    where ids are no single words or not single.

    May be killed at any moment and run by several processes at once: one builds, the others wait
    and find it done; the last step is a rename.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(folder.parent):
        for stale in folder.parent.glob(f"{_BESIDE}*"):
            shutil.rmtree(stale, ignore_errors=True)
        if folder.exists():
            return
        beside = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=folder.parent))
        try:
            _fill(beside, list(entries), lexicon, previous)
            _to_disk(beside)
            beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _only_one(parent: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when a process is killed."""
    with (parent / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(folder: Path, entries: list[Entry], lexicon: Lexicon, previous: Path | None) -> None:
    entries = list(with_old_names(entries, lexicon.old_names))
    _check(entries)
    whoosh = folder / layout.WHOOSH
    whoosh.mkdir()
    before = _usable(previous)
    unchanged = postings.write(whoosh, entries, before / layout.WHOOSH if before else None)
    raw = postings.read(whoosh, [entry.id for entry in entries])
    phrases = [phrase for several in lexicon.needs.values() for phrase in several]
    said = frozenset(word for phrase in phrases for word in tokens(phrase))
    lists = impacts.export(raw, said)
    together = compounds(entries, phrases, frozenset(raw.words) | said)
    postinglists.write(folder, lists)
    words = word_list(raw, lists, said, together)
    vocabulary.write(folder, words, together)
    terms = {word: term for word, (term, _) in words.items()}
    sequences.write(folder, entries, terms, _known(before, unchanged, lists.stems))
    completion.write(folder, _completions(entries, lexicon))
    layout.write_lines(folder, "ids", raw.ids)
    layout.write_meta(
        folder,
        {
            "needs": lists.needs,
            "phrases": needs.prepare(lexicon.needs),
            "protected": sorted(_protected(entries, lexicon)),
        },
    )


def _check(entries: list[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id.split() != [entry.id]:
            raise ValueError(f"an id is one word without blanks, not {entry.id!r}")
        if entry.id in seen:
            raise ValueError(f"two entries have the id {entry.id}")
        seen.add(entry.id)


def _usable(previous: Path | None) -> Path | None:
    """Return the folder of a previous edition, if it is one that can be continued."""
    if previous is None:
        return None
    try:
        layout.read_meta(previous)
    except layout.Unreadable:
        return None
    return previous


def _known(
    before: Path | None, unchanged: frozenset[str], stems: list[str]
) -> Mapping[str, NDArray[np.int32]]:
    if before is None or not unchanged:
        return {}
    try:
        return sequences.known(before, unchanged, stems)
    except (OSError, ValueError):
        return {}  # the previous edition is being cleared away


def _protected(entries: list[Entry], lexicon: Lexicon) -> set[str]:
    """Collect the short names that are never corrected: the curators' and the records'."""
    names = {*lexicon.protected, *(name for name in lexicon.old_names if " " not in name)}
    for entry in entries:
        names.update(entry.texts("acronyms"))
    single = (tokens(name) for name in names)
    return {words[0] for words in single if len(words) == 1 and len(words[0]) > SHORT}


def _completions(entries: list[Entry], lexicon: Lexicon) -> Iterator[Completion]:
    for need, phrases in lexicon.needs.items():
        for phrase in phrases:
            yield Completion(phrase, Kind.NEED, need)
    for entry in entries:
        for field in ("name", "alternates", "acronyms"):
            for text in entry.texts(field):
                yield Completion(text, Kind.SERVICE, entry.id)
        for text in entry.texts("organization"):
            yield Completion(text, Kind.ORGANIZATION, entry.id)


def _to_disk(folder: Path) -> None:
    """Wait until everything is on the disk, so that a rename never outlives its files."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
