"""Fitted models are kept in files, are never read by halves, and can be thrown away at will."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from navigator.nlp.model_store import (
    KEPT_FILES,
    Arrays,
    ModelStore,
    fingerprint,
    pack_strings,
    unpack_strings,
)

NAME = "needs-0123456789abcdef"


class Fitting:
    """Counts how often a model is fitted."""

    def __init__(self, size: int = 3) -> None:
        self.times = 0
        self.size = size

    def __call__(self) -> Arrays:
        self.times += 1
        return {"weights": np.arange(self.size, dtype=np.float32)}


def weights(arrays: Arrays) -> list[float]:
    return [float(weight) for weight in arrays["weights"]]


def test_a_model_is_fitted_once_and_then_read_from_its_file(tmp_path: Path) -> None:
    fit, store = Fitting(), ModelStore(tmp_path / "models")
    assert not store.holds(NAME)
    first, second = store.load_or_fit(NAME, fit), store.load_or_fit(NAME, fit)
    assert store.holds(NAME)
    assert weights(first) == weights(second) == [0.0, 1.0, 2.0]
    assert fit.times == 1


def test_without_a_folder_a_model_is_fitted_each_time() -> None:
    fit, store = Fitting(), ModelStore(None)
    assert weights(store.load_or_fit(NAME, fit)) == weights(store.load_or_fit(NAME, fit))
    assert fit.times == 2


def emptied(content: bytes) -> bytes:
    return content[:0]


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def overwritten(content: bytes) -> bytes:
    return b"no archive" * (len(content) // 10)


def changed_inside(content: bytes) -> bytes:
    return content.replace(np.float32(2).tobytes(), np.float32(9).tobytes())


@pytest.mark.parametrize("spoil", [emptied, cut_short, overwritten, changed_inside])
def test_a_file_that_cannot_be_read_is_fitted_again(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    fit, store = Fitting(), ModelStore(tmp_path)
    store.load_or_fit(NAME, fit)
    path = tmp_path / f"{NAME}.npz"
    sound = path.read_bytes()
    path.write_bytes(spoil(sound))
    assert weights(store.load_or_fit(NAME, fit)) == [0.0, 1.0, 2.0]
    assert fit.times == 2
    assert path.read_bytes() == sound


@pytest.mark.parametrize("folder", ["missing/models", "file/models"])
def test_where_the_folder_cannot_be_made_nothing_is_kept(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    fit, store = Fitting(), ModelStore(tmp_path / folder)
    assert weights(store.load_or_fit(NAME, fit)) == weights(store.load_or_fit(NAME, fit))
    assert fit.times == 2
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_but_the_model_is_left_in_the_folder(tmp_path: Path) -> None:
    ModelStore(tmp_path).load_or_fit(NAME, Fitting())
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}.npz"]


def test_the_oldest_files_of_a_model_are_deleted_and_those_of_others_stay(tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    store.load_or_fit("danger-0", Fitting())
    for number in range(KEPT_FILES + 2):
        store.load_or_fit(f"needs-{number}", Fitting())
        os.utime(tmp_path / f"needs-{number}.npz", (number, number))
    kept = {path.stem for path in tmp_path.iterdir()}
    assert kept == {"danger-0", "needs-2", "needs-3", "needs-4"}


def test_whoever_reads_while_others_write_reads_a_whole_model(tmp_path: Path) -> None:
    fit, store = Fitting(size=200_000), ModelStore(tmp_path)
    path = tmp_path / f"{NAME}.npz"
    read: list[int] = []

    def load_and_throw_away() -> None:
        for _ in range(12):
            read.append(len(store.load_or_fit(NAME, fit)["weights"]))
            path.unlink(missing_ok=True)

    threads = [Thread(target=load_and_throw_away) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == [200_000] * 48
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_model_has_another_name_where_anything_it_is_fitted_from_is_another() -> None:
    assert fingerprint([b"a", b"b"]) == fingerprint([b"a", b"b"])
    names = {fingerprint(parts) for parts in ([b"a", b"b"], [b"ab"], [b"b", b"a"], [b"a"], [])}
    assert len(names) == 5


def test_strings_come_back_as_they_were_packed() -> None:
    for strings in (["w:a", "i:kin blow", "w:é"], ["", "food"], [""]):
        assert unpack_strings(pack_strings(strings)) == strings
