"""The fields of the form that narrow a list, with how many services each value would leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from navigator.services.search.search_request import FACETS, SearchRequest
from navigator.services.search.search_results import SearchResults
from navigator.services.search.static_features import AGE_BANDS
from navigator.web.base.request_context import PageContext
from navigator.web.base.request_context import gettext as _
from navigator.web.directory.service_card import SHOWN_LANGUAGES
from navigator.web.search.search_url import FACET_PARAMETERS
from navigator.wording.language_names import language_name

YES = "yes"

FACET_VALUES: Mapping[str, tuple[str, ...]] = {
    "age_band": tuple(AGE_BANDS),
    "language": SHOWN_LANGUAGES,
    **{facet: (YES,) for facet in FACETS if facet not in {"age_band", "language"}},
}
"""The values that an address may choose of each facet."""


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A value that can be chosen; `count` is None before a search."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetField:
    """A field of the form: a list of values, or a box to tick.

    `any_value` is said where nothing is chosen; `unknown`: of how many services in the list nobody
    knows it.
    """

    name: str
    label: str
    any_value: str
    options: tuple[FacetOption, ...]
    unknown: int = 0

    @property
    def is_checkbox(self) -> bool:
        """Say whether it is a single box."""
        return len(self.options) == 1 and self.options[0].value == YES


def facet_fields(
    request: SearchRequest, found: SearchResults | None, context: PageContext
) -> tuple[FacetField, ...]:
    """Give the fields that narrow the list (and the place, which orders it)."""
    return (
        _place_field(request, found, context),
        _need_field(request, found, context),
        *(
            _facet_field(facet, request, found, context.language)
            for facet in FACETS
            if _has_values(facet, request, found)
        ),
    )


def _place_field(
    request: SearchRequest, found: SearchResults | None, context: PageContext
) -> FacetField:
    counts = found.facets["place"].counts if found else {}
    chosen = request.place.id if request.place else ""
    places = context.vocabulary.places
    offered = [town.id for town in context.vocabulary.towns]
    if chosen and chosen not in offered:
        offered.append(chosen)
    options = tuple(
        FacetOption(
            value=town,
            label=places[town].name.in_(context.language),
            count=counts.get(places[town].municipality or "", 0) if found else None,
            chosen=town == chosen,
        )
        for town in offered
    )
    region = context.directory.policy.name.in_(context.language)
    return FacetField("place", _("Place"), _("All of %(region)s", region=region), options)


def _need_field(
    request: SearchRequest, found: SearchResults | None, context: PageContext
) -> FacetField:
    counts = found.facets["need"].counts if found else {}
    options = [
        FacetOption(
            value=need.id,
            label=need.label.in_(context.language),
            count=counts.get(need.id, 0) if found else None,
            chosen=need.id == request.need,
        )
        for need in context.vocabulary.needs.values()
        if need.id in context.directory.by_need
    ]
    if found:
        options = [option for option in options if option.count or option.chosen]
        options.sort(key=lambda option: -(option.count or 0))
    return FacetField("need", _("Need"), _("Any need"), tuple(options))


def _facet_field(
    facet: str, request: SearchRequest, found: SearchResults | None, language: str
) -> FacetField:
    chosen = request.facets.get(facet)
    counts = found.facets[facet].counts if found else {}
    options = tuple(
        FacetOption(
            value=value,
            label=_value_label(facet, value, language),
            count=counts.get(value, 0) if found else None,
            chosen=value == chosen,
        )
        for value in FACET_VALUES[facet]
        if not found or counts.get(value) or value in {chosen, YES}
    )
    return FacetField(
        name=FACET_PARAMETERS[facet],
        label=_LABELS[facet](),
        any_value=_ANY_VALUE[facet]() if facet in _ANY_VALUE else "",
        options=options,
        unknown=found.facets[facet].unknown if found else 0,
    )


def _has_values(facet: str, request: SearchRequest, found: SearchResults | None) -> bool:
    """Leave out a box that nothing in the list can be ticked for."""
    if found is None or FACET_VALUES[facet] != (YES,) or facet in request.facets:
        return True
    return found.facets[facet].counts.get(YES, 0) > 0


_LABELS: Mapping[str, Callable[[], str]] = {
    "age_band": lambda: _("Age"),
    "language": lambda: _("Language of the service"),
    "free": lambda: _("Free"),
    "open_now": lambda: _("Open now"),
    "self_referral": lambda: _("No referral needed"),
    "accessible": lambda: _("Wheelchair access"),
}

_ANY_VALUE: Mapping[str, Callable[[], str]] = {
    "age_band": lambda: _("Any age"),
    "language": lambda: _("Any language"),
}


def _value_label(facet: str, value: str, language: str) -> str:
    if facet == "age_band":
        return _("%(ages)s years", ages=value)
    if facet == "language":
        return language_name(value, language, on_card=True)
    return _LABELS[facet]()


def unknown_facet_texts(facets: tuple[str, ...]) -> tuple[str, ...]:
    """Say what is not known of what was chosen: "Not known: Open now"."""
    return tuple(_("Not known: %(what)s", what=_LABELS[facet]()) for facet in facets)
