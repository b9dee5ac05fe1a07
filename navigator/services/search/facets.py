"""Facets: narrow a list by what is surely so, and count what each value would leave.

A facet hides only what surely does not have it; what nobody knows stays, further down, and says so.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from navigator.services.search.search_request import FACETS
from navigator.services.search.search_results import Facet
from navigator.services.search.static_features import StaticFeatures

YES, UNKNOWN = "yes", "unknown"
NOT_KNOWN = 0.5
"""The factor of a service that may have what was chosen, but nobody says so."""

_YES, _NO, _UNKNOWN = frozenset({YES}), frozenset[str](), frozenset({UNKNOWN})

FacetValues = Mapping[str, frozenset[str]]


def facet_values(
    features: StaticFeatures, moment: datetime | None, everywhere: frozenset[str]
) -> FacetValues:
    """Give the values of each facet that a service has; UNKNOWN where nobody says.

    `everywhere`: the municipalities that a service serves which names none.
    """
    record = features.service.record
    is_open = features.hours.open_at(moment) if features.hours and moment else None
    entrances = [address.accessible for address in record.places]
    some_unknown = not entrances or None in entrances
    accessible = True if True in entrances else (None if some_unknown else False)
    return {
        "age_band": features.age_bands,
        "language": frozenset(record.languages),
        "free": _yes_or_no(record.fees.free),
        "open_now": _yes_or_no(is_open),
        "self_referral": _yes_or_no(record.access.self_referral),
        "accessible": _yes_or_no(accessible),
        "need": frozenset(record.needs),
        "place": features.municipalities or everywhere,
    }


def facet_factor(values: FacetValues, chosen: Mapping[str, str]) -> float:
    """Give 0 for a service that surely lacks what was chosen, less than 1 where nobody knows."""
    total = 1.0
    for facet, value in chosen.items():
        if value not in values[facet]:
            total *= NOT_KNOWN if UNKNOWN in values[facet] else 0.0
    return total


def unknown_facets(values: FacetValues, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """List the chosen facets of which nobody knows whether a service has them."""
    return tuple(
        facet
        for facet, value in chosen.items()
        if value not in values[facet] and UNKNOWN in values[facet]
    )


def count_facets(every: Iterable[FacetValues], chosen: Mapping[str, str]) -> Mapping[str, Facet]:
    """Count for each facet how many services have each value, the other facets as chosen."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*FACETS, "need", "place")}
    for values in every:
        failed = [
            facet for facet, value in chosen.items() if facet_factor(values, {facet: value}) == 0
        ]
        for name, counter in counts.items():
            if not failed or failed == [name]:
                counter.update(values[name])
    unknown_of = {name: counter.pop(UNKNOWN, 0) for name, counter in counts.items()}
    return {
        name: Facet(name, dict(counter.most_common()), unknown_of[name])
        for name, counter in counts.items()
    }


def _yes_or_no(known: object) -> frozenset[str]:
    """Give the values of a yes-or-no facet: none of them where the answer is no."""
    return _YES if known is True else (_NO if known is False else _UNKNOWN)
