"""Say in words why a service is among the results."""

from directory_data.bilingual import Bilingual
from directory_data.records import RuleStrength
from directory_data.vocabulary.loader import Place
from navigator.domain.eligibility import Judgement
from navigator.domain.explanations import failed_reason, met_reason, preferred_reason
from navigator.services.search.distance import kilometres, lies_in
from navigator.services.search.ranking_boosts import RankingBoosts
from navigator.services.search.ranking_features import RankingFeatures
from search_index.index_searcher import SearchHit

WHY = {
    "name": {"en": "name", "fr": "nom"},
    "alternates": {"en": "also called", "fr": "autre nom"},
    "acronyms": {"en": "short name", "fr": "sigle"},
    "former": {"en": "formerly called", "fr": "ancien nom"},
    "organization": {"en": "organization", "fr": "organisme"},
    "needs": {"en": "need", "fr": "besoin"},
    "places": {"en": "place", "fr": "lieu"},
    "description": {"en": "description", "fr": "description"},
    "access": {"en": "how to get in", "fr": "comment y accéder"},
}
HELPS_WITH = {"en": "helps with: {need}", "fr": "aide pour : {need}"}
SPEAKS = {"en": "in {language}", "fr": "en {language}"}
SERVES = {"en": "serves {place}", "fr": "dessert {place}"}
NOT_FOR_PLACE = {"en": "not for people in {place}", "fr": "pas pour les gens de {place}"}
LIES_IN = {"en": "in {place}", "fr": "à {place}"}
FAR = {"en": "about {km} km away", "fr": "à environ {km} km"}
OPEN = {"en": "open now", "fr": "ouvert maintenant"}


def result_reasons(
    hit: SearchHit,
    one: RankingFeatures,
    weights: RankingBoosts,
    judgement: Judgement,
    open_to_all: Bilingual,
) -> tuple[str, ...]:
    """Give the reasons, where the words matched first; a rule that fails stands in front.

    `open_to_all` is said of a service that names no municipality.
    """
    language = weights.asked.language
    why = [*_person(judgement, language)]
    why += [WHY[name][language] for name in hit.fields if name in WHY and name != "needs"]
    why += [
        HELPS_WITH[language].format(need=weights.vocabulary.needs[need].label.in_(language))
        for need in weights.needs
        if need in one.service.record.needs
    ]
    why += [
        HELPS_WITH[language].format(
            need=weights.vocabulary.topics.by_id[one_topic].label.in_(language)
        )
        for one_topic in weights.topics
        if one.service.id in weights.vocabulary.topics.by_id[one_topic].services
    ]
    spoken = weights.heard.spoken
    if spoken is not None and spoken.code in one.service.record.languages:
        why.append(SPEAKS[language].format(language=spoken.label.in_(language)))
    if weights.heard.place is not None:
        why += _place(one, weights.heard.place, weights, open_to_all)
    if weights.asked.moment is not None and one.hours is not None:
        why += [OPEN[language]] if one.hours.open_at(weights.asked.moment) else []
    return tuple(dict.fromkeys(why))


def _person(judgement: Judgement, language: str) -> list[str]:
    lines: list[str] = []
    for rule in judgement.failed:
        if {test.fact for test in rule.comparisons()} == {"municipality"}:
            continue
        lines.append(failed_reason(rule, language))
    if lines:
        return lines
    for rule in judgement.met:
        facts = {test.fact for test in rule.comparisons()}
        if rule.strength is RuleStrength.REQUIRES and facts != {"municipality"}:
            lines.append(met_reason(rule, language))
    lines += [
        preferred_reason(rule, language)
        for rule in judgement.preferred
        if {test.fact for test in rule.comparisons()} != {"municipality"}
    ]
    return lines


def _place(
    one: RankingFeatures, place: Place, weights: RankingBoosts, open_to_all: Bilingual
) -> list[str]:
    language = weights.asked.language
    name = place.name.in_(language)
    lines: list[str] = []
    if place.municipality is not None:
        if place.municipality in one.served:
            lines.append(SERVES[language].format(place=name))
        elif not one.served:
            lines.append(open_to_all.in_(language))
        else:
            lines.append(NOT_FOR_PLACE[language].format(place=name))
    return lines + _where(one, place, weights)


def _where(one: RankingFeatures, place: Place, weights: RankingBoosts) -> list[str]:
    language = weights.asked.language
    if one.service.record.confidential_location or not one.spots:
        return []
    if lies_in(one.spots, place, weights.vocabulary):
        return [LIES_IN[language].format(place=place.name.in_(language))]
    far = kilometres(one.spots, place, weights.vocabulary)
    return [FAR[language].format(km=max(1, round(far)))] if far is not None else []
