"""The ways to narrow a list, with how many services each would leave."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.ranking_features import AGE_BANDS
from navigator.services.search.search_request import FACETS
from navigator.services.search.search_results import SearchResults
from navigator.web.base.request_context import gettext as _
from navigator.web.base.request_context import language
from navigator.web.directory.service_card import SHOWN_LANGUAGES
from navigator.web.search.url_state import FACET_FIELDS, SearchUrlState
from navigator.wording.language_names import language_name

YES = "yes"

VALUES: Mapping[str, tuple[str, ...]] = {
    "age_band": tuple(AGE_BANDS),
    "language": SHOWN_LANGUAGES,
    **{facet: (YES,) for facet in FACETS if facet not in {"age_band", "language"}},
}
"""The values that an address may choose of each facet."""


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value that can be chosen; `count` is None before a search."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetField:
    """One field of the form: a list of values, or a box to tick."""

    field: str
    label: str
    nothing: str
    options: tuple[FacetOption, ...]
    unknown: int = 0
    """Of how many services in the list nobody knows it."""

    @property
    def box(self) -> bool:
        """Say whether it is a single box."""
        return len(self.options) == 1 and self.options[0].value == YES


def facet_fields(
    terms: SearchUrlState, found: SearchResults | None, vocabulary: Vocabulary, directory: Directory
) -> tuple[FacetField, ...]:
    """Give the fields that narrow the list (and the place, which orders it)."""
    return (
        _places(terms, found, vocabulary, directory),
        _needs(terms, found, vocabulary, directory),
        *(_facet(facet, terms, found) for facet in FACETS if _has_values(facet, terms, found)),
    )


def _places(
    terms: SearchUrlState, found: SearchResults | None, vocabulary: Vocabulary, directory: Directory
) -> FacetField:
    counts = found.facets["place"].counts if found else {}
    towns = [town.id for town in vocabulary.towns]
    if terms.place and terms.place not in towns:
        towns.append(terms.place)
    options = tuple(
        FacetOption(
            value=town,
            label=vocabulary.places[town].name.in_(language()),
            count=counts.get(vocabulary.places[town].municipality or "", 0) if found else None,
            chosen=town == terms.place,
        )
        for town in towns
    )
    return FacetField(
        "place",
        _("Place"),
        _("All of %(region)s", region=directory.policy.name.in_(language())),
        options,
    )


def _needs(
    terms: SearchUrlState, found: SearchResults | None, vocabulary: Vocabulary, directory: Directory
) -> FacetField:
    counts = found.facets["need"].counts if found else {}
    options = [
        FacetOption(
            need.id, need.label.in_(language()), counts.get(need.id, 0), need.id == terms.need
        )
        for need in vocabulary.needs.values()
        if need.id in directory.by_need
    ]
    if found:
        options = [one for one in options if one.count or one.chosen]
        options.sort(key=lambda one: -(one.count or 0))
    else:
        options = [FacetOption(one.value, one.label, None, one.chosen) for one in options]
    return FacetField("need", _("Need"), _("Any need"), tuple(options))


def _facet(facet: str, terms: SearchUrlState, found: SearchResults | None) -> FacetField:
    chosen = dict(terms.chosen).get(facet)
    counts = found.facets[facet].counts if found else {}
    options = tuple(
        FacetOption(value, _value_words(facet, value), counts.get(value, 0) if found else None,
               value == chosen)
        for value in VALUES[facet]
        if not found or counts.get(value) or value in {chosen, YES}
    )  # fmt: skip
    label, nothing = _labels(facet)
    unknown = found.facets[facet].unknown if found else 0
    return FacetField(FACET_FIELDS[facet], label, nothing, options, unknown)


def _has_values(facet: str, terms: SearchUrlState, found: SearchResults | None) -> bool:
    """Leave out a box that nothing in the list can be ticked for."""
    if found is None or VALUES[facet] != (YES,) or facet in dict(terms.chosen):
        return True
    return found.facets[facet].counts.get(YES, 0) > 0


def _labels(facet: str) -> tuple[str, str]:
    return {
        "age_band": (_("Age"), _("Any age")),
        "language": (_("Language of the service"), _("Any language")),
        "free": (_("Free"), ""),
        "open_now": (_("Open now"), ""),
        "self_referral": (_("No referral needed"), ""),
        "accessible": (_("Wheelchair access"), ""),
    }[facet]


def _value_words(facet: str, value: str) -> str:
    if facet == "age_band":
        return _("%(ages)s years", ages=value)
    if facet == "language":
        return language_name(value, language(), on_card=True)
    return _labels(facet)[0]


def unknown_facet_words(doubts: tuple[str, ...]) -> tuple[str, ...]:
    """Say what is not known of what was chosen: "Not known: Open now"."""
    return tuple(_("Not known: %(what)s", what=_labels(one)[0]) for one in doubts)
