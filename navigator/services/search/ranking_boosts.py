"""Ranking boosts: how place, person, hours and freshness change a score.

Nothing that is unknown counts against a service, and no boost hides one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import prod

from directory_data.directory import Service
from directory_data.records import RuleStrength, ServiceRecord
from navigator.domain.eligibility import Answers, Judgement, Verdict, judge
from navigator.services.search.query_understanding import ParsedQuery
from navigator.services.search.search_request import AGE, SearchContext, SearchRequest
from navigator.services.search.static_features import (
    StaticFeatures,
    rule_narrowness,
    static_features,
)
from search_index.analyzer import tokens

SERVES_PLACE, MAINLY_ELSEWHERE, NOT_HERE = 1.25, 0.6, 0.3
"""How the place that was asked for changes a score; it never hides a service."""

LIES_HERE, NEAR, NEAR_KM = 1.2, 1.1, 15.0
"""Given in the town itself; given near, the more the nearer, up to so many kilometres."""

NAMED = 1.2
"""The place is part of its name, or of its organization's."""

MEANT_FOR, MET, NOT_FOR = 1.15, 1.1, 0.5
"""Made for such a person; a rule is known to be met; a rule is known to fail."""

PASSED_OVER = 0.85
"""Made for others, who come first."""

TOPIC, LATER, CALLED = 4.0, 0.9, 5.0
"""Has the very thing that was asked for; each one that is named for it later has a little less;
is called by just these words."""

ELSE = 0.7
"""Does one thing only, and something else was asked for."""

DOOR, MAIN_NEED = 1.1, 1.15
OTHER_LANGUAGE = 0.8
TAKEN_BACK = 0.2
"""Has nothing that is meant, but a need or topic that was taken back."""
OPEN, CLOSED = 1.03, 0.99
FRESH, OLD = 1.02, 0.98
"""Seen to be right within a year; not within five, or nobody knows when."""


@dataclass(frozen=True, slots=True)
class RankingBoosts:
    """The factors of one search; `acronyms` holds those that the words give some services."""

    request: SearchRequest
    query: ParsedQuery
    context: SearchContext
    features: Mapping[str, StaticFeatures]
    acronyms: Mapping[str, float]

    def factor(self, service_id: str) -> float:
        """Give the factor of a service's score."""
        features = self.features[service_id]
        record = features.service.record
        needs, excluded = set(record.needs), self.request.excluded
        total = features.narrowness * self.acronyms.get(service_id, 1.0)
        total *= DOOR if features.is_access_point else 1.0
        total *= self._language(record) * self._topic(features)
        if record.needs[0] in self.query.needs.ids:
            total *= MAIN_NEED
        if not needs.isdisjoint(excluded) and needs.isdisjoint(self.query.needs.ids):
            total *= TAKEN_BACK
        return total * self._person(features) * self._place(features) * self._reliability(features)

    def judgement(self, service: Service) -> Judgement:
        """Judge a service for the facts that the query names."""
        return self._judge(service.record, self.query.person.facts)

    def _judge(self, record: ServiceRecord, facts: Answers) -> Judgement:
        """Judge a record; where the query names an age group, for the age that it suits best."""
        group = self.query.person.age_group
        if group is None:
            return judge(record, facts)
        tried = (judge(record, {**facts, AGE: age}) for age in group.ages)
        return min(tried, key=lambda judgement: (bool(judgement.failed), not judgement.preferred))

    def _language(self, record: ServiceRecord) -> float:
        if self.query.person.language is not None:
            return self.query.person.language.factor(record)
        return 1.0 if self.context.language in record.languages else OTHER_LANGUAGE

    def _topic(self, features: StaticFeatures) -> float:
        """Lift who has what was asked for; a service that is called so stays before it."""
        service_id, topics = features.service.id, self.context.vocabulary.topics
        terms = self.query.content_terms
        if self.query.needs.topics and features.is_called(terms):
            return CALLED
        having = (topics.by_id[topic].services for topic in self.query.needs.topics)
        ranks = [ids.index(service_id) for ids in having if service_id in ids]
        if ranks:
            return TOPIC * LATER ** min(ranks)
        if any(topic in self.request.excluded for topic in topics.of_service.get(service_id, ())):
            return TAKEN_BACK
        return ELSE if service_id in topics.single and not features.is_called(terms) else 1.0

    def _person(self, features: StaticFeatures) -> float:
        person, record = self.query.person, features.service.record
        facts = {fact: value for fact, value in person.facts.items() if fact != "municipality"}
        if not (facts or person.age_group) or not record.rules:
            return 1.0
        judgement = self._judge(record, facts)
        if judgement.verdict is Verdict.DOES_NOT_FIT:
            return NOT_FOR
        if judgement.preferred:
            return MEANT_FOR
        if judgement.passed_over:
            return PASSED_OVER
        met = [rule for rule in judgement.met if rule.strength is RuleStrength.REQUIRES]
        return MET / prod(map(rule_narrowness, met)) if met else 1.0

    def _place(self, features: StaticFeatures) -> float:
        place, vocabulary = self.query.place, self.context.vocabulary
        if place is None or place.municipality is None:
            return 1.0
        total = NAMED if features.name_tokens.issuperset(tokens(place.name.en)) else 1.0
        if features.municipalities:
            here = {"municipality": place.municipality}
            if judge(features.service.record, here).verdict is Verdict.DOES_NOT_FIT:
                return NOT_HERE
            is_served = place.municipality in features.municipalities
            total *= SERVES_PLACE if is_served else MAINLY_ELSEWHERE
        if features.lies_in(place, vocabulary):
            return total * LIES_HERE
        kilometres = features.kilometres_from(place, vocabulary)
        if kilometres is None:
            return total
        return total * (1 + (NEAR - 1) * max(0.0, 1 - kilometres / NEAR_KM))

    def _reliability(self, features: StaticFeatures) -> float:
        moment = self.context.moment
        if moment is None:
            return 1.0
        is_open = features.hours.open_at(moment) if features.hours else None
        total = 1.0 if is_open is None else (OPEN if is_open else CLOSED)
        return total * _freshness(features.service.record.checked_on, moment.date())


def ranking_boosts(
    request: SearchRequest, query: ParsedQuery, context: SearchContext
) -> RankingBoosts:
    """Prepare the factors of a search."""
    return RankingBoosts(
        request=request,
        query=query,
        context=context,
        features=static_features(context.directory),
        acronyms=context.vocabulary.aliases.factors(request.words),
    )


def _freshness(checked_on: date | None, today: date) -> float:
    if checked_on is None:
        return OLD
    years = (today - checked_on).days / 365
    return FRESH if years <= 1 else (OLD if years > 5 else 1.0)
