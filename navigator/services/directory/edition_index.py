"""The search index of an edition: built beside the one before, opened, thrown away when old."""

import shutil
from pathlib import Path

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.indexing import build_edition_index, index_lexicon
from search_index.index_files import FORMAT, UnreadableIndex
from search_index.index_searcher import Index

EDITIONS_KEPT = 3
"""How many editions keep their index, the newest among them."""


def open_index(home: Path, directory: Directory) -> Index:
    """Open the index of an edition; build it where it is missing or can't be read.

    It continues the index of the edition before. Those of the last EDITIONS_KEPT stay; a process
    that still searches in an older one has all its files open and goes on until it lets go of it.
    """
    folder = index_folder(home, directory.edition, directory.vocabulary)
    if folder.exists():
        try:
            return Index.open(folder)
        except UnreadableIndex:
            shutil.rmtree(folder)
    build_edition_index(folder, directory, previous=_before(home, directory.edition))
    for edition, old in _indexes(home):
        if edition <= directory.edition - EDITIONS_KEPT:
            shutil.rmtree(old, ignore_errors=True)
    return Index.open(folder)


def index_folder(home: Path, edition: int, vocabulary: Vocabulary) -> Path:
    """Give the folder of an edition's index: another one for other words of the curators."""
    words = index_lexicon(vocabulary).fingerprint()[:8]
    return home / "index" / f"edition-{edition}-{FORMAT}-{words}"


def _before(home: Path, edition: int) -> Path | None:
    """Find the newest index up to an edition, if there is one."""
    earlier = [(number, folder) for number, folder in _indexes(home) if number <= edition]
    return max(earlier)[1] if earlier else None


def _indexes(home: Path) -> list[tuple[int, Path]]:
    """List the folders of all indexes with their editions."""
    folders = (home / "index").glob("edition-*")
    numbered = ((folder.name.split("-")[1], folder) for folder in folders)
    return [(int(number), folder) for number, folder in numbered if number.isdecimal()]
