"""Ranking features: what the ranking knows of each service beforehand, computed once an edition."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, prod, radians

from directory_data.directory import Directory, Service
from directory_data.opening_hours import OpeningHours
from directory_data.records import Rule, RuleStrength, ServiceRecord
from directory_data.vocabulary.loader import Place, Vocabulary
from navigator.domain.eligibility import Verdict, judge
from search_index.analyzer import content_words, tokens

NARROWER, NARROWER_BY_AGE, NARROWER_IN_WORDS, MADE_FOR = 0.9, 0.95, 0.95, 0.9
"""Each thing that a service asks of a person puts it behind those that ask nothing, if all else
is equal: a line for farmers comes after the line for everybody."""

IDENTITIES = frozenset(
    {"veteran", "student", "indigenous", "black", "lgbtq", "newcomer", "francophone", "gender"}
)
"""What a service that is made for some people (and turns nobody away) asks about."""

AGE_BANDS: Mapping[str, tuple[int, ...]] = {
    "0-12": (3, 8, 12),
    "13-17": (13, 15, 17),
    "18-24": (18, 21, 24),
    "25-54": (25, 40, 54),
    "55+": (55, 65, 80),
}
"""Ages of each band that are tried: a service is for a band if one of them may come."""

MOST_OF_A_NAME = 0.6
"""The part of a name, and of the query, that must be in the other to call a service by its name."""

KM_PER_DEGREE = 111.2
"""Kilometres of a degree of latitude."""

_BRACKET = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class StaticFeatures:
    """One service: whom it serves, how narrow it is, where it lies.

    `municipalities`: that its rules name; `narrowness`: a factor of the score; `is_access_point`:
    others are reached through it; `locations`: the places of the common language where it is given;
    `name_tokens`: the words of its names, and `names` the content words of each; `age_bands`: that
    it may be for; `hours`: of itself, or else of the access point that leads to it.
    """

    service: Service
    municipalities: frozenset[str]
    narrowness: float
    is_access_point: bool
    locations: tuple[Place, ...]
    name_tokens: frozenset[str]
    names: tuple[frozenset[str], ...]
    age_bands: frozenset[str]
    hours: OpeningHours | None

    def is_called(self, terms: frozenset[str], *, doubtful: frozenset[str] = frozenset()) -> bool:
        """Say whether content terms are mostly those of one of its names, the doubtful too."""
        return any(
            len(terms & name) > 1
            and len(doubtful & name) >= len(doubtful) / 2
            and len(terms & name) >= MOST_OF_A_NAME * max(len(name), len(terms))
            for name in self.names
        )

    def lies_in(self, place: Place, vocabulary: Vocabulary) -> bool:
        """Say whether it is given in the place, or in the town of a postal area."""
        is_postal_area = place.postal == (place.id.upper(),)
        town = place.inside if is_postal_area else place.id
        return any(town in vocabulary.around(location.id) for location in self.locations)

    def kilometres_from(self, place: Place, vocabulary: Vocabulary) -> float | None:
        """Give the kilometres to its nearest location, as the crow flies; None where not known."""
        start = _coordinates(place, vocabulary)
        ends = (_coordinates(location, vocabulary) for location in self.locations)
        return min(
            (_kilometres(start, end) for end in ends if start is not None and end is not None),
            default=None,
        )


def static_features(directory: Directory) -> Mapping[str, StaticFeatures]:
    """Give the features of all services by id; computed once for an edition."""
    return directory.derived(_compute)


def municipalities_served(record: ServiceRecord) -> frozenset[str]:
    """Give the municipalities that the rules of a service name."""
    return frozenset(
        str(value)
        for rule in record.rules
        if rule.strength is not RuleStrength.EXCLUDES
        for test in rule.comparisons()
        if test.fact == "municipality" and isinstance(test.value, tuple)
        for value in test.value
    )


def rule_narrowness(rule: Rule) -> float:
    """Give the factor of a rule that asks something of a person; its place is weighed apart."""
    facts = {test.fact for test in rule.comparisons()}
    if rule.strength is RuleStrength.PREFERS and facts <= IDENTITIES:
        return MADE_FOR
    if rule.strength is not RuleStrength.REQUIRES or facts == {"municipality"}:
        return 1.0
    return NARROWER_BY_AGE if facts == {"age"} else NARROWER


def _compute(directory: Directory) -> Mapping[str, StaticFeatures]:
    access_points = {service.record.access.through for service in directory}
    return {
        service.id: StaticFeatures(
            service=service,
            municipalities=municipalities_served(service.record),
            narrowness=_narrowness(service.record),
            is_access_point=service.id in access_points,
            locations=_locations(service.record, directory.vocabulary),
            name_tokens=_name_tokens(service),
            names=_names(service.record),
            age_bands=frozenset(
                band for band, ages in AGE_BANDS.items() if _may_come(service.record, ages)
            ),
            hours=_hours(service, directory),
        )
        for service in directory
    }


def _hours(service: Service, directory: Directory) -> OpeningHours | None:
    """Give the hours that count for who calls now: of the access point, where there is one."""
    access_point = directory.access_point_of(service)
    return service.record.hours if access_point is None else _hours(access_point, directory)


def _name_tokens(service: Service) -> frozenset[str]:
    record, organization = service.record, service.organization
    names = (record.name.en, record.name.fr, *record.alternate_names, organization.name.en)
    return frozenset(tokens(" ".join(names)))


def _names(record: ServiceRecord) -> tuple[frozenset[str], ...]:
    """Give the words of each name, without what a bracket adds."""
    short = (record.short_name.en, record.short_name.fr) if record.short_name else ()
    names = (record.name.en, record.name.fr, *record.alternate_names, *short)
    return tuple(frozenset(content_words(tokens(_BRACKET.sub(" ", name)))) for name in names)


def _narrowness(record: ServiceRecord) -> float:
    in_words = NARROWER_IN_WORDS ** len(record.other_criteria)
    return prod(map(rule_narrowness, record.rules)) * in_words


def _locations(record: ServiceRecord, vocabulary: Vocabulary) -> tuple[Place, ...]:
    """Find the finest known place of each address: its postal area, or else its town."""
    found: list[Place] = []
    for address in record.places:
        postal_code = address.postal_code
        postal_area = vocabulary.place_named(postal_code[:3]) if postal_code else None
        location = postal_area or vocabulary.place_named(address.city)
        if location is not None:
            found.append(location)
    return tuple(found)


def _may_come(record: ServiceRecord, ages: Sequence[int]) -> bool:
    return any(judge(record, {"age": age}).verdict is not Verdict.DOES_NOT_FIT for age in ages)


def _coordinates(place: Place, vocabulary: Vocabulary) -> tuple[float, float] | None:
    around = (vocabulary.places[place_id] for place_id in vocabulary.around(place.id))
    return next((wider.near for wider in around if wider.near is not None), None)


def _kilometres(start: tuple[float, float], end: tuple[float, float]) -> float:
    north = (end[0] - start[0]) * KM_PER_DEGREE
    east = (end[1] - start[1]) * KM_PER_DEGREE * cos(radians(start[0]))
    return hypot(north, east)
