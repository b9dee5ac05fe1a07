"""The files of a built index: memory-mapped arrays and lists of words, one folder an edition."""

import json
from collections.abc import Callable, Mapping, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 11
"""Raised whenever an older index can't be read or continued any more, or would be analysed
otherwise today: also when a field class of whoosh_store gets another name, since Whoosh pickles
them into its schema."""

WHOOSH = "whoosh"  # the folder inside the index that is Whoosh's own
_META = "meta.json"


class UnreadableIndex(Exception):
    """The folder holds no index, or one of another format; build it again."""


def write_array(folder: Path, name: str, values: NDArray[Any]) -> None:
    """Write one array."""
    np.save(folder / f"{name}.npy", values, allow_pickle=False)


def read_array(folder: Path, name: str) -> NDArray[Any]:
    """Map one array into memory, read-only and shared with other processes."""
    mapped = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return np.asarray(mapped)


def write_lines(folder: Path, name: str, lines: Sequence[str]) -> None:
    """Write one list of texts without line breaks in them."""
    (folder / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8", newline="\n")


def read_lines(folder: Path, name: str) -> list[str]:
    """Read one list of texts."""
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    return text.split("\n") if text else []


def hold_lines(folder: Path, name: str) -> Callable[[], list[str]]:
    """Map a list of texts now; the function reads it, even when its folder is gone by then."""
    path = folder / f"{name}.txt"
    if not path.stat().st_size:
        return list
    with path.open("rb") as file:
        held = mmap(file.fileno(), 0, access=ACCESS_READ)
    return lambda: str(held[:], encoding="utf-8").split("\n")


def write_meta(folder: Path, values: Mapping[str, Any]) -> None:
    """Write what is small and of many kinds; the last file of a finished index."""
    known = {"format": FORMAT, **values}
    (folder / _META).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")


def read_meta(folder: Path) -> dict[str, Any]:
    """Read the small values; raises UnreadableIndex where there is no index of this format."""
    try:
        values: dict[str, Any] = json.loads((folder / _META).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableIndex(f"no index in {folder.name}") from error
    if values.get("format") != FORMAT:
        raise UnreadableIndex(f"the index in {folder.name} is of another format")
    return values
