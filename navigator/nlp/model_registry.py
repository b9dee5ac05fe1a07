"""The models that free text is read with: each is compiled once in a process, for all threads."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from directory_data.vocabulary.loader import Vocabulary
from directory_data.vocabulary.phrase_book import phrase_book
from directory_data.vocabulary.training_examples import concepts
from navigator.nlp.danger.classifier_loader import danger_model_name, load_danger_classifier
from navigator.nlp.danger.lexicon import DangerLexicon, compile_danger_lexicon
from navigator.nlp.danger.phrase_files import read_phrase_files
from navigator.nlp.model_store import ModelStore
from navigator.nlp.needs.classifier_loader import load_need_classifier, needs_model_name
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.lexicon_compiler import compile_needs_lexicon

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


def _compile_danger_lexicon(store: ModelStore) -> DangerLexicon:
    lexicon = compile_danger_lexicon(read_phrase_files())
    return replace(lexicon, classifier=load_danger_classifier(store, lexicon.normalizer))


def _compile_needs_lexicon(vocabulary: Vocabulary, store: ModelStore) -> NeedsLexicon:
    words, synonyms = phrase_book(), concepts()
    classifier = load_need_classifier(store, words, synonyms)
    return compile_needs_lexicon(vocabulary, words, synonyms, classifier)
