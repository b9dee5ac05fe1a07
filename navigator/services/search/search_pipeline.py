"""Search: hear what is asked, find by the index, weigh, narrow, and explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from directory_data.vocabulary.loader import MUNICIPALITY
from navigator.domain.access_points import access_point_service
from navigator.nlp.needs.tokenizer import light_stem
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.search import facets
from navigator.services.search.correction_policy import CorrectedWords, correct_words
from navigator.services.search.query_parser import ParsedQuery, parse_query
from navigator.services.search.ranking_boosts import RankingBoosts, ranking_boosts
from navigator.services.search.ranking_features import ranking_features
from navigator.services.search.result_explanations import result_reasons
from navigator.services.search.search_request import AGE, AT_THE_DOOR, SearchRequest
from navigator.services.search.search_results import SearchResult, SearchResults
from search_index.analyzer import content_words, tokens
from search_index.index_searcher import Index, SearchHit

SENTENCE = 3
"""From so many words on, what was understood of the whole counts beside the single words."""


@dataclass(slots=True)
class _Seen:
    """The services that the index showed, with their values; each is weighed and narrowed once."""

    weigh: RankingBoosts
    chosen: Mapping[str, str]
    values: dict[str, facets.Values] = field(default_factory=dict)

    def boosts(self, ids: Sequence[str]) -> Sequence[float]:
        """Give the factors of some services; 0 where the service surely lacks what was chosen."""
        return [self._factor(one) if one in self.weigh.traits else 0.0 for one in ids]

    @property
    def hidden(self) -> int:
        """Count the services that are left out."""
        return sum(facets.facet_factor(one, self.chosen) == 0 for one in self.values.values())

    def _factor(self, service_id: str) -> float:
        everywhere = frozenset(self.weigh.vocabulary.facts[MUNICIPALITY].value_ids)
        traits = self.weigh.traits[service_id]
        values = facets.facet_values(traits, self.weigh.asked.moment, everywhere)
        self.values[service_id] = values
        return self.weigh.factor(service_id) * facets.facet_factor(values, self.chosen)


def find_services(
    index: Index, guide: DialogueContext, asked: SearchRequest, *, limit: int = 20
) -> SearchResults:
    """Find services by words, a need, or both; a place orders them and is never a hard filter."""
    heard = parse_query(asked, guide.vocabulary, guide.lexicon)
    mended = _mended(index, heard, asked, guide)
    words = mended.words
    recognized = [one for one, _ in index.recognize_needs(words) if one not in asked.without]
    about = tuple(one for one in recognized if one in guide.vocabulary.topics.by_id)
    spoken = _needs(recognized, asked, heard, guide) or _implied(about, asked, guide)
    traits = ranking_features(guide.directory)
    said = _telling(index, words)
    weigh = ranking_boosts(asked, heard, guide.vocabulary, traits, spoken, about, said)
    chosen = dict(asked.chosen) | ({"need": asked.need} if asked.need else {})
    seen = _Seen(weigh, chosen)
    found = index.search(
        words,
        limit=limit,
        boosts=seen.boosts,
        needs=_said(recognized, words, asked, heard, spoken, guide),
        typing=asked.unfinished,
    )
    return SearchResults(
        query=asked.words,
        corrected=_corrected(index, words, found.corrected) or heard.rewritten,
        needs=spoken,
        place=heard.place,
        total=found.total,
        results=tuple(_result(hit, seen, guide) for hit in found.hits),
        facts=heard.facts,
        facets=facets.count_facets(seen.values.values(), chosen),
        hidden=seen.hidden,
        topics=about,
        group=heard.group.label if heard.group else None,
        spoken=heard.spoken.label if heard.spoken else None,
        doubts=mended.doubts,
    )


def verbatim(index: Index, words: str) -> str:
    """Leave out the words that the directory does not know, instead of correcting them."""
    return " ".join(one for one in tokens(words) if index.correct(one) is None)


def _corrected(index: Index, words: str, corrected: str | None) -> str | None:
    """Say what was searched instead, if a word was unknown, and not only a form of a known one."""
    return corrected if any(index.correct(one) for one in tokens(words)) else None


def _mended(
    index: Index, heard: ParsedQuery, asked: SearchRequest, guide: DialogueContext
) -> CorrectedWords:
    if asked.exactly:
        return CorrectedWords(verbatim(index, heard.words), ())
    real = [speller.known for speller in guide.lexicon.spell_correctors.values()]
    mended = correct_words(index, heard.words, real, unfinished=asked.unfinished)
    if mended.doubts:
        # Words that are doubted one by one are believed where they make a name together.
        said = _telling(index, heard.words)
        meant = frozenset(index.correct(one.word) or "" for one in mended.doubts)
        every = ranking_features(guide.directory).values()
        if any(one.is_called(said, doubted=meant) for one in every):
            return CorrectedWords(heard.words, ())
    # A word of the phrases that sentences are understood with was heard there.
    heard_of = guide.lexicon.entries.by_stem
    return replace(
        mended, doubts=tuple(one for one in mended.doubts if light_stem(one.word) not in heard_of)
    )


def _telling(index: Index, words: str) -> frozenset[str]:
    """Give the telling words, each as it was meant."""
    return frozenset(index.correct(one) or one for one in content_words(tokens(words)))


def _needs(
    recognized: Sequence[str], asked: SearchRequest, heard: ParsedQuery, guide: DialogueContext
) -> tuple[str, ...]:
    """Give the needs: chosen, recognized by the index, and understood, the surest first."""
    chosen = (asked.need,) if asked.need else ()
    named = (one for one in recognized if one not in guide.vocabulary.topics.by_id)
    return tuple(dict.fromkeys((*chosen, *named, *heard.needs)))


def _implied(about: Sequence[str], asked: SearchRequest, guide: DialogueContext) -> tuple[str, ...]:
    """Give the main need of the first service that has what was asked for, where no need was said.

    So the others who help with it stand behind the few that have just this.
    """
    first = (guide.vocabulary.topics.by_id[one].services[0] for one in about)
    known = (guide.directory.services[one] for one in first if one in guide.directory.services)
    needs = (service.record.needs[0] for service in known)
    return tuple(dict.fromkeys(need for need in needs if need not in asked.without))


def _said(
    recognized: Sequence[str],
    words: str,
    asked: SearchRequest,
    heard: ParsedQuery,
    spoken: Sequence[str],
    guide: DialogueContext,
) -> tuple[str, ...]:
    """Give the needs that count as said.

    The chosen one, what a sentence (or words in which the index knows nothing) is mainly about, and
    what else it means at such an age: counselling for somebody of 16 is the mental health of young
    people.
    """
    chosen = (asked.need,) if asked.need else ()
    if asked.exactly:
        return chosen
    named = any(one not in guide.vocabulary.topics.by_id for one in recognized)
    whole = len(words.split()) >= SENTENCE or not named
    meant = heard.needs[:2] if AGE in heard.facts else heard.needs[: 1 if whole else 0]
    if not (words or meant or chosen) and heard.spoken:
        # Nothing but a language was said: somebody who knows the rest.
        return (guide.directory.policy.navigation_need,)
    if not (named or heard.needs):
        return tuple(spoken[:1])
    return tuple(dict.fromkeys((*chosen, *meant)))


def _result(hit: SearchHit, seen: _Seen, guide: DialogueContext) -> SearchResult:
    one = seen.weigh.traits[hit.id]
    facts = seen.weigh.heard.facts
    known = {fact: facts[fact] for fact in AT_THE_DOOR if fact in facts}
    contact = access_point_service(guide.directory, one.service, known)
    judgement = seen.weigh.judgement(one.service)
    return SearchResult(
        service=one.service,
        door=None if contact is one.service else contact,
        score=round(hit.score, 3),
        why=result_reasons(hit, one, seen.weigh, judgement, guide.directory.policy.open_to_all),
        verdict=judgement.verdict,
        doubts=facets.unknown_facets(seen.values[hit.id], seen.chosen),
    )
