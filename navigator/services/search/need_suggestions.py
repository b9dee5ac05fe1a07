"""What to offer when a search found nothing: the needs that are nearest to the words."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory_data.directory import Directory
from search_index.analyzer import content_words, tokens

LIKE = 0.7
"""How alike (0 to 1) words and a need's phrase must be for the need to be offered."""


def nearest_needs(directory: Directory, words: str, *, most: int = 3) -> tuple[str, ...]:
    """Give the needs with a phrase like the words, the most alike first."""
    said = " ".join(content_words(tokens(words)))
    if not said:
        return ()
    table = directory.derived(_phrases)
    alike = process.extract(
        said,
        [phrase for phrase, _ in table],
        scorer=OSA.normalized_similarity,
        score_cutoff=LIKE,
        limit=30,
    )
    return tuple(dict.fromkeys(table[at][1] for _, _, at in alike))[:most]


def _phrases(directory: Directory) -> tuple[tuple[str, str], ...]:
    return tuple(
        (" ".join(content_words(tokens(phrase))), need.id)
        for need in directory.vocabulary.needs.values()
        for phrase in (need.label.en, need.label.fr, *need.words.en, *need.words.fr)
    )
