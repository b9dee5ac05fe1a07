"""What free words are heard with, and the card that answers danger; files are read once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from directory_data.directory import Directory
from directory_data.vocabulary.lessons import lessons
from directory_data.vocabulary.phrases import phrases
from directory_data.vocabulary.reading import vocabulary
from navigator.domain.describing import reach
from navigator.domain.eligibility import Answers
from navigator.domain.safety import Danger, cards, lexicon
from navigator.domain.understanding import Lexicon, compile_lexicon
from navigator.wording import danger_words, safety_words
from navigator.wording.danger_words import Example

OF_DANGER = frozenset({"abuse-safety", "sexual-assault", "elder-abuse", "crisis-line"})
"""Needs that most people name because they are in danger."""


@cache
def danger_lexicon() -> lexicon.Lexicon:
    """Give the lexicon that danger is recognised with."""
    words = danger_words.read()
    return lexicon.compile_lexicon(replace(words, examples=(*words.examples, *ordinary_needs())))


def ordinary_needs() -> Iterator[Example]:
    """Give the examples of needs without danger: what people ask for every day alarms nobody."""
    for lesson in lessons().examples:
        if not (lesson.danger or lesson.need in OF_DANGER):
            yield from (Example(text, lesson.language, "none") for text in lesson.say)


@cache
def understanding_lexicon() -> Lexicon:
    """Give the lexicon that needs and facts are understood with."""
    return compile_lexicon(vocabulary(), phrases())


@cache
def card_words() -> safety_words.CardWords:
    """Give the fixed words of the safety cards."""
    return safety_words.read()


def danger_card(
    danger: Danger, directory: Directory, answers: Answers, language: str
) -> cards.Card:
    """Make the card for a danger, with the lines that fit what is known of the person."""

    def line(service_id: str) -> str | None:
        service = directory.services.get(service_id)
        return reach(service) if service else None

    age, place = answers.get("age"), answers.get("municipality")
    spoken: Literal["en", "fr"] = "fr" if language == "fr" else "en"
    return cards.card(
        danger,
        language=spoken,
        age=age if type(age) is int else None,
        municipality=str(place) if place else None,
        line=line,
        words=card_words(),
    )
