"""What a search gives: services with reasons, what was understood, and how to narrow the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.bilingual import Bilingual
from directory_data.directory import Service
from directory_data.vocabulary.loader import Place
from navigator.domain.eligibility import Answer, Verdict
from navigator.services.search.correction_policy import UnmatchedWord


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One service that was found, with why it is there.

    `door`: the service to contact for it, given the place and age that were heard; None where it
    is contacted itself.
    """

    service: Service
    door: Service | None
    score: float
    why: tuple[str, ...]
    verdict: Verdict = Verdict.MAY_FIT
    doubts: tuple[str, ...] = ()
    """What is not known about a facet that was chosen, in words."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list: its values, each with how many services have it for sure.

    `unknown`: of how many nobody knows; these stay in the list whatever is chosen.
    """

    name: str
    counts: Mapping[str, int]
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search gave; `corrected` is what was searched instead, where that differs.

    `place`, `facts`, `group` and `spoken` are read from the words; `needs` and `topics` recognized
    in them; `doubts`: words that nothing was found for; `hidden`: how many services a chosen facet
    left out because they surely don't have it.
    """

    query: str
    corrected: str | None
    needs: tuple[str, ...]
    place: Place | None
    total: int
    results: tuple[SearchResult, ...]
    facts: Mapping[str, Answer]
    facets: Mapping[str, Facet]
    hidden: int = 0
    topics: tuple[str, ...] = ()
    group: Bilingual | None = None
    spoken: Bilingual | None = None
    doubts: tuple[UnmatchedWord, ...] = ()
