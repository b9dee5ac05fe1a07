"""Language models are compiled once in a process, and a fitted one needs no scikit-learn."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from navigator.nlp.model_registry import LazyModel
from tests.makers import MODELS, models

ROOT = Path(__file__).parents[2]
HEAVY = ("sklearn", "scipy", "threadpoolctl", "joblib")
UNDERSTAND_ONE_TEXT = f"""
import sys
from pathlib import Path
from directory_data.region import load_region
from navigator.nlp.danger.detector import detect_danger
from navigator.nlp.model_registry import ModelRegistry
from navigator.nlp.needs.pipeline import understand

models = ModelRegistry(load_region().vocabulary, Path(sys.argv[1]))
assert models.are_fitted()
assert understand("I need food", lexicon=models.needs_lexicon()).needs[0][0] == "food"
assert detect_danger("my husband hits me", models.danger_lexicon()).level == "crisis"
print([name for name in {HEAVY} if name in sys.modules])
"""
SERVE_AND_WORK = f"""
import sys
import navigator.server
import navigator.worker
print([name for name in {HEAVY} if name in sys.modules])
"""


def run(program: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_threads_that_ask_at_once_wait_for_one_compilation_and_get_the_same() -> None:
    together = Barrier(8)
    compiled: list[object] = []

    def compile_slowly() -> object:
        compiled.append(object())
        return compiled[-1]

    model = LazyModel(compile_slowly)

    def ask(_: int) -> object:
        together.wait()
        return model.get()

    with ThreadPoolExecutor(8) as pool:
        given = set(pool.map(ask, range(8)))
    assert given == set(compiled)
    assert len(compiled) == 1


def test_a_model_that_could_not_be_compiled_is_tried_again() -> None:
    attempts: list[int] = []

    def compile_at_the_second_attempt() -> str:
        attempts.append(len(attempts))
        if len(attempts) == 1:
            raise ValueError("a word is wrong")
        return "compiled"

    model = LazyModel(compile_at_the_second_attempt)
    with pytest.raises(ValueError, match="a word is wrong"):
        model.get()
    assert model.get() == "compiled"


def test_who_asks_the_registry_twice_gets_the_same() -> None:
    assert models().needs_lexicon() is models().needs_lexicon()
    assert models().danger_lexicon() is models().danger_lexicon()


def test_nothing_that_fits_is_imported_where_fitted_models_are_kept() -> None:
    models().needs_lexicon()
    models().danger_lexicon()
    assert run(UNDERSTAND_ONE_TEXT, str(MODELS)) == "[]"


def test_nothing_that_fits_is_imported_by_the_web_server_and_the_worker() -> None:
    assert run(SERVE_AND_WORK) == "[]"
