"""How place, person, hours and freshness change a score; nothing unknown counts against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

from directory_data.directory import Service
from directory_data.records import RuleStrength, ServiceRecord
from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.eligibility import Answers, Judgement, Verdict, judge
from navigator.services.search.distance import kilometres, lies_in
from navigator.services.search.query_parser import ParsedQuery
from navigator.services.search.ranking_features import RankingFeatures, narrowness
from navigator.services.search.search_request import AGE, SearchRequest
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
    """The factors of one search."""

    asked: SearchRequest
    heard: ParsedQuery
    vocabulary: Vocabulary
    traits: Mapping[str, RankingFeatures]
    needs: Sequence[str]
    topics: Sequence[str]
    said: frozenset[str]
    meant: Mapping[str, float]

    def factor(self, service_id: str) -> float:
        """Give the factor of a service's score."""
        one = self.traits[service_id]
        record = one.service.record
        total = one.narrow * self.meant.get(service_id, 1.0) * (DOOR if one.door else 1.0)
        total *= self._language(record) * self._topic(one)
        if self.needs and record.needs[0] in self.needs:
            total *= MAIN_NEED
        needs = set(record.needs)
        if needs & self.asked.without and not needs & set(self.needs):
            total *= TAKEN_BACK
        return total * self._person(one) * self._place(one) * self._truth(one)

    def judgement(self, service: Service) -> Judgement:
        """Judge a service for the facts that were heard."""
        return self._judged(service.record, self.heard.facts)

    def _judged(self, record: ServiceRecord, facts: Answers) -> Judgement:
        """Judge a record; where a group of people was said, for the age that it suits best."""
        if self.heard.group is None:
            return judge(record, facts)
        tried = (judge(record, {**facts, AGE: age}) for age in self.heard.group.ages)
        return min(tried, key=lambda one: (bool(one.failed), not one.preferred))

    def _language(self, record: ServiceRecord) -> float:
        if self.heard.spoken is not None:
            return self.heard.spoken.factor(record)
        return 1.0 if self.asked.language in record.languages else OTHER_LANGUAGE

    def _topic(self, one: RankingFeatures) -> float:
        """Lift who has what was asked for; a service that is called so stays before it."""
        service_id = one.service.id
        having = (self.vocabulary.topics.by_id[one].services for one in self.topics)
        places = [ids.index(service_id) for ids in having if service_id in ids]
        if self.topics and one.is_called(self.said):
            return CALLED
        if places:
            return TOPIC * LATER ** min(places)
        gone = self.asked.without.intersection(
            self.vocabulary.topics.of_service.get(service_id, ())
        )
        if gone:
            return TAKEN_BACK
        return (
            ELSE
            if service_id in self.vocabulary.topics.single and not one.is_called(self.said)
            else 1.0
        )

    def _person(self, one: RankingFeatures) -> float:
        facts = {k: v for k, v in self.heard.facts.items() if k != "municipality"}
        if not (facts or self.heard.group) or not one.service.record.rules:
            return 1.0
        judgement = self._judged(one.service.record, facts)
        if judgement.verdict is Verdict.DOES_NOT_FIT:
            return NOT_FOR
        if judgement.preferred:
            return MEANT_FOR
        if judgement.passed_over:
            return PASSED_OVER
        met = [rule for rule in judgement.met if rule.strength is RuleStrength.REQUIRES]
        return MET / prod(map(narrowness, met)) if met else 1.0

    def _place(self, one: RankingFeatures) -> float:
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

    def _truth(self, one: RankingFeatures) -> float:
        moment = self.asked.moment
        if moment is None:
            return 1.0
        opened = one.hours.open_at(moment) if one.hours else None
        total = 1.0 if opened is None else (OPEN if opened else CLOSED)
        return total * _freshness(one.service.record.checked_on, moment.date())


def ranking_boosts(
    asked: SearchRequest,
    heard: ParsedQuery,
    vocabulary: Vocabulary,
    traits: Mapping[str, RankingFeatures],
    needs: Sequence[str],
    about: Sequence[str] = (),
    said: frozenset[str] = frozenset(),
) -> RankingBoosts:
    """Set the factors of a search up; `said`: the telling words, mended."""
    return RankingBoosts(
        asked,
        heard,
        vocabulary,
        traits,
        needs,
        about,
        said,
        vocabulary.aliases.factors(asked.words),
    )


def _freshness(checked: date | None, today: date) -> float:
    if checked is None:
        return OLD
    years = (today - checked).days / 365
    return FRESH if years <= 1 else (OLD if years > 5 else 1.0)
