"""The address of a search: all that was asked or chosen stands in it, and nothing elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from directory_data.directory import Directory
from navigator.services.search.search_request import PLACE, SPOKEN_LANGUAGE, SearchRequest

LONGEST_QUERY = 200
"""Letters of a query; the box of the form takes no more, and three sentences fit."""

PAGE, MOST_RESULTS = 10, 60
"""Results that are shown at first, and at most."""

LONGEST_SHORTLIST = 12
"""Services on a shortlist: as many as fit on two printed pages."""

FACET_PARAMETERS: Mapping[str, str] = {
    "age_band": "band",
    "language": "spoken",
    "free": "free",
    "open_now": "open",
    "self_referral": "self",
    "accessible": "access",
}
"""The parameter of the address that chooses a facet; `lang` is the language of the page."""


@dataclass(frozen=True, slots=True)
class SearchUrl:
    """A search as its address says it: what is asked for, and the ids on the shortlist."""

    request: SearchRequest
    shortlist: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to look for."""
        return not (self.request.words.strip() or self.request.need)

    @property
    def href(self) -> str:
        """Give the address of this search."""
        parameters = urlencode([(name, value) for name, value in self._parameters() if value])
        return url_for("search.results") + (f"?{parameters}" if parameters else "")

    def with_request(self, request: SearchRequest) -> "SearchUrl":
        """Ask for something else, from its first page on."""
        return replace(self, request=replace(request, limit=PAGE))

    def with_more_results(self) -> "SearchUrl":
        """Ask for one page more."""
        return replace(self, request=replace(self.request, limit=self.request.limit + PAGE))

    def with_toggled(self, service_id: str) -> "SearchUrl":
        """Put a service on the shortlist, or take it off."""
        if service_id in self.shortlist:
            kept = tuple(id_ for id_ in self.shortlist if id_ != service_id)
        else:
            kept = (*self.shortlist, service_id)[:LONGEST_SHORTLIST]
        return replace(self, shortlist=kept)

    def _parameters(self) -> list[tuple[str, str]]:
        request = self.request
        return [
            ("q", request.words),
            ("place", request.place.id if request.place else ""),
            ("need", request.need or ""),
            *((FACET_PARAMETERS[facet], value) for facet, value in request.facets.items()),
            *(("not", excluded) for excluded in request.excluded),
            ("exact", "1" if request.verbatim else ""),
            ("list", ",".join(self.shortlist)),
            ("n", str(request.limit) if request.limit != PAGE else ""),
        ]


def read_search_url(
    args: MultiDict[str, str],
    directory: Directory,
    facet_values: Mapping[str, tuple[str, ...]],
    *,
    unfinished: bool = False,
) -> SearchUrl:
    """Read an address; what is not known in it is left out."""
    vocabulary = directory.vocabulary
    need, count = args.get("need", ""), args.get("n", "")
    chosen = {facet: args.get(name, "") for facet, name in FACET_PARAMETERS.items()}
    topics = vocabulary.topics.by_id
    excludable = {*vocabulary.needs, *vocabulary.facts, *topics, PLACE, SPOKEN_LANGUAGE}
    request = SearchRequest(
        words=args.get("q", "")[:LONGEST_QUERY],
        place=vocabulary.places.get(args.get("place", "")),
        need=need if need in vocabulary.needs else None,
        excluded=tuple(dict.fromkeys(id_ for id_ in args.getlist("not") if id_ in excludable)),
        facets={facet: value for facet, value in chosen.items() if value in facet_values[facet]},
        verbatim=args.get("exact") == "1",
        unfinished=unfinished,
        limit=min(max(int(count), PAGE), MOST_RESULTS)
        if re.fullmatch(r"[0-9]{1,3}", count)
        else PAGE,
    )
    return SearchUrl(request, read_service_ids(args.get("list", ""), directory))


def read_service_ids(joined: str, directory: Directory) -> tuple[str, ...]:
    """Read the ids of shown services, each once, from an address."""
    known = (id_ for id_ in joined.split(",") if id_ in directory.services)
    return tuple(dict.fromkeys(known))[:LONGEST_SHORTLIST]
