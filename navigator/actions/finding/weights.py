"""How place, person, hours and freshness change a score; nothing unknown counts against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from directory_data.directory import Service
from directory_data.records import Strength
from directory_data.vocabulary.names import names
from directory_data.vocabulary.reading import Vocabulary
from navigator.actions.finding.asked import Asked
from navigator.actions.finding.heard import Heard
from navigator.actions.finding.nearness import kilometres, lies_in
from navigator.actions.finding.traits import Traits, narrowness
from navigator.domain.eligibility import Judgement, Verdict, judge
from search_index.text import tokens

SERVES_PLACE, MAINLY_ELSEWHERE, NOT_HERE = 1.25, 0.6, 0.3
"""How the place that was asked for changes a score; it never hides a service."""

LIES_HERE, NEAR, NEAR_KM = 1.1, 1.1, 15.0
"""Given in the town itself; given near, the more the nearer, up to so many kilometres."""

NAMED = 1.2
"""The place is part of its name, or of its organization's."""

MEANT_FOR, MET, NOT_FOR = 1.15, 1.1, 0.5
"""Made for such a person; a rule is known to be met; a rule is known to fail."""

DOOR, MAIN_NEED = 1.1, 1.15
OTHER_LANGUAGE = 0.8
TAKEN_BACK = 0.2
"""Has none of the needs that are meant, but one that was taken back."""
OPEN, CLOSED = 1.03, 0.99
FRESH, OLD = 1.02, 0.98
"""Seen to be right within a year; not within five, or nobody knows when."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The factors of one search."""

    asked: Asked
    heard: Heard
    vocabulary: Vocabulary
    traits: Mapping[str, Traits]
    needs: Sequence[str]
    meant: Mapping[str, float]

    def factor(self, service_id: str) -> float:
        """Give the factor of a service's score."""
        one = self.traits[service_id]
        record = one.service.record
        total = one.narrow * self.meant.get(service_id, 1.0) * (DOOR if one.door else 1.0)
        if self.asked.language not in record.languages:
            total *= OTHER_LANGUAGE
        if self.needs and record.needs[0] in self.needs:
            total *= MAIN_NEED
        needs = set(record.needs)
        if needs & self.asked.without and not needs & set(self.needs):
            total *= TAKEN_BACK
        return total * self._person(one) * self._place(one) * self._truth(one.service)

    def judgement(self, service: Service) -> Judgement:
        """Judge a service for the facts that were heard."""
        return judge(service.record, self.heard.facts)

    def _person(self, one: Traits) -> float:
        facts = {k: v for k, v in self.heard.facts.items() if k != "municipality"}
        if not facts or not one.service.record.rules:
            return 1.0
        judgement = judge(one.service.record, facts)
        if judgement.verdict is Verdict.DOES_NOT_FIT:
            return NOT_FOR
        if judgement.preferred:
            return MEANT_FOR
        met = [rule for rule in judgement.met if rule.strength is Strength.REQUIRES]
        return MET / prod(map(narrowness, met)) if met else 1.0

    def _place(self, one: Traits) -> float:
        place = self.heard.place
        if place is None or place.municipality is None:
            return 1.0
        total = NAMED if one.names.issuperset(tokens(place.name.en)) else 1.0
        if one.served:
            judgement = judge(one.service.record, {"municipality": place.municipality})
            if judgement.verdict is Verdict.DOES_NOT_FIT:
                return NOT_HERE
            total *= SERVES_PLACE if place.municipality in one.served else MAINLY_ELSEWHERE
        if lies_in(one.spots, place, self.vocabulary):
            return total * LIES_HERE
        far = kilometres(one.spots, place, self.vocabulary)
        if far is None:
            return total
        return total * (1 + (NEAR - 1) * max(0.0, 1 - far / NEAR_KM))

    def _truth(self, service: Service) -> float:
        moment = self.asked.moment
        if moment is None:
            return 1.0
        hours = service.record.hours
        opened = hours.open_at(moment) if hours else None
        total = 1.0 if opened is None else (OPEN if opened else CLOSED)
        return total * _freshness(service.record.checked_on, moment.date())


def weights(
    asked: Asked,
    heard: Heard,
    vocabulary: Vocabulary,
    traits: Mapping[str, Traits],
    needs: Sequence[str],
) -> Weights:
    """Set the factors of a search up."""
    return Weights(asked, heard, vocabulary, traits, needs, names().factors(asked.words))


def _freshness(checked: date | None, today: date) -> float:
    if checked is None:
        return OLD
    years = (today - checked).days / 365
    return FRESH if years <= 1 else (OLD if years > 5 else 1.0)
