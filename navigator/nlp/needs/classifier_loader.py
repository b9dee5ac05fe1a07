"""Load the classifier of needs; where no fitted one is kept, fit it first."""

import importlib
from functools import cache

from directory_data.vocabulary.phrase_book import PhraseBook
from directory_data.vocabulary.training_examples import (
    Concepts,
    training_examples,
    training_sources,
)
from navigator.nlp.model_store import Arrays, ModelStore, fingerprint
from navigator.nlp.needs.classifier import NeedClassifier
from navigator.nlp.needs.concepts import make_concept_matcher
from navigator.nlp.needs.features import NeedFeatureExtractor
from navigator.nlp.needs.lexicon_compiler import fold_fillers, fold_shorthand
from search_index.analyzer import FILLER_WORDS, STOP_WORDS

TRAINING = "navigator.nlp.needs.classifier_training"
"""Imported only where there is something to fit: it imports scikit-learn."""


@cache
def needs_model_name() -> str:
    """Give the name of the fitted model; other phrases, examples, concepts or code change it."""
    return f"needs-{fingerprint(training_sources())}"


def load_need_classifier(
    store: ModelStore, phrase_book: PhraseBook, concepts: Concepts
) -> NeedClassifier:
    """Load the classifier, or fit it; phrases and concepts are those of the vocabulary."""
    stop_words = fold_fillers(phrase_book) | STOP_WORDS | FILLER_WORDS
    extractor = NeedFeatureExtractor(make_concept_matcher(concepts), stop_words)

    def fit() -> Arrays:
        training = importlib.import_module(TRAINING)
        arrays: Arrays = training.fit_need_classifier(
            extractor, fold_shorthand(phrase_book), training_examples()
        )
        return arrays

    arrays = store.load_or_fit(needs_model_name(), fit)
    return NeedClassifier.from_arrays(extractor, arrays)
