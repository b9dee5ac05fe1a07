"""Break a text into the small features that the second reader weighs."""

from navigator.nlp.needs.concepts import ConceptMatcher
from navigator.nlp.needs.tokenizer import TokenizedText

REACH = 6  # words between an idea and an age that are still taken together
STEM = 5  # letters that stand for a word in all its forms
AGES = ((12, "#few"), (17, "#young"), (24, "#youth"), (59, "#grown"), (110, "#old"))
MANY = "#many"
LENGTH, LONGEST = 8, 5  # words to a measure of length; small talk is rarely long

Features = frozenset[str]


def extract_need_features(
    words: TokenizedText, ideas: ConceptMatcher, little: frozenset[str]
) -> Features:
    """Give the features of a text; each begins with a letter that says what it is.

    w: a word that is not little; k: the beginning of a word; i: an idea, or one within reach of a
    number, which counts as the ages it may be; n: how long the text is.
    """
    said = [_number(word) if word.isdecimal() else word for word in words.stems]
    found = {f"w:{word}" for word in said if word not in little}
    found.update(f"k:{word[:STEM]}" for word in said if len(word) >= STEM)
    found.add(f"n:{min(len(said) // LENGTH, LONGEST)}")
    ages = [(at, word) for at, word in enumerate(said) if word[0] == "#"]
    for at, idea in ideas.of(words, little):
        found.add(f"i:{idea}")
        found.update(f"i:{idea} {age}" for place, age in ages if abs(place - at) <= REACH)
    return frozenset(found)


def _number(digits: str) -> str:
    return next((name for most, name in AGES if int(digits) <= most), MANY)
