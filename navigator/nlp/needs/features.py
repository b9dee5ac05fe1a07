"""Extract the features of a text that the classifier of needs weighs."""

from dataclasses import dataclass

from navigator.nlp.needs.concept_matcher import ConceptMatcher
from navigator.nlp.needs.tokenizer import TokenizedText

AGE_REACH = 6
"""Words between a concept and a number that are taken together: "teeth ... my son, who is 8"."""

PREFIX_LENGTH = 5
"""Letters that stand for a word in all its forms: dent-ist, dent-ier; nourr-ir, nourr-iture."""

NUMBER_BANDS = ((12, "#few"), (17, "#young"), (24, "#youth"), (59, "#grown"), (110, "#old"))
"""Numbers count as the ages they may be: the bounds are those of services for youth and seniors."""

MANY = "#many"
LENGTH_STEP, MAX_LENGTH = 8, 5
"""Words to a step of length, and the last step: small talk ("have a good one") is rarely long."""


@dataclass(frozen=True, slots=True)
class NeedFeatureExtractor:
    """The concepts and stop words that features are extracted with."""

    concepts: ConceptMatcher
    stop_words: frozenset[str]

    def extract(self, tokens: TokenizedText) -> frozenset[str]:
        """Give the features of a text; each begins with a letter that says what it is.

        w: a word that is no stop word; k: the prefix of a word; i: a concept, or one within reach
        of a number, which counts as the age it may be; n: how long the text is.
        """
        words = [_number_band(word) if word.isdecimal() else word for word in tokens.stems]
        features = {f"w:{word}" for word in words if word not in self.stop_words}
        features.update(f"k:{word[:PREFIX_LENGTH]}" for word in words if len(word) >= PREFIX_LENGTH)
        features.add(f"n:{min(len(words) // LENGTH_STEP, MAX_LENGTH)}")
        ages = [(at, word) for at, word in enumerate(words) if word[0] == "#"]
        for at, concept in self.concepts.find(tokens, self.stop_words):
            features.add(f"i:{concept}")
            features.update(
                f"i:{concept} {age}" for age_at, age in ages if abs(age_at - at) <= AGE_REACH
            )
        return frozenset(features)


def _number_band(digits: str) -> str:
    return next((band for most, band in NUMBER_BANDS if int(digits) <= most), MANY)
