"""The search page: results with their cards, what was understood, and where to go from here."""

from dataclasses import dataclass, replace

from flask import url_for

from navigator.domain.eligibility import Answers, Verdict
from navigator.nlp.danger.detector import DangerLevel, detect_danger
from navigator.services.safety_cards import safety_card_for_person
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_request import SearchContext
from navigator.services.search.search_results import SearchResult, SearchResults
from navigator.web.base.request_context import PageContext
from navigator.web.directory.person_in_url import PersonInUrl, person_of_results
from navigator.web.directory.plain_text_card import card_as_text, last_seen_text
from navigator.web.directory.service_card import (
    ServiceCard,
    personal_service_card,
    plain_service_card,
)
from navigator.web.search.alternatives import LabelledLink, SearchAlternatives, find_alternatives
from navigator.web.search.facet_fields import FacetField, facet_fields, unknown_facet_texts
from navigator.web.search.query_chips import (
    DidYouMean,
    QueryChip,
    did_you_mean,
    excluded_chips,
    query_chips,
)
from navigator.web.search.search_url import SearchUrl
from navigator.wording.content import search_text


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A service as the page shows it; `toggle_url` puts it on the shortlist or takes it off."""

    card: ServiceCard
    url: str
    reasons: tuple[str, ...]
    unknown_facets: tuple[str, ...]
    does_not_fit: bool
    last_seen: str
    text: str
    is_listed: bool
    toggle_url: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The services on the shortlist, each with the address without it, and what to do with all."""

    items: tuple[LabelledLink, ...]
    print_url: str
    compare_url: str


@dataclass(frozen=True, slots=True)
class DangerNotice:
    """What is said before the results: fixed words, whether 911 comes first, and lines."""

    first: str
    emergency: bool
    lines: tuple[ServiceCard, ...]


@dataclass(frozen=True, slots=True)
class QueryFeedback:
    """How the query was understood, and the addresses that change it."""

    chips: tuple[QueryChip, ...]
    excluded: tuple[QueryChip, ...]
    did_you_mean: tuple[DidYouMean, ...]
    verbatim_url: str
    corrected_url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """All that the page says of one search; `results` is None before anything was asked."""

    url: SearchUrl
    results: SearchResults | None
    shown: tuple[ShownResult, ...]
    more_url: str
    danger: DangerNotice | None
    shortlist: Shortlist | None
    facets: tuple[FacetField, ...]
    feedback: QueryFeedback | None
    alternatives: SearchAlternatives | None


def search_page(url: SearchUrl, context: PageContext) -> SearchPage:
    """Search, and make what is shown of it."""
    found = None if url.is_empty else find_services(url.request, _search_context(context))
    person = person_of_results(found)
    answers = person.answers(context.vocabulary)
    return SearchPage(
        url=url,
        results=found,
        shown=_shown_results(found, url, person, context) if found else (),
        more_url=_more_url(found, url),
        danger=_danger_notice(url.request.words, answers, context),
        shortlist=_shortlist(url, person, context),
        facets=facet_fields(url.request, found, context),
        feedback=_feedback(found, url, context) if found else None,
        alternatives=find_alternatives(found, url, context) if found else None,
    )


def _search_context(context: PageContext) -> SearchContext:
    edition = context.edition
    return SearchContext(
        directory=edition.directory,
        index=edition.index,
        lexicon=edition.guide.lexicon,
        language=context.language,
        moment=context.moment,
    )


def _shown_results(
    found: SearchResults, url: SearchUrl, person: PersonInUrl, context: PageContext
) -> tuple[ShownResult, ...]:
    return tuple(_shown_result(result, url, person, context) for result in found.results)


def _shown_result(
    result: SearchResult, url: SearchUrl, person: PersonInUrl, context: PageContext
) -> ShownResult:
    service, language = result.service, context.language
    card = personal_service_card(service, person, context)
    contact = (result.access_point or service).record
    open_now = search_text("open-now", language)  # the badge of the card says it already
    return ShownResult(
        card=card,
        url=url_for("services.show", service_id=service.id, **person.fields),
        reasons=tuple(reason for reason in result.reasons if reason != open_now),
        unknown_facets=unknown_facet_texts(result.unknown_facets),
        does_not_fit=result.verdict is Verdict.DOES_NOT_FIT,
        last_seen=last_seen_text(contact, context.moment.date(), language),
        text=card_as_text(card),
        is_listed=service.id in url.shortlist,
        toggle_url=url.with_toggled(service.id).href,
    )


def _more_url(found: SearchResults | None, url: SearchUrl) -> str:
    """Give the address with more results; empty if all are shown."""
    if found is None or found.total <= len(found.results):
        return ""
    return url.with_more_results().href


def _danger_notice(words: str, answers: Answers, context: PageContext) -> DangerNotice | None:
    """Give what to say of the danger in the words; None where there is none."""
    danger = detect_danger(words, context.container.danger)
    if danger.level is DangerLevel.NONE:
        return None
    directory = context.directory
    safety_card = safety_card_for_person(danger, directory, answers, context.language)
    return DangerNotice(
        first=safety_card.first,
        emergency=danger.level is DangerLevel.EMERGENCY,
        lines=tuple(
            plain_service_card(directory.services[id_], context)
            for id_ in safety_card.service_ids
            if id_ in directory.services
        ),
    )


def _shortlist(url: SearchUrl, person: PersonInUrl, context: PageContext) -> Shortlist | None:
    services, ids, fields = context.directory.services, url.shortlist, person.fields
    if not ids:
        return None
    return Shortlist(
        items=tuple(
            LabelledLink(
                id_,
                services[id_].record.name.in_(context.language),
                url.with_toggled(id_).href,
            )
            for id_ in ids
        ),
        print_url=url_for("search.shortlist.show", ids=",".join(ids), **fields),
        compare_url=url_for("search.shortlist.compare", ids=",".join(ids[-2:]), **fields),
    )


def _feedback(found: SearchResults, url: SearchUrl, context: PageContext) -> QueryFeedback:
    vocabulary, language = context.vocabulary, context.language
    return QueryFeedback(
        chips=query_chips(url, found.query, vocabulary, language),
        excluded=excluded_chips(url, vocabulary, language),
        did_you_mean=did_you_mean(url, found.query),
        verbatim_url=url.with_request(replace(url.request, verbatim=True)).href,
        corrected_url=url.with_request(replace(url.request, verbatim=False)).href,
    )
