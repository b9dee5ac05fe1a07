"""The request: what somebody asks of the search, and the edition in which it is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Place, Vocabulary
from navigator.nlp.needs.lexicon import NeedsLexicon
from search_index.index_searcher import Index

PLACE, AGE, SPOKEN_LANGUAGE = "place", "age", "spoken"
"""What was understood and can be excluded, beside the ids of needs, topics and other facts."""

FACETS = ("age_band", "language", "free", "open_now", "self_referral", "accessible")
"""What a list can be narrowed by, beside the need; a place orders and never narrows."""


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What a search looks things up in: all of one edition; for which language, and when.

    `moment` is the local time, for what is open; None where no hours are told.
    """

    directory: Directory
    index: Index
    lexicon: NeedsLexicon
    language: str
    moment: datetime | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """Give the common language of the region."""
        return self.directory.vocabulary


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as it was asked for.

    `excluded`: ids of needs, topics and facts (or PLACE, AGE, SPOKEN_LANGUAGE) that the words seem
    to say and do not mean; `facets`: facet -> value that was chosen; `verbatim`: nothing is
    corrected; `unfinished`: the last word is still being typed.
    """

    words: str = ""
    place: Place | None = None
    need: str | None = None
    age: int | None = None
    excluded: tuple[str, ...] = ()
    facets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    verbatim: bool = False
    unfinished: bool = False
    limit: int = 20
