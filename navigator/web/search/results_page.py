"""What the search page shows: results with their cards, what was understood, what to do next."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory_data.vocabulary.loader import Place
from navigator.domain.access_points import widest_access_points
from navigator.domain.eligibility import Verdict, judge
from navigator.services.search.need_suggestions import nearest_needs
from navigator.services.search.result_explanations import OPEN
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_results import SearchResult, SearchResults
from navigator.web.base.request_context import container, current_edition, language
from navigator.web.directory.freshness import last_seen_text
from navigator.web.directory.person_in_address import PersonInAddress, person_of_results
from navigator.web.directory.personal_card import personal_service_card, plain_service_card
from navigator.web.directory.service_card import ServiceCard
from navigator.web.search.danger_notice import DangerNotice, danger_notice
from navigator.web.search.did_you_mean import DidYouMean, did_you_mean
from navigator.web.search.facet_fields import FacetField, facet_fields, unknown_facet_words
from navigator.web.search.plain_text import card_as_text
from navigator.web.search.query_chips import QueryChip, query_chips, taken_back
from navigator.web.search.url_state import PAGE, SearchUrlState


@dataclass(frozen=True, slots=True)
class ShownResult:
    """One service as the page shows it."""

    card: ServiceCard
    url: str
    why: tuple[str, ...]
    doubts: tuple[str, ...]
    fails: bool
    seen: str
    text: str
    listed: bool
    toggle: str


@dataclass(frozen=True, slots=True)
class NeedOffer:
    """A need that may have been meant, with the address of its search."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchPageView:
    """All that the page says of one search; `found` is None before anything was asked."""

    terms: SearchUrlState
    found: SearchResults | None
    person: PersonInAddress
    shown: tuple[ShownResult, ...]
    chips: tuple[QueryChip, ...]
    taken_back: tuple[QueryChip, ...]
    choices: tuple[FacetField, ...]
    shortlist: tuple[tuple[str, str, str], ...]
    danger: DangerNotice | None
    doubts: tuple[DidYouMean, ...]
    nearest: tuple[NeedOffer, ...]
    wider: tuple[str, str] | None
    elsewhere: Place | None
    """The place that was asked for, if nothing that was found serves it."""
    widest: tuple[ServiceCard, ...]

    @property
    def more_url(self) -> str:
        """Give the address with more results; empty if all are shown."""
        if self.found is None or self.found.total <= len(self.shown):
            return ""
        return self.terms.but(count=self.terms.count + PAGE).url


def search_page_view(terms: SearchUrlState, *, unfinished: bool = False) -> SearchPageView:
    """Search, and make what is shown of it."""
    here, shelf = container(), current_edition()
    moment = here.now().astimezone(here.zone)
    found = None
    if terms.asks:
        asked = terms.asked(here.vocabulary, language(), moment, unfinished=unfinished)
        found = find_services(shelf.index, shelf.guide, asked, limit=terms.count)
    nothing = found is not None and not found.results
    elsewhere = _elsewhere(found)
    person = person_of_results(found)
    return SearchPageView(
        terms=terms,
        found=found,
        person=person,
        shown=tuple(_shown(one, terms, person, moment) for one in found.results) if found else (),
        chips=query_chips(terms, found, here.vocabulary) if found else (),
        taken_back=taken_back(terms, here.vocabulary),
        choices=facet_fields(terms, found, here.vocabulary, shelf.directory),
        shortlist=_shortlist(terms),
        danger=danger_notice(terms.words, person.answers(here.vocabulary)),
        doubts=did_you_mean(terms, found),
        nearest=_nearest(terms, found) if nothing else (),
        wider=_wider(terms, found) if nothing or elsewhere else None,
        elsewhere=elsewhere,
        widest=tuple(
            plain_service_card(door, moment) for door in widest_access_points(shelf.directory)
        )
        if nothing or elsewhere
        else (),
    )


def _shown(
    one: SearchResult, terms: SearchUrlState, person: PersonInAddress, moment: datetime
) -> ShownResult:
    made = personal_service_card(one.service, person, moment)
    return ShownResult(
        card=made,
        url=url_for("services.show", service_id=one.service.id, **person.fields),
        # The badge of the card says it already.
        why=tuple(why for why in one.why if why != OPEN[language()]),
        doubts=unknown_facet_words(one.doubts),
        fails=one.verdict is Verdict.DOES_NOT_FIT,
        seen=last_seen_text((one.door or one.service).record, moment.date()),
        text=card_as_text(made),
        listed=one.service.id in terms.shortlist,
        toggle=terms.toggled(one.service.id).url,
    )


def _shortlist(terms: SearchUrlState) -> tuple[tuple[str, str, str], ...]:
    """Give id, name and the address without it, of each service on the shortlist."""
    services = current_edition().directory.services
    return tuple(
        (one, services[one].record.name.in_(language()), terms.toggled(one).url)
        for one in terms.shortlist
    )


def _nearest(terms: SearchUrlState, found: SearchResults | None) -> tuple[NeedOffer, ...]:
    """Offer the needs that the words name or resemble."""
    known = container().vocabulary.needs
    heard = found.needs if found else ()
    near = dict.fromkeys((*heard, *nearest_needs(current_edition().directory, terms.words)))
    return tuple(
        NeedOffer(
            known[need].label.in_(language()),
            SearchUrlState(need=need, place=terms.place, shortlist=terms.shortlist).url,
        )
        for need in near
        if (need, terms.words) != (terms.need, "") and need in current_edition().directory.by_need
    )


def _wider(terms: SearchUrlState, found: SearchResults | None) -> tuple[str, str] | None:
    """Give the place around the one asked for, and the address of the search there."""
    place = found.place if found else None
    places = container().vocabulary.places
    if place is None or place.inside is None:
        return None
    around = places[place.inside]
    without = tuple(dict.fromkeys((*terms.without, "place")))
    if around.municipality:
        return around.name.in_(language()), terms.but(place=around.id).url
    return around.name.in_(language()), terms.but(place="", without=without).url


def _elsewhere(found: SearchResults | None) -> Place | None:
    place = found.place if found else None
    if found is None or place is None or not found.results or not place.municipality:
        return None
    here = {"municipality": place.municipality}
    judged = (judge(one.service.record, here).verdict for one in found.results)
    return place if all(one is Verdict.DOES_NOT_FIT for one in judged) else None
