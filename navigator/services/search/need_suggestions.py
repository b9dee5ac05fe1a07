"""What to offer when a search found nothing: the needs that are nearest to the words."""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory_data.vocabulary.loader import vocabulary
from search_index.analyzer import content_words, tokens

LIKE = 0.7
"""How alike (0 to 1) words and a need's phrase must be for the need to be offered."""


def nearest_needs(words: str, *, most: int = 3) -> tuple[str, ...]:
    """Give the needs with a phrase like the words, the most alike first."""
    said = " ".join(content_words(tokens(words)))
    if not said:
        return ()
    table = _phrases()
    alike = process.extract(
        said,
        [phrase for phrase, _ in table],
        scorer=OSA.normalized_similarity,
        score_cutoff=LIKE,
        limit=30,
    )
    return tuple(dict.fromkeys(table[at][1] for _, _, at in alike))[:most]


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple(
        (" ".join(content_words(tokens(phrase))), need.id)
        for need in vocabulary().needs.values()
        for phrase in (need.label.en, need.label.fr, *need.words.en, *need.words.fr)
    )
