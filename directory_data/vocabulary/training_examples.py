"""Read the reviewed examples and the words that mean much the same, once, as one frozen value."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from directory_data.bilingual import FrozenModel


class TrainingExamples(FrozenModel):
    """Texts that people might write, and the need they speak of; None where they ask nothing."""

    need: str | None
    language: Literal["en", "fr"]
    say: tuple[str, ...]
    danger: bool = False
    """Texts that also speak of danger; all others teach the checker of danger what is ordinary."""


class TrainingSet(FrozenModel):
    """Everything that examples.yaml and ideas.yaml hold."""

    examples: tuple[TrainingExamples, ...]
    ideas: Mapping[str, tuple[str, ...]]


@cache
def training_set() -> TrainingSet:
    """Give the lessons; the files are read at the first call."""
    return TrainingSet.model_validate({"examples": _read("examples"), "ideas": _read("ideas")})


def _read(name: str) -> object:
    text = files("directory_data.vocabulary").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    rows: object = yaml.load(text, Loader=yaml.CSafeLoader)
    return rows
