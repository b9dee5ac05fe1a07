"""The compiled lexicons that free words are heard with; their files are read at the first call."""

from functools import cache

from directory_data.vocabulary.phrases import phrases
from directory_data.vocabulary.reading import vocabulary
from navigator.domain import safety_lexicon
from navigator.domain.understanding import Lexicon, compile_lexicon
from navigator.wording import danger_words


@cache
def danger_lexicon() -> safety_lexicon.Lexicon:
    """Give the lexicon that danger is recognised with."""
    return safety_lexicon.compile_lexicon(danger_words.read())


@cache
def understanding_lexicon() -> Lexicon:
    """Give the lexicon that needs and facts are understood with."""
    return compile_lexicon(vocabulary(), phrases())
