"""Search: hear what is asked, find by the index, weigh, narrow, and explain."""

from collections.abc import Sequence

from navigator.actions.finding import facets
from navigator.actions.finding.asked import AGE, Asked
from navigator.actions.finding.found import Result, Results
from navigator.actions.finding.heard import Heard, hear
from navigator.actions.finding.reasons import reasons
from navigator.actions.finding.traits import traits_of
from navigator.actions.finding.weights import Weights, weights
from navigator.actions.talking.values import Guide
from navigator.domain.doors import resolve
from search_index.found import Hit
from search_index.searching import Index
from search_index.text import tokens

SENTENCE = 3
"""From so many words on, what was understood of the whole counts beside the single words."""


def search(index: Index, guide: Guide, asked: Asked, *, limit: int = 20) -> Results:
    """Find services by words, a need, or both; a place orders them and is never a hard filter."""
    heard = hear(asked, guide.vocabulary, guide.lexicon)
    words = exact(index, heard.words) if asked.exactly else heard.words
    spoken = _needs(index, words, asked, heard)
    weigh = weights(
        asked, heard, guide.vocabulary, traits_of(guide.directory, guide.vocabulary), spoken
    )
    chosen = dict(asked.chosen) | ({"need": asked.need} if asked.need else {})
    every: dict[str, facets.Values] = {}

    def boosts(ids: Sequence[str]) -> Sequence[float]:
        every.update(
            (one, facets.values_of(weigh.traits[one], asked.moment))
            for one in ids
            if one in weigh.traits
        )
        return [
            weigh.factor(one) * facets.factor(every[one], chosen) if one in every else 0.0
            for one in ids
        ]

    found = index.search(
        words,
        limit=limit,
        boosts=boosts,
        needs=_said(words, asked, heard),
        typing=asked.unfinished,
    )
    return Results(
        query=asked.words,
        corrected=found.corrected or heard.rewritten,
        needs=spoken,
        place=heard.place,
        total=found.total,
        results=tuple(_result(hit, weigh, every[hit.id], chosen, guide) for hit in found.hits),
        facts=heard.facts,
        facets=facets.counted(every.values(), chosen),
        hidden=sum(facets.factor(values, chosen) == 0 for values in every.values()),
    )


def exact(index: Index, words: str) -> str:
    """Leave out the words that the directory does not know, instead of correcting them."""
    return " ".join(one for one in tokens(words) if index.correct(one) is None)


def _needs(index: Index, words: str, asked: Asked, heard: Heard) -> tuple[str, ...]:
    """Give the needs: chosen, recognized by the index, and understood, the surest first."""
    chosen = (asked.need,) if asked.need else ()
    recognized = (need for need, _ in index.needs_in(words) if need not in asked.without)
    return tuple(dict.fromkeys((*chosen, *recognized, *heard.needs)))


def _said(words: str, asked: Asked, heard: Heard) -> tuple[str, ...]:
    """Give the needs that count as said.

    The chosen one, what a sentence is mainly about, and what else it means at such an age:
    counselling for somebody of 16 is the mental health of young people.
    """
    chosen = (asked.need,) if asked.need else ()
    if asked.exactly:
        return chosen
    sentence = len(words.split()) >= SENTENCE
    meant = heard.needs[:2] if AGE in heard.facts else heard.needs[: 1 if sentence else 0]
    return tuple(dict.fromkeys((*chosen, *meant)))


def _result(
    hit: Hit, weigh: Weights, values: facets.Values, chosen: dict[str, str], guide: Guide
) -> Result:
    one = weigh.traits[hit.id]
    contact = resolve(guide.directory, one.service, weigh.heard.facts)
    judgement = weigh.judgement(one.service)
    return Result(
        service=one.service,
        door=None if contact is one.service else contact,
        score=round(hit.score, 3),
        why=reasons(hit, one, weigh, judgement),
        verdict=judgement.verdict,
        doubts=facets.unknown(values, chosen),
    )
