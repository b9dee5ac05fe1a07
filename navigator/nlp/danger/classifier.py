"""Classify a text by danger: logistic regression, with weights that were fitted ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Self

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.danger.features import DangerFeatureExtractor, text_and_sentences
from navigator.nlp.model_store import Arrays, unpack_strings

SENTENCE_PENALTY = 1.0
"""Log-odds: of many sentences one always sounds a little like danger, so a sentence alone counts
less than the whole text."""

SHORTEST_NORM = 1e-9  # a text of features without weight has no length to divide by

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Hold the fitted weight of each feature for each answer, a yes or no of its own."""

    vocabulary: Mapping[str, int]  # feature -> its row
    coefficients: Floats  # shape (features, answers)
    squared_idf: Floats  # shape (features,): what each feature adds to the length of a text
    intercepts: Floats  # shape (answers,)

    @classmethod
    def from_arrays(cls, name: str, arrays: Arrays) -> Self:
        """Make a model of the arrays that were fitted under its name."""
        features = unpack_strings(arrays[f"{name}_features"])
        return cls(
            vocabulary={feature: row for row, feature in enumerate(features)},
            coefficients=arrays[f"{name}_coefficients"],
            squared_idf=arrays[f"{name}_squared_idf"],
            intercepts=arrays[f"{name}_intercepts"],
        )

    def log_odds(self, features: tuple[str, ...]) -> list[float]:
        """Return the log-odds of each answer: 0 is even, 2 is about seven to one."""
        known = [self.vocabulary[feature] for feature in features if feature in self.vocabulary]
        if not known:
            return [float(intercept) for intercept in self.intercepts]
        norm = sqrt(float(self.squared_idf[known].sum()))
        summed = self.coefficients[known].sum(axis=0) / max(norm, SHORTEST_NORM)
        return [float(score) for score in self.intercepts + summed]


@dataclass(frozen=True, slots=True)
class DangerScores:
    """Say how much a text sounds like the examples of danger, and like which of them."""

    danger: float  # log-odds
    emergency: float  # log-odds of an emergency, should it be danger
    kinds: Mapping[str, float]  # log-odds of each kind, should it be danger

    def likeliest_kind(self) -> str:
        """Return the kind it sounds like most."""
        return max(self.kinds, key=lambda kind: self.kinds[kind])


@dataclass(frozen=True, slots=True)
class DangerClassifier:
    """Hold how features are extracted, and two models of them."""

    extractor: DangerFeatureExtractor
    level_model: LinearModel  # answers: danger, emergency
    kind_model: LinearModel
    kinds: tuple[str, ...]  # in the order of the answers of kind_model

    @classmethod
    def from_arrays(cls, extractor: DangerFeatureExtractor, arrays: Arrays) -> Self:
        """Make the classifier of the arrays that were fitted."""
        return cls(
            extractor=extractor,
            level_model=LinearModel.from_arrays("level", arrays),
            kind_model=LinearModel.from_arrays("kind", arrays),
            kinds=tuple(unpack_strings(arrays["kinds"])),
        )

    def score(self, tokens: list[str]) -> DangerScores:
        """Return how a text sounds, or its most dangerous sentence; stop words are among them."""
        read = [self.extractor.extract(part) for part in text_and_sentences(tokens)]
        levels = [self.level_model.log_odds(features) for features in read]
        by_danger = [
            danger - (SENTENCE_PENALTY if number else 0)
            for number, (danger, _) in enumerate(levels)
        ]
        worst = by_danger.index(max(by_danger))
        kinds = self.kind_model.log_odds(read[worst])
        return DangerScores(
            danger=by_danger[worst],
            emergency=levels[worst][1],
            kinds=dict(zip(self.kinds, kinds, strict=True)),
        )
