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
    autocomplete,
    bm25f,
    index_files,
    inverted_index,
    need_recognition,
    proximity,
    term_dictionary,
    whoosh_store,
)
from search_index.aliases import with_former_names
from search_index.analyzer import SHORT, tokens
from search_index.autocomplete import Completion, CompletionKind
from search_index.index_entry import IndexEntry, IndexLexicon
from search_index.term_collection import collect_terms, compound_words

_BESIDE = ".building-"  # temporary folders begin so
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


def _fill(
    folder: Path, entries: list[IndexEntry], lexicon: IndexLexicon, previous: Path | None
) -> None:
    entries = list(with_former_names(entries, lexicon.old_names))
    _check(entries)
    whoosh = folder / index_files.WHOOSH
    whoosh.mkdir()
    before = _usable(previous)
    unchanged = whoosh_store.write_store(
        whoosh, entries, before / index_files.WHOOSH if before else None
    )
    raw = whoosh_store.read_store(whoosh, [entry.id for entry in entries])
    phrases = [phrase for several in lexicon.needs.values() for phrase in several]
    said = frozenset(word for phrase in phrases for word in tokens(phrase))
    lists = bm25f.export_postings(raw, said)
    together = compound_words(entries, phrases, frozenset(raw.words) | said)
    inverted_index.write_inverted_index(folder, lists)
    words = collect_terms(raw, lists, said, together)
    term_dictionary.write_term_dictionary(folder, words, together)
    terms = {word: term for word, (term, _) in words.items()}
    proximity.write_word_order(folder, entries, terms, _known(before, unchanged, lists.stems))
    autocomplete.write_completions(folder, _completions(entries, lexicon))
    index_files.write_lines(folder, "ids", raw.ids)
    index_files.write_meta(
        folder,
        {
            "needs": lists.needs,
            "phrases": need_recognition.prepare_need_phrases(lexicon.needs),
            "protected": sorted(_protected(entries, lexicon)),
        },
    )


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


def _known(
    before: Path | None, unchanged: frozenset[str], stems: list[str]
) -> Mapping[str, NDArray[np.int32]]:
    if before is None or not unchanged:
        return {}
    try:
        return proximity.known_words(before, unchanged, stems)
    except (OSError, ValueError):
        return {}  # the previous edition is being cleared away


def _protected(entries: list[IndexEntry], lexicon: IndexLexicon) -> set[str]:
    """Collect the short names that are never corrected: the curators' and the records'."""
    names = {*lexicon.protected, *(name for name in lexicon.old_names if " " not in name)}
    for entry in entries:
        names.update(entry.texts("acronyms"))
    single = (tokens(name) for name in names)
    return {words[0] for words in single if len(words) == 1 and len(words[0]) > SHORT}


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


def _to_disk(folder: Path) -> None:
    """Wait until everything is on the disk, so that a rename never outlives its files."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
