"""The pipeline of a search: parse the request, rank by the index, boost, narrow, and explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory_data.directory import Directory
from directory_data.vocabulary.loader import MUNICIPALITY
from navigator.domain.access_point_selection import access_point_service
from navigator.services.search import facets
from navigator.services.search.query_understanding import ParsedQuery, parse_query
from navigator.services.search.ranking_boosts import RankingBoosts, ranking_boosts
from navigator.services.search.result_explanations import result_reasons
from navigator.services.search.search_request import AGE, SearchContext, SearchRequest
from navigator.services.search.search_results import SearchResult, SearchResults
from search_index.analyzer import content_words, tokens
from search_index.index_searcher import SearchHit

ACCESS_POINT_FACTS = (AGE, "municipality")
"""The facts that decide which access point leads to a service; an address may give them."""

SIMILAR_PHRASE = 0.7
"""How alike (0 to 1) words and a need's phrase must be for the need to be suggested: "fod bnk"
suggests food, "zzzqqx" nothing."""

_SIMILAR_PHRASES = 30  # so many of the most similar phrases are looked at; several are of one need


def find_services(request: SearchRequest, context: SearchContext) -> SearchResults:
    """Find services by words, a need, or both; a place orders them and is never a hard filter."""
    query = parse_query(request, context)
    chosen = {**request.facets, **({"need": request.need} if request.need else {})}
    candidates = _Candidates(ranking_boosts(request, query, context), chosen)
    found = context.index.search(
        query.text,
        limit=request.limit,
        boosts=candidates.factors,
        needs=query.needs.expansion,
        typing=request.unfinished,
    )
    return SearchResults(
        query=query,
        corrected=_corrected(query, found.corrected, context),
        results=tuple(_result(hit, candidates, context) for hit in found.hits),
        total=found.total,
        facets=facets.count_facets(candidates.values.values(), chosen),
        hidden=candidates.hidden,
        suggested_needs=() if found.hits else _suggested_needs(request, query, context),
    )


@dataclass(slots=True)
class _Candidates:
    """The services that the index offered, with the values of their facets."""

    boosts: RankingBoosts
    chosen: Mapping[str, str]
    values: dict[str, facets.FacetValues] = field(default_factory=dict)

    def factors(self, ids: Sequence[str]) -> Sequence[float]:
        """Give the factors of some services; 0 where the service surely lacks what was chosen."""
        return [self._factor(id_) if id_ in self.boosts.features else 0.0 for id_ in ids]

    @property
    def hidden(self) -> int:
        """Count the services that are left out."""
        every = self.values.values()
        return sum(facets.facet_factor(values, self.chosen) == 0 for values in every)

    def _factor(self, service_id: str) -> float:
        context = self.boosts.context
        everywhere = frozenset(context.vocabulary.facts[MUNICIPALITY].value_ids)
        features = self.boosts.features[service_id]
        values = facets.facet_values(features, context.moment, everywhere)
        self.values[service_id] = values
        return self.boosts.factor(service_id) * facets.facet_factor(values, self.chosen)


def _corrected(query: ParsedQuery, corrected: str | None, context: SearchContext) -> str | None:
    """Say what was searched instead, if a word was unknown, and not only a form of a known one."""
    if corrected and any(context.index.correct(word) for word in tokens(query.text)):
        return corrected
    return query.written_out


def _result(hit: SearchHit, candidates: _Candidates, context: SearchContext) -> SearchResult:
    boosts = candidates.boosts
    features = boosts.features[hit.id]
    facts = boosts.query.person.facts
    known = {fact: facts[fact] for fact in ACCESS_POINT_FACTS if fact in facts}
    contact = access_point_service(context.directory, features.service, known)
    judgement = boosts.judgement(features.service)
    return SearchResult(
        service=features.service,
        access_point=None if contact is features.service else contact,
        score=round(hit.score, 3),
        reasons=result_reasons(hit, features, boosts, judgement),
        verdict=judgement.verdict,
        unknown_facets=facets.unknown_facets(candidates.values[hit.id], candidates.chosen),
    )


def _suggested_needs(
    request: SearchRequest, query: ParsedQuery, context: SearchContext
) -> tuple[str, ...]:
    similar = similar_needs(context.directory, request.words)
    return tuple(dict.fromkeys((*query.needs.ids, *similar)))


def similar_needs(directory: Directory, words: str, *, limit: int = 3) -> tuple[str, ...]:
    """Give the needs with a phrase like the words, the most alike first."""
    typed = " ".join(content_words(tokens(words)))
    if not typed:
        return ()
    phrases, needs = directory.derived(_phrases_with_needs)
    similar = process.extract(
        typed,
        phrases,
        scorer=OSA.normalized_similarity,
        score_cutoff=SIMILAR_PHRASE,
        limit=_SIMILAR_PHRASES,
    )
    return tuple(dict.fromkeys(needs[number] for _, _, number in similar))[:limit]


def _phrases_with_needs(directory: Directory) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give every phrase for a need, and in the same order the id of its need."""
    pairs = [
        (" ".join(content_words(tokens(phrase))), need.id)
        for need in directory.vocabulary.needs.values()
        for phrase in (need.label.en, need.label.fr, *need.words.en, *need.words.fr)
    ]
    return tuple(phrase for phrase, _ in pairs), tuple(need for _, need in pairs)
