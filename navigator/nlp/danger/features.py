"""Extract the features of a text that the classifier of danger weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from navigator.nlp.danger.concept_matcher import DangerConcepts, Names
from navigator.nlp.danger.normalizer import SENTENCE_END

CONCEPT_REACH = 4
"""Words between two concepts that are still taken together: "dad got drunk and hit me"."""

PREFIX_LENGTH = 5
"""Letters that stand for a word in all its forms: threa-tens, threa-tened."""

NGRAM_LENGTH, MIN_NGRAM_WORD = 4, 5
"""Letters of a character n-gram, and of a word that has some: they carry over to slips and to forms
never seen ("whackked" has "whac" and "hack"). Of four letters the whole word is a feature."""

MIN_SENTENCE, MAX_SENTENCE = 4, 40
"""Words of a sentence that is read alone: a shorter one ("Please.") goes with the next, a longer
one, without a full stop, is cut."""

NUMBER_BANDS = ((7, "#few"), (17, "#young"), (64, "#grown"), (110, "#old"))
"""Numbers count as the ages or amounts they may be: "12" of a child, "30" of an adult or pills."""

MANY = "#many"
TEXT_START, TEXT_END = "^", "$"


@dataclass(frozen=True, slots=True)
class DangerFeatureExtractor:
    """The concepts and stop words that features are extracted with."""

    concepts: DangerConcepts
    stop_words: frozenset[str]

    def extract(self, tokens: list[str]) -> tuple[str, ...]:
        """Give the features, each once, always in the same order; a letter says what one is.

        w: a word, or two in a row; k: the prefix of a word that counts; g: letters inside a word;
        i: a concept, or two in reach of each other; s: two or three steps in a row, where a step is
        the first concept of a word, or the prefix of a word that has none.
        """
        words = [_number_band(token) if token.isdigit() else token for token in tokens]
        features = [f"w:{word}" for word in words]
        features.extend([f"w:{a} {b}" for a, b in pairwise((TEXT_START, *words, TEXT_END))])
        features.extend(
            [f"k:{word[:PREFIX_LENGTH]}" for word in words if word not in self.stop_words]
        )
        for word in words:
            if len(word) >= MIN_NGRAM_WORD:
                starts = range(len(word) - NGRAM_LENGTH + 1)
                features.extend([f"g:{word[at : at + NGRAM_LENGTH]}" for at in starts])
        concepts = [self.concepts.at(place, words) for place in range(len(words))]
        features.extend(_concept_features(concepts))
        features.extend(self._step_features(words, concepts))
        return tuple(dict.fromkeys(features))

    def _step_features(self, words: list[str], concepts: list[Names]) -> Iterator[str]:
        steps = [
            names[0].upper() if names else word[:PREFIX_LENGTH]
            for word, names in zip(words, concepts, strict=True)
            if names or word not in self.stop_words
        ]
        fenced = [TEXT_START, *steps, TEXT_END]
        for before, step, after in zip(fenced, fenced[1:], fenced[2:], strict=False):
            yield f"s:{before} {step}"
            yield f"s:{before} {step} {after}"


def text_and_sentences(tokens: list[str]) -> Iterator[list[str]]:
    """Give the whole text, then its sentences: one line of a long letter may hold danger."""
    whole = [token for token in tokens if token != SENTENCE_END]
    yield whole
    sentence: list[str] = []
    for token in tokens:
        if token != SENTENCE_END:
            sentence.append(token)
        if len(sentence) >= (MIN_SENTENCE if token == SENTENCE_END else MAX_SENTENCE):
            if len(sentence) < len(whole):
                yield sentence
            sentence = []
    if sentence and len(sentence) < len(whole):
        yield sentence


def _concept_features(concepts: list[Names]) -> Iterator[str]:
    placed = [(at, concept) for at, names in enumerate(concepts) for concept in names]
    for number, (at, concept) in enumerate(placed):
        yield f"i:{concept}"
        for next_at, following in placed[number + 1 :]:
            if next_at > at + CONCEPT_REACH:
                break
            if next_at > at:
                yield f"i:{concept} {following}"


def _number_band(digits: str) -> str:
    return next((band for most, band in NUMBER_BANDS if int(digits) <= most), MANY)
