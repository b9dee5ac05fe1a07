"""Where else to go, where a search found nothing, or nothing for the place that was asked for."""

from dataclasses import dataclass, replace

from directory_data.vocabulary.loader import Place
from navigator.domain.access_point_selection import widest_access_points
from navigator.domain.eligibility import Verdict, judge
from navigator.services.search.search_request import PLACE, SearchRequest
from navigator.services.search.search_results import SearchResults
from navigator.web.base.request_context import PageContext
from navigator.web.directory.service_card import ServiceCard, plain_service_card
from navigator.web.search.search_url import PAGE, SearchUrl


@dataclass(frozen=True, slots=True)
class LabelledLink:
    """An address with what it leads to; `id` is that of the service or need, if it is one."""

    id: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchAlternatives:
    """Where else to go, where nothing was found or nothing is for the place.

    `elsewhere`: the place that was asked for, if nothing that was found serves it.
    """

    without_facets_url: str
    needs: tuple[LabelledLink, ...]
    wider: LabelledLink | None
    elsewhere: Place | None
    contacts: tuple[ServiceCard, ...]


def find_alternatives(
    found: SearchResults, url: SearchUrl, context: PageContext
) -> SearchAlternatives | None:
    """Give where else to go; None where something was found that is for the place."""
    elsewhere = _place_nobody_serves(found)
    if found.results and elsewhere is None:
        return None
    return SearchAlternatives(
        without_facets_url=url.with_request(replace(url.request, facets={})).href,
        needs=_suggested_needs(found, url, context),
        wider=_wider_place(found.query.place, url, context),
        elsewhere=elsewhere,
        contacts=tuple(
            plain_service_card(service, context)
            for service in widest_access_points(context.directory)
        ),
    )


def _suggested_needs(
    found: SearchResults, url: SearchUrl, context: PageContext
) -> tuple[LabelledLink, ...]:
    """Offer the needs that the words name or resemble, but not the very search again."""
    request, needs = url.request, context.vocabulary.needs
    return tuple(
        LabelledLink(
            need,
            needs[need].label.in_(context.language),
            SearchUrl(
                SearchRequest(need=need, place=request.place, limit=PAGE), url.shortlist
            ).href,
        )
        for need in found.suggested_needs
        if need in context.directory.by_need and (need, request.words) != (request.need, "")
    )


def _wider_place(place: Place | None, url: SearchUrl, context: PageContext) -> LabelledLink | None:
    """Give the place around the one asked for, and the address of the search there."""
    if place is None or place.inside is None:
        return None
    wider = context.vocabulary.places[place.inside]
    if wider.municipality:
        request = replace(url.request, place=wider)
    else:
        excluded = tuple(dict.fromkeys((*url.request.excluded, PLACE)))
        request = replace(url.request, place=None, excluded=excluded)
    label = wider.name.in_(context.language)
    return LabelledLink(wider.id, label, url.with_request(request).href)


def _place_nobody_serves(found: SearchResults) -> Place | None:
    place = found.query.place
    if place is None or not found.results or not place.municipality:
        return None
    here = {"municipality": place.municipality}
    verdicts = (judge(result.service.record, here).verdict for result in found.results)
    return place if all(verdict is Verdict.DOES_NOT_FIT for verdict in verdicts) else None
