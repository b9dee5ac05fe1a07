"""Tell English from French by the words a text is made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_ACCENT = re.compile(r"[éèêëàâçùûîïôœ]", re.IGNORECASE)
ACCENT = 0.6  # an accent counts a little more than half a word


@dataclass(frozen=True, slots=True)
class LanguageScores:
    """How much each word speaks for a language."""

    weights: Mapping[str, tuple[float, float]]  # word -> (English, French)

    def side(self, word: str) -> str | None:
        """Give the language that a word speaks for; None where it is of both or of neither."""
        english, french = self.weights.get(word, (0.0, 0.0))
        if english == french:
            return None
        return "en" if english > french else "fr"

    def of(self, text: str, words: Iterable[str], hint: str | None) -> str:
        """Give "en" or "fr"; where nothing decides, the hint, and English without one."""
        english = french = 0.0
        for word in words:
            for_english, for_french = self.weights.get(word, (0.0, 0.0))
            english += for_english
            french += for_french
        french += ACCENT * min(len(_ACCENT.findall(text)), 3)
        if english == french:
            return hint if hint in {"en", "fr"} else "en"
        return "en" if english > french else "fr"


def make_language_scores(
    marks: Mapping[str, Iterable[str]],
    lexicon: Mapping[str, Iterable[str]],
    names: frozenset[str],
) -> LanguageScores:
    """Weigh words: function words fully, other words of one language's phrases half.

    A word of both languages says nothing ("on", "son", "a"), nor do the names of places.
    """
    full = {language: frozenset(words) for language, words in marks.items()}
    half = {language: frozenset(words) for language, words in lexicon.items()}
    weights: dict[str, tuple[float, float]] = {}
    for word in (full["en"] | full["fr"] | half["en"] | half["fr"]) - names:
        weights[word] = (_weight(word, full, half, "en"), _weight(word, full, half, "fr"))
        if weights[word][0] == weights[word][1]:
            del weights[word]
    return LanguageScores(weights)


def _weight(
    word: str, full: Mapping[str, frozenset[str]], half: Mapping[str, frozenset[str]], language: str
) -> float:
    if word in full[language]:
        return 1.0
    return 0.5 if word in half[language] else 0.0
