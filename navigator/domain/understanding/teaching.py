"""Teach the second reader: what reviewed examples say where the phrases say little."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.vocabulary.lessons import Lessons
from navigator.domain.understanding.features import features
from navigator.domain.understanding.ideas import Ideas, make_ideas
from navigator.domain.understanding.learned import NOTHING, Learned
from navigator.domain.understanding.learning import learn
from navigator.domain.understanding.words import Words, pieces, words_of
from search_index.text import CHATTER, STOP_WORDS, fold

Shorthand = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learnt, and what is needed to read a text the same way as the examples."""

    ideas: Ideas
    little: frozenset[str]
    learned: Learned

    def weigh(self, words: Words) -> dict[str, float]:
        """Give the log of the likelihood of every need, up to a constant; the best one is 0."""
        return self.learned.weigh(features(words, self.ideas, self.little))


def teach(lessons: Lessons, shorthand: Shorthand, fillers: frozenset[str]) -> Taught:
    """Learn from the examples, read with the ideas."""
    ideas = make_ideas(lessons.ideas)
    little = fillers | STOP_WORDS | CHATTER
    read = [
        (
            lesson.need or NOTHING,
            features(words_of(pieces(text), shorthand[lesson.language]), ideas, little),
        )
        for lesson in lessons.examples
        for text in lesson.say
    ]
    return Taught(ideas, little, learn(read))


def taught_words(lessons: Lessons) -> frozenset[str]:
    """Give the words that the ideas list, which are no slips of the finger."""
    entries = " ".join(entry for idea in lessons.ideas.values() for entry in idea)
    return frozenset(fold(entries).replace("*", "").split())
