"""Tell English from French by the words a text is made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_ACCENT = re.compile(r"[éèêëàâçùûîïôœ]", re.IGNORECASE)
ACCENT_WEIGHT = 0.6
"""An accent counts a little more than a word of phrases: "dépanneur" alone is French, though no
list names it, and "Montréal job" stays English."""

MAX_ACCENTS = 3
"""More accents say no more: a list of French names in an English text must not win alone."""

FUNCTION_WORD_WEIGHT, PHRASE_WORD_WEIGHT = 1.0, 0.5
"""Function words ("the", "pour") are surer signs than words of one language's phrases ("rent")."""


@dataclass(frozen=True, slots=True)
class LanguageDetector:
    """How much each word speaks for a language: word -> (English, French)."""

    weights: Mapping[str, tuple[float, float]]

    def language_of_word(self, word: str) -> str | None:
        """Give the language that a word speaks for; None where it is of both or of neither."""
        english, french = self.weights.get(word, (0.0, 0.0))
        if english == french:
            return None
        return "en" if english > french else "fr"

    def detect(self, text: str, words: Iterable[str], hint: str | None) -> str:
        """Give "en" or "fr"; where nothing decides, the hint, and English without one."""
        english = french = 0.0
        for word in words:
            for_english, for_french = self.weights.get(word, (0.0, 0.0))
            english += for_english
            french += for_french
        french += ACCENT_WEIGHT * min(len(_ACCENT.findall(text)), MAX_ACCENTS)
        if english == french:
            return hint if hint in {"en", "fr"} else "en"
        return "en" if english > french else "fr"


def make_language_detector(
    function_words: Mapping[str, Iterable[str]],
    phrase_words: Mapping[str, Iterable[str]],
    place_names: frozenset[str],
) -> LanguageDetector:
    """Weigh words by language: function words fully, other words of one language's phrases half.

    A word of both languages says nothing ("on", "son", "a"), nor do the names of places.
    """
    strong = {language: frozenset(words) for language, words in function_words.items()}
    weak = {language: frozenset(words) for language, words in phrase_words.items()}

    def weight(word: str, language: str) -> float:
        if word in strong[language]:
            return FUNCTION_WORD_WEIGHT
        return PHRASE_WORD_WEIGHT if word in weak[language] else 0.0

    known = (strong["en"] | strong["fr"] | weak["en"] | weak["fr"]) - place_names
    weights = {word: (weight(word, "en"), weight(word, "fr")) for word in known}
    return LanguageDetector({word: both for word, both in weights.items() if both[0] != both[1]})
