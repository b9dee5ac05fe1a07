"""The ranked results: services with reasons, and what each way to narrow the list would leave."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.directory import Service
from navigator.domain.eligibility import Verdict
from navigator.services.search.query_understanding import ParsedQuery


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A service that was found, with why it is there.

    `access_point`: the service to contact for it, given the place and age that the query names;
    None where it is contacted itself. `unknown_facets`: those chosen of which nobody knows whether
    it has them.
    """

    service: Service
    access_point: Service | None
    score: float
    reasons: tuple[str, ...]
    verdict: Verdict = Verdict.MAY_FIT
    unknown_facets: tuple[str, ...] = ()


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
    """What a search found for a query, the best first.

    `corrected` is what was searched instead, where that differs; `hidden`: how many services a
    chosen facet left out because they surely don't have it; `suggested_needs`: what may have been
    meant where nothing was found.
    """

    query: ParsedQuery
    corrected: str | None
    results: tuple[SearchResult, ...]
    total: int
    facets: Mapping[str, Facet]
    hidden: int = 0
    suggested_needs: tuple[str, ...] = ()
