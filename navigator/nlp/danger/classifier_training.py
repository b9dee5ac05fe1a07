"""Fit the classifier of danger on the reviewed training examples; imported only to fit it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.danger.features import DangerFeatureExtractor
from navigator.nlp.danger.normalizer import SENTENCE_END, TextNormalizer
from navigator.nlp.danger.training_examples import DangerExample
from navigator.nlp.logistic_regression_training import (
    Floats,
    Matrix,
    Regularization,
    fit_binary,
    term_matrix,
    weigh_terms,
)
from navigator.nlp.model_store import Arrays, pack_strings

REGULARIZATION = Regularization(inverse_strength=10.0, iterations=15)
"""Stopped early, the features of single examples stay small: after 14 to 16 iterations no text kept
for measuring is missed; from 17 on one is, with any strength from 5 to 15."""

INTERCEPT_SCALE = 0.3
"""Dangers and calm texts are about as many, so the intercept tells little; as a feature of size 1
it would take up the first iterations."""

RARITY_EXPONENT = 1.5
"""A rare feature tells more than its idf alone says: "barrel" against "house"."""

FEATURE_BOOSTS = {"i": 1.5, "w": 1.3}
"""Concepts carry over best to texts by other people, then words."""

KIND_FEATURES = "ikw"
"""Concepts, prefixes and words say which kind of danger it is; n-grams and steps only blur it."""

KIND_INTERCEPT_SHARE = 0.5
"""Half of what it tells of a kind that many examples are of it: most are of suicide and abuse."""


@dataclass(frozen=True, slots=True)
class _TrainingMatrix:
    """Hold which example has which feature, and how much each feature tells."""

    features: tuple[str, ...]
    terms: Matrix
    idf: Floats

    def fit(
        self, rows: NDArray[np.intp], labels: NDArray[np.bool_], columns: NDArray[np.intp]
    ) -> tuple[Floats, float]:
        """Fit a yes or no for some examples by some features: their weights, and the intercept."""
        terms = weigh_terms(self.terms[rows][:, columns], self.idf[columns])
        return fit_binary(terms, labels, REGULARIZATION, intercept_scale=INTERCEPT_SCALE)


def fit_danger_classifier(
    extractor: DangerFeatureExtractor,
    normalizer: TextNormalizer,
    examples: Sequence[DangerExample],
) -> Arrays:
    """Give the arrays of a DangerClassifier; raise ValueError without both danger and calm."""
    training = _training_matrix([_features(example, extractor, normalizer) for example in examples])
    is_danger = np.array([bool(example.kind) for example in examples])
    everything, dangers = np.arange(len(examples)), np.flatnonzero(is_danger)
    in_danger = [example for example in examples if example.kind]
    is_emergency = np.array([example.level == "emergency" for example in in_danger])
    all_columns = np.arange(len(training.features))
    levels = [
        training.fit(everything, is_danger, all_columns),
        training.fit(dangers, is_emergency, all_columns),
    ]
    kinds = sorted({str(example.kind) for example in in_danger})
    columns = np.flatnonzero([_tells_kind(feature) for feature in training.features])
    of_kind = [
        training.fit(dangers, np.array([example.kind == kind for example in in_danger]), columns)
        for kind in kinds
    ]
    return {
        **_arrays("level", training, all_columns, levels),
        **_arrays("kind", training, columns, of_kind, intercept_share=KIND_INTERCEPT_SHARE),
        "kinds": pack_strings(kinds),
    }


def _tells_kind(feature: str) -> bool:
    """Say whether a feature tells the kind: a concept, or a single word or prefix."""
    return feature[0] in KIND_FEATURES and (feature[0] == "i" or " " not in feature)


def _features(
    example: DangerExample, extractor: DangerFeatureExtractor, normalizer: TextNormalizer
) -> tuple[str, ...]:
    tokens = normalizer.tokenize(example.text)
    return extractor.extract([token for token in tokens if token != SENTENCE_END])


def _training_matrix(texts: Sequence[Sequence[str]]) -> _TrainingMatrix:
    features = tuple(dict.fromkeys(feature for text in texts for feature in text))
    terms = term_matrix(texts, {feature: column for column, feature in enumerate(features)})
    counts = np.asarray(terms.sum(axis=0)).ravel()
    boosts = np.array([FEATURE_BOOSTS.get(feature[0], 1.0) for feature in features])
    # + 1, so that even a feature that every example has keeps some weight.
    idf = boosts * np.log((len(texts) + 1) / counts) ** RARITY_EXPONENT
    return _TrainingMatrix(features, terms, idf)


def _arrays(
    name: str,
    training: _TrainingMatrix,
    columns: NDArray[np.intp],
    fitted: Sequence[tuple[Floats, float]],
    intercept_share: float = 1.0,
) -> Mapping[str, NDArray[np.generic]]:
    """Give the arrays of a LinearModel; a text's idf is counted into the weights."""
    idf = training.idf[columns]
    weights = [coefficients * idf for coefficients, _ in fitted]
    intercepts = [intercept * intercept_share for _, intercept in fitted]
    return {
        f"{name}_features": pack_strings(training.features[column] for column in columns),
        f"{name}_coefficients": np.array(weights, dtype=np.float32).T.copy(),
        f"{name}_squared_idf": (idf**2).astype(np.float32),
        f"{name}_intercepts": np.array(intercepts, dtype=np.float32),
    }
