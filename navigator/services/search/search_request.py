"""What is asked of the search: words, and what was chosen beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from directory_data.vocabulary.loader import Place

PLACE, AGE, SPOKEN = "place", "age", "spoken"
"""What was understood and can be taken back, beside the ids of needs, topics and other facts."""

AT_THE_DOOR = (AGE, "municipality")
"""The facts that decide which door leads to a service; an address may say them."""

FACETS = ("age_band", "language", "free", "open_now", "self_referral", "accessible")
"""What a list can be narrowed by, beside the need; a place orders and never narrows."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as it was asked.

    `without`: ids of needs, topics and facts (or "place", "age", "spoken") that the words seem to
    say and do not mean; `exactly`: nothing is corrected; `unfinished`: the last word is still being
    typed;
    `chosen`: facet -> value; `moment`: the local time, for what is open.
    """

    words: str
    language: str
    place: Place | None = None
    need: str | None = None
    age: int | None = None
    without: frozenset[str] = frozenset()
    exactly: bool = False
    unfinished: bool = False
    chosen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    moment: datetime | None = None
