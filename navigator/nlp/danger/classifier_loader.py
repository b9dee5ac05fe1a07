"""Load the classifier of danger; where no fitted one is kept, fit it first."""

from __future__ import annotations

import importlib
from functools import cache

from navigator.nlp.danger.classifier import DangerClassifier
from navigator.nlp.danger.concepts import make_danger_concepts
from navigator.nlp.danger.features import DangerFeatureExtractor
from navigator.nlp.danger.normalizer import TextNormalizer
from navigator.nlp.danger.training_examples import (
    all_training_examples,
    read_danger_concepts,
    training_sources,
)
from navigator.nlp.model_store import Arrays, ModelStore, fingerprint

TRAINING = "navigator.nlp.danger.classifier_training"
"""Imported only where there is something to fit: it imports scikit-learn."""


@cache
def danger_model_name() -> str:
    """Give the name of the fitted model; other phrases, examples, concepts or code change it."""
    return f"danger-{fingerprint(training_sources())}"


def load_danger_classifier(store: ModelStore, normalizer: TextNormalizer) -> DangerClassifier:
    """Load the classifier, or fit it; the normalizer is that of the reviewed phrases."""
    concepts = make_danger_concepts(read_danger_concepts())
    extractor = DangerFeatureExtractor(concepts, normalizer.stop_words)

    def fit() -> Arrays:
        training = importlib.import_module(TRAINING)
        arrays: Arrays = training.fit_danger_classifier(
            extractor, normalizer, all_training_examples()
        )
        return arrays

    arrays = store.load_or_fit(danger_model_name(), fit)
    return DangerClassifier.from_arrays(extractor, arrays)
