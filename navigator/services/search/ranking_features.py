"""What the ranking knows of each service beforehand; laid out once for an edition."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

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


@dataclass(frozen=True, slots=True)
class RankingFeatures:
    """One service: whom it serves, how narrow it is, where it lies.

    `narrow`: a factor of the score; `door`: others are reached through it; `spots`: the places of
    the common language where it is given; `names`: the words of its names; `bands`: the age bands
    that it may be for; `hours`: of itself, or else of the door that leads to it; `called`: the
    telling words of each of its names.
    """

    service: Service
    served: frozenset[str]
    narrow: float
    door: bool
    spots: tuple[Place, ...]
    names: frozenset[str]
    bands: frozenset[str]
    hours: OpeningHours | None
    called: tuple[frozenset[str], ...]

    def is_called(self, words: frozenset[str], *, doubted: frozenset[str] = frozenset()) -> bool:
        """Say whether telling words are mostly those of one of its names, the doubted too."""
        return any(
            len(words & name) > 1
            and len(doubted & name) >= len(doubted) / 2
            and len(words & name) >= MOST_OF_A_NAME * max(len(name), len(words))
            for name in self.called
        )


MOST_OF_A_NAME = 0.6
_BRACKET = re.compile(r"\([^)]*\)")


def ranking_features(directory: Directory) -> Mapping[str, RankingFeatures]:
    """Give the features of all services by id; computed once for an edition."""
    return directory.derived(_lay_out)


def served_municipalities(record: ServiceRecord) -> frozenset[str]:
    """Give the municipalities that the rules of a service name."""
    return frozenset(
        str(value)
        for rule in record.rules
        if rule.strength is not RuleStrength.EXCLUDES
        for test in rule.comparisons()
        if test.fact == "municipality" and isinstance(test.value, tuple)
        for value in test.value
    )


def _lay_out(directory: Directory) -> Mapping[str, RankingFeatures]:
    vocabulary = directory.vocabulary
    doors = {service.record.access.through for service in directory}
    return {
        service.id: RankingFeatures(
            service=service,
            served=served_municipalities(service.record),
            narrow=_narrow(service.record),
            door=service.id in doors,
            spots=_spots(service.record, vocabulary),
            names=_names(service),
            bands=frozenset(
                band for band, ages in AGE_BANDS.items() if _may_come(service.record, ages)
            ),
            hours=_hours(service, directory),
            called=_called(service.record),
        )
        for service in directory
    }


def _hours(service: Service, directory: Directory) -> OpeningHours | None:
    """Give the hours that count for who calls now: where a door stands before it, the door's."""
    door = directory.door_of(service)
    return _hours(door, directory) if door is not None else service.record.hours


def _names(service: Service) -> frozenset[str]:
    record, organization = service.record, service.organization
    names = (record.name.en, record.name.fr, *record.alternate_names, organization.name.en)
    return frozenset(tokens(" ".join(names)))


def _called(record: ServiceRecord) -> tuple[frozenset[str], ...]:
    """Give the words of each name, without what a bracket adds."""
    brief = (record.short_name.en, record.short_name.fr) if record.short_name else ()
    every = (record.name.en, record.name.fr, *record.alternate_names, *brief)
    return tuple(frozenset(content_words(tokens(_BRACKET.sub(" ", name)))) for name in every)


def narrowness(rule: Rule) -> float:
    """Give the factor of a rule that asks something of a person; its place is weighed apart."""
    facts = {test.fact for test in rule.comparisons()}
    if rule.strength is RuleStrength.PREFERS and facts <= IDENTITIES:
        return MADE_FOR
    if rule.strength is not RuleStrength.REQUIRES or facts == {"municipality"}:
        return 1.0
    return NARROWER_BY_AGE if facts == {"age"} else NARROWER


def _narrow(record: ServiceRecord) -> float:
    return prod(map(narrowness, record.rules)) * NARROWER_IN_WORDS ** len(record.other_criteria)


def _spots(record: ServiceRecord, vocabulary: Vocabulary) -> tuple[Place, ...]:
    """Find the finest known place of each address: its postal area, or else its town."""
    found: list[Place] = []
    for place in record.places:
        area = vocabulary.place_named(place.postal_code[:3]) if place.postal_code else None
        town = vocabulary.place_named(place.city)
        spot = area or town
        if spot is not None:
            found.append(spot)
    return tuple(found)


def _may_come(record: ServiceRecord, ages: tuple[int, ...]) -> bool:
    return any(judge(record, {"age": age}).verdict is not Verdict.DOES_NOT_FIT for age in ages)
