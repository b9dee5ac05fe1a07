"""What free words are heard with, and the card that answers danger; files are read once."""

from functools import cache
from typing import Literal

from directory_data.directory import Directory
from directory_data.vocabulary.phrases import phrases
from directory_data.vocabulary.reading import vocabulary
from navigator.domain.describing import reach
from navigator.domain.eligibility import Answers
from navigator.domain.safety import Danger, cards, lexicon
from navigator.domain.understanding import Lexicon, compile_lexicon
from navigator.wording import danger_words, safety_words


@cache
def danger_lexicon() -> lexicon.Lexicon:
    """Give the lexicon that danger is recognised with."""
    return lexicon.compile_lexicon(danger_words.read())


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
