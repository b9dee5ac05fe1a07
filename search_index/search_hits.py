"""What a search gives back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entry found, the fields where it matched, and the words of it that did."""

    id: str
    score: float
    fields: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchHits:
    """What a search found: `corrected` is the query as it was understood, if not as written.

    `needs` were recognized in the words, the strongest first; `total` counts all that matched.
    """

    query: str
    corrected: str | None
    needs: tuple[str, ...]
    total: int
    hits: tuple[SearchHit, ...]
