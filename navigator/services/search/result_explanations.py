"""Explain results: say in words why a service is among them."""

from collections.abc import Iterator

from directory_data.records import Rule, RuleStrength
from directory_data.vocabulary.loader import MUNICIPALITY, Place
from navigator.domain.eligibility import Judgement
from navigator.domain.explanations import failed_reason, met_reason, preferred_reason
from navigator.services.search.ranking_boosts import RankingBoosts
from navigator.services.search.static_features import StaticFeatures
from navigator.wording.content import search_text, search_texts
from search_index.index_searcher import SearchHit


def result_reasons(
    hit: SearchHit, features: StaticFeatures, boosts: RankingBoosts, judgement: Judgement
) -> tuple[str, ...]:
    """Give the reasons, where the words matched first; a rule that fails stands in front."""
    language = boosts.context.language
    reasons = [
        *_person_reasons(judgement, language),
        *_field_reasons(hit, language),
        *_need_reasons(features, boosts),
    ]
    spoken = boosts.query.person.language
    if spoken is not None and spoken.code in features.service.record.languages:
        reasons.append(search_text("speaks", language, spoken=spoken.label.in_(language)))
    if boosts.query.place is not None:
        reasons += _place_reasons(features, boosts.query.place, boosts)
    moment = boosts.context.moment
    if moment is not None and features.hours is not None and features.hours.open_at(moment):
        reasons.append(search_text("open-now", language))
    return tuple(dict.fromkeys(reasons))


def _field_reasons(hit: SearchHit, language: str) -> Iterator[str]:
    texts = search_texts()
    keys = (f"field-{name}" for name in hit.fields)
    return (texts[key].in_(language) for key in keys if key in texts)


def _need_reasons(features: StaticFeatures, boosts: RankingBoosts) -> list[str]:
    vocabulary, language = boosts.context.vocabulary, boosts.context.language
    record, needs = features.service.record, boosts.query.needs
    topics = [vocabulary.topics.by_id[topic] for topic in needs.topics]
    labels = [
        *(vocabulary.needs[need].label for need in needs.ids if need in record.needs),
        *(topic.label for topic in topics if record.id in topic.services),
    ]
    return [search_text("helps-with", language, need=label.in_(language)) for label in labels]


def _person_reasons(judgement: Judgement, language: str) -> list[str]:
    failed = [rule for rule in judgement.failed if not _is_of_place(rule)]
    if failed:
        return [failed_reason(rule, language) for rule in failed]
    met = [
        met_reason(rule, language)
        for rule in judgement.met
        if rule.strength is RuleStrength.REQUIRES and not _is_of_place(rule)
    ]
    preferred = [
        preferred_reason(rule, language) for rule in judgement.preferred if not _is_of_place(rule)
    ]
    return met + preferred


def _is_of_place(rule: Rule) -> bool:
    return {test.fact for test in rule.comparisons()} == {MUNICIPALITY}


def _place_reasons(features: StaticFeatures, place: Place, boosts: RankingBoosts) -> Iterator[str]:
    language, vocabulary = boosts.context.language, boosts.context.vocabulary
    name = place.name.in_(language)
    if place.municipality is not None:
        if place.municipality in features.municipalities:
            yield search_text("serves-place", language, place=name)
        elif not features.municipalities:
            yield boosts.context.directory.policy.open_to_all.in_(language)
        else:
            yield search_text("not-for-place", language, place=name)
    if features.service.record.confidential_location or not features.locations:
        return
    if features.lies_in(place, vocabulary):
        yield search_text("lies-in", language, place=name)
        return
    kilometres = features.kilometres_from(place, vocabulary)
    if kilometres is not None:
        yield search_text("distance", language, km=max(1, round(kilometres)))
