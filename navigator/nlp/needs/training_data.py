"""Teach the second reader: what reviewed examples say where the phrases say little."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.vocabulary.training_examples import TrainingSet
from navigator.nlp.needs.classifier import NOTHING, NeedClassifier
from navigator.nlp.needs.classifier_training import train_need_classifier
from navigator.nlp.needs.concepts import ConceptMatcher, make_concept_matcher
from navigator.nlp.needs.features import extract_need_features
from navigator.nlp.needs.tokenizer import TokenizedText, tokenize, tokenized_text
from search_index.analyzer import FILLER_WORDS, STOP_WORDS, fold_text

Shorthand = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class TrainedReader:
    """What was learnt, and what is needed to read a text the same way as the examples."""

    ideas: ConceptMatcher
    little: frozenset[str]
    learned: NeedClassifier

    def weigh(self, words: TokenizedText) -> dict[str, float]:
        """Give the log of the likelihood of every need, up to a constant; the best one is 0."""
        return self.learned.weigh(extract_need_features(words, self.ideas, self.little))


def train_reader(
    lessons: TrainingSet, shorthand: Shorthand, fillers: frozenset[str]
) -> TrainedReader:
    """Learn from the examples, read with the ideas."""
    ideas = make_concept_matcher(lessons.ideas)
    little = fillers | STOP_WORDS | FILLER_WORDS
    read = [
        (
            lesson.need or NOTHING,
            extract_need_features(
                tokenized_text(tokenize(text), shorthand[lesson.language]), ideas, little
            ),
        )
        for lesson in lessons.examples
        for text in lesson.say
    ]
    return TrainedReader(ideas, little, train_need_classifier(read))


def training_words(lessons: TrainingSet) -> frozenset[str]:
    """Give the words that the ideas list, which are no slips of the finger."""
    entries = " ".join(entry for idea in lessons.ideas.values() for entry in idea)
    return frozenset(fold_text(entries).replace("*", "").split())
