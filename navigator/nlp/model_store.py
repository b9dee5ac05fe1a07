"""Keep fitted models as files, each named by everything it was fitted from.

A model is a set of numpy arrays. Its file is written beside and renamed into place, so that no
process reads half of one; it can be thrown away at will, and is then fitted again. Nothing in it
can run code: it is read without pickle.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from search_index import analyzer

Arrays = Mapping[str, NDArray[Any]]

KEPT_FILES = 3
"""Of one model, the newest: after an update that is taken back the file from before is there."""

FINGERPRINT_LENGTH = 16  # hex digits: 64 bits tell any number of versions of a model apart

_UNREADABLE = (OSError, ValueError, EOFError, KeyError, RuntimeError, BadZipFile)
"""What numpy raises for a file that is missing, cut short, or overwritten with something else."""


@dataclass(frozen=True, slots=True)
class ModelStore:
    """A folder of fitted models; without one every model is fitted anew, in memory."""

    folder: Path | None

    def holds(self, name: str) -> bool:
        """Say whether there is a file of a model."""
        return self.folder is not None and self._path(self.folder, name).is_file()

    def load_or_fit(self, name: str, fit: Callable[[], Arrays]) -> Arrays:
        """Load a model; where it is missing or can't be read, fit it and keep it if possible.

        `name`: what the model is for, a hyphen, and the fingerprint of what it is fitted from.
        """
        if self.folder is None:
            return fit()
        path = self._path(self.folder, name)
        arrays = _read(path)
        if arrays is None:
            arrays = fit()
            _write(path, arrays)
            _delete_older(path)
        return arrays

    @staticmethod
    def _path(folder: Path, name: str) -> Path:
        return folder / f"{name}.npz"


def fingerprint(parts: Iterable[bytes]) -> str:
    """Hash the code of all language models together with what one is fitted from."""
    hashed = hashlib.sha256()
    for part in (*_code(), *parts):
        hashed.update(len(part).to_bytes(8))
        hashed.update(part)
    return hashed.hexdigest()[:FINGERPRINT_LENGTH]


def pack_strings(strings: Iterable[str]) -> NDArray[np.uint8]:
    """Put strings without line breaks into an array of bytes."""
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)


def unpack_strings(packed: NDArray[Any]) -> list[str]:
    """Give the strings that were packed, in their order; at least one."""
    return packed.tobytes().decode().split("\n")


def _code() -> list[bytes]:
    """Give the code that texts are read and models fitted with: other code, another model."""
    here = sorted(Path(__file__).parent.rglob("*.py"))
    return [path.read_bytes() for path in (*here, Path(analyzer.__file__))]


def _read(path: Path) -> Arrays | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    except _UNREADABLE:
        return None


def _write(path: Path, arrays: Arrays) -> None:
    """Write a file beside and rename it; where the folder can't be written, keep nothing."""
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            beside = Path(file.name)
            try:
                np.savez(file, allow_pickle=False, **arrays)
                file.close()
                beside.replace(path)
            except OSError:
                beside.unlink(missing_ok=True)


def _delete_older(newest: Path) -> None:
    purpose = newest.stem.rpartition("-")[0]
    with suppress(OSError):
        files = newest.parent.glob(f"{purpose}-*.npz")
        for path in sorted(files, key=lambda path: path.stat().st_mtime)[:-KEPT_FILES]:
            path.unlink(missing_ok=True)
