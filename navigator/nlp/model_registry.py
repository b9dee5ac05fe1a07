"""The models that free text is read with: each is compiled once in a process, for all threads."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from directory_data.vocabulary import training_examples as need_examples
from directory_data.vocabulary.loader import Vocabulary
from directory_data.vocabulary.phrase_book import PhraseBook, phrase_book
from navigator.nlp.danger import training_examples as danger_examples
from navigator.nlp.danger.classifier import DangerClassifier
from navigator.nlp.danger.concept_matcher import make_danger_concepts
from navigator.nlp.danger.features import DangerFeatureExtractor
from navigator.nlp.danger.lexicon import DangerLexicon, compile_danger_lexicon
from navigator.nlp.danger.normalizer import TextNormalizer
from navigator.nlp.danger.phrase_files import read_phrase_files
from navigator.nlp.model_store import Arrays, ModelStore, fingerprint
from navigator.nlp.needs.classifier import NeedClassifier
from navigator.nlp.needs.concept_matcher import make_concept_matcher
from navigator.nlp.needs.features import NeedFeatureExtractor
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.lexicon_compiler import (
    compile_needs_lexicon,
    fold_fillers,
    fold_shorthand,
)
from search_index.analyzer import FILLER_WORDS, STOP_WORDS

DANGER_TRAINING = "navigator.nlp.danger.classifier_training"
NEEDS_TRAINING = "navigator.nlp.needs.classifier_training"
"""Imported only where there is something to fit: they import scikit-learn."""

Model = TypeVar("Model")


class LazyModel(Generic[Model]):
    """Builds a model at the first use; who asks meanwhile waits for it, and gets the same one."""

    def __init__(self, build: Callable[[], Model]) -> None:
        self._build = build
        self._lock = Lock()
        self._model: Model | None = None

    def get(self) -> Model:
        """Give the model; what building it raises is raised, and it is tried again next time."""
        if self._model is None:
            with self._lock:
                if self._model is None:
                    self._model = self._build()
        return self._model


class ModelRegistry:
    """The language models of one vocabulary; fitted weights are kept in a folder, if there is one.

    The folder is made where it is missing and the folder above it is there.
    """

    def __init__(self, vocabulary: Vocabulary, folder: Path | None) -> None:
        self._store = ModelStore(folder)
        self._danger = LazyModel(lambda: _compile_danger_lexicon(self._store))
        self._needs = LazyModel(lambda: _compile_needs_lexicon(vocabulary, self._store))

    def are_fitted(self) -> bool:
        """Say whether fitted weights of all models are kept."""
        return all(self._store.holds(name) for name in (danger_model_name(), needs_model_name()))

    def danger_lexicon(self) -> DangerLexicon:
        """Give the lexicon that danger is recognised with."""
        return self._danger.get()

    def needs_lexicon(self) -> NeedsLexicon:
        """Give the lexicon that needs and facts are understood with."""
        return self._needs.get()


@cache
def danger_model_name() -> str:
    """Give the name of the fitted model; other phrases, examples, concepts or code change it."""
    return f"danger-{fingerprint(danger_examples.training_sources())}"


@cache
def needs_model_name() -> str:
    """Give the name of the fitted model; other phrases, examples, concepts or code change it."""
    return f"needs-{fingerprint(need_examples.training_sources())}"


def _compile_danger_lexicon(store: ModelStore) -> DangerLexicon:
    lexicon = compile_danger_lexicon(read_phrase_files())
    return replace(lexicon, classifier=_danger_classifier(store, lexicon.normalizer))


def _compile_needs_lexicon(vocabulary: Vocabulary, store: ModelStore) -> NeedsLexicon:
    words, concepts = phrase_book(), need_examples.concepts()
    return compile_needs_lexicon(vocabulary, words, concepts, _need_classifier(store, words))


def _danger_classifier(store: ModelStore, normalizer: TextNormalizer) -> DangerClassifier:
    """Load the classifier, or fit it; the normalizer is that of the reviewed phrases."""
    concepts = make_danger_concepts(danger_examples.read_danger_concepts())
    extractor = DangerFeatureExtractor(concepts, normalizer.stop_words)

    def fit() -> Arrays:
        training = importlib.import_module(DANGER_TRAINING)
        examples = danger_examples.all_training_examples()
        arrays: Arrays = training.fit_danger_classifier(extractor, normalizer, examples)
        return arrays

    return DangerClassifier.from_arrays(extractor, store.load_or_fit(danger_model_name(), fit))


def _need_classifier(store: ModelStore, words: PhraseBook) -> NeedClassifier:
    """Load the classifier, or fit it; the phrases are those of the vocabulary."""
    stop_words = fold_fillers(words) | STOP_WORDS | FILLER_WORDS
    extractor = NeedFeatureExtractor(make_concept_matcher(need_examples.concepts()), stop_words)

    def fit() -> Arrays:
        training = importlib.import_module(NEEDS_TRAINING)
        examples = need_examples.training_examples()
        arrays: Arrays = training.fit_need_classifier(extractor, fold_shorthand(words), examples)
        return arrays

    return NeedClassifier.from_arrays(extractor, store.load_or_fit(needs_model_name(), fit))
