"""Read the reviewed training examples, and the concepts that words stand for, each once."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import TypeAdapter

from directory_data.base_model import FrozenModel

_FOLDER = files("directory_data.vocabulary")
_EXAMPLES, _CONCEPTS = _FOLDER / "training_examples.yaml", _FOLDER / "concepts.yaml"
_PHRASES = _FOLDER / "phrases.yaml"


class TrainingExamples(FrozenModel):
    """Texts that people might write, and the need they speak of; None where they ask nothing."""

    need: str | None
    language: Literal["en", "fr"]
    texts: tuple[str, ...]
    danger: bool = False
    """Texts that also speak of danger; all others teach the detector of danger what is ordinary."""


Concepts = Mapping[str, tuple[str, ...]]
"""Words, prefixes ("molar*") and phrases that mean much the same, by the name of the concept."""


@cache
def training_examples() -> tuple[TrainingExamples, ...]:
    """Give the training examples; the file is read at the first call, when a model is fitted."""
    rows: object = yaml.load(_EXAMPLES.read_bytes(), Loader=yaml.CSafeLoader)
    return TypeAdapter(tuple[TrainingExamples, ...]).validate_python(rows)


@cache
def concepts() -> Concepts:
    """Give the concepts; the file is read at the first call."""
    rows: object = yaml.load(_CONCEPTS.read_bytes(), Loader=yaml.CSafeLoader)
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(rows)


def training_sources() -> Iterator[bytes]:
    """Give the files that the classifier of needs is fitted from, for its fingerprint.

    The phrases are among them: their shorthand and fillers say how examples are read.
    """
    yield from (path.read_bytes() for path in (_EXAMPLES, _CONCEPTS, _PHRASES))
