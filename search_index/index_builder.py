"""Build an index beside its final place and rename it there, so that no half index is ever seen."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search_index import (
    autocomplete,
    bm25f,
    index_files,
    inverted_index,
    need_recognition,
    positional_index,
    term_dictionary,
    whoosh_store,
)
from search_index.analyzer import SHORT_WORD, tokens
from search_index.autocomplete import Completion, CompletionKind
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.term_collection import collect_compounds, collect_terms

_BUILDING = ".building-"  # temporary folders begin so
_LOCK = ".building.lock"


def build_index(
    folder: Path,
    entries: Iterable[IndexEntry],
    lexicon: IndexLexicon,
    *,
    previous: Path | None = None,
) -> None:
    """Build the index of these entries at `folder`; leave an index that is already there.

    With the index of a `previous` edition only what changed is analysed anew; the result is the
    same, sooner. A previous one that is missing or can't be used is not missed. Raises ValueError
    where ids are no single words or not single.

    May be killed at any moment and run by several processes at once: one builds, the others wait
    and find it done; the last step is a rename.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder.parent):
        for stale in folder.parent.glob(f"{_BUILDING}*"):
            shutil.rmtree(stale, ignore_errors=True)
        if folder.exists():
            return
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=folder.parent))
        try:
            _fill(building, list(entries), lexicon, previous)
            _sync(building)
            building.rename(folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)


@contextmanager
def _locked(parent: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when a process is killed."""
    with (parent / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(
    folder: Path, entries: list[IndexEntry], lexicon: IndexLexicon, previous: Path | None
) -> None:
    entries = list(_with_former_names(entries, lexicon.old_names))
    _check(entries)
    store = folder / index_files.WHOOSH
    store.mkdir()
    previous = _usable(previous)
    unchanged = whoosh_store.write_store(
        store, entries, previous / index_files.WHOOSH if previous else None
    )
    raw = whoosh_store.read_store(store, [entry.id for entry in entries])
    phrases = [phrase for several in lexicon.needs.values() for phrase in several]
    phrase_words = frozenset(word for phrase in phrases for word in tokens(phrase))
    postings = bm25f.score_postings(raw, phrase_words)
    compounds = collect_compounds(entries, phrases, frozenset(raw.words) | phrase_words)
    words = collect_terms(raw, postings, phrase_words, compounds)
    known = _known_positions(previous, unchanged, postings.stems)
    inverted_index.write_inverted_index(folder, postings)
    term_dictionary.write_term_dictionary(folder, words, compounds)
    positional_index.write_positions(
        folder, entries, {word: term for word, (term, _) in words.items()}, known
    )
    autocomplete.write_completions(folder, _completions(entries, lexicon))
    index_files.write_lines(folder, "ids", raw.ids)
    index_files.write_meta(
        folder,
        {
            "needs": postings.needs,
            "phrases": need_recognition.prepare_need_phrases(lexicon.needs),
            "protected": sorted(_protected(entries, lexicon)),
        },
    )


def _with_former_names(
    entries: Iterable[IndexEntry], old_names: Mapping[str, tuple[str, ...]]
) -> Iterator[IndexEntry]:
    """Add to each entry the former names of what it, or its organization, is called today."""
    pairs = [(_spaced(new), old) for old, several in old_names.items() for new in several]
    for entry in entries:
        names = "".join(
            _spaced(text)
            for field in ("name", "alternates", "organization")
            for text in entry.texts(field)
        )
        former = dict.fromkeys(old for new, old in pairs if new in names)
        if former:
            yield replace(
                entry, fields={**entry.fields, "former": (*entry.texts("former"), *former)}
            )
        else:
            yield entry


def _spaced(text: str) -> str:
    return f" {' '.join(tokens(text))} "


def _check(entries: list[IndexEntry]) -> None:
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
        index_files.read_meta(previous)
    except index_files.UnreadableIndex:
        return None
    return previous


def _known_positions(
    previous: Path | None, unchanged: frozenset[str], stems: list[str]
) -> Mapping[str, NDArray[np.int32]]:
    if previous is None or not unchanged:
        return {}
    try:
        return positional_index.positions_of_previous(previous, unchanged, stems)
    except (OSError, ValueError):
        return {}  # the previous edition is being cleared away


def _protected(entries: list[IndexEntry], lexicon: IndexLexicon) -> set[str]:
    """Collect the short names that are never corrected: the curators' and the records'."""
    names = {*lexicon.protected, *(name for name in lexicon.old_names if " " not in name)}
    for entry in entries:
        names.update(entry.texts("acronyms"))
    folded = (tokens(name) for name in names)
    return {words[0] for words in folded if len(words) == 1 and len(words[0]) > SHORT_WORD}


def _completions(entries: list[IndexEntry], lexicon: IndexLexicon) -> Iterator[Completion]:
    for need, phrases in lexicon.needs.items():
        for phrase in phrases:
            yield Completion(phrase, CompletionKind.NEED, need)
    for entry in entries:
        for field in ("name", "alternates", "acronyms"):
            for text in entry.texts(field):
                yield Completion(text, CompletionKind.SERVICE, entry.id)
        for text in entry.texts("organization"):
            yield Completion(text, CompletionKind.ORGANIZATION, entry.id)


def _sync(folder: Path) -> None:
    """Wait until everything is on the disk, so that a rename never outlives its files."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
