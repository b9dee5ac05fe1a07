"""What was understood of a query, piece by piece; each can be excluded, and taken in again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from directory_data.vocabulary.loader import MUNICIPALITY, FactKind, Vocabulary
from navigator.domain.eligibility import Answer
from navigator.services.search.query_understanding import ParsedQuery, QueryPerson
from navigator.services.search.search_request import AGE, PLACE, SPOKEN_LANGUAGE
from navigator.web.base.request_context import gettext as _
from navigator.web.search.search_url import SearchUrl
from navigator.wording.content import search_text

FRANCOPHONE = "francophone"
"""Said by the language that was asked for, where one was."""


@dataclass(frozen=True, slots=True)
class QueryChip:
    """A thing that was understood, and the address of the search without it (or with it)."""

    key: str
    label: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """A word as it was typed, the nearest that is known, and the address of its search."""

    word: str
    suggestion: str
    url: str


def query_chips(
    url: SearchUrl, query: ParsedQuery, vocabulary: Vocabulary, language: str
) -> tuple[QueryChip, ...]:
    """Give what was understood: topics and needs, the place, the person, the language."""
    return (
        *_need_chips(url, query, vocabulary, language),
        *_place_chips(url, query, language),
        *_person_chips(url, query.person, vocabulary, language),
    )


def excluded_chips(url: SearchUrl, vocabulary: Vocabulary, language: str) -> tuple[QueryChip, ...]:
    """Give what was excluded, each with the address that takes it in again."""
    request = url.request
    return tuple(
        QueryChip(
            f"not-{excluded}",
            _excluded_label(excluded, vocabulary, language),
            url.with_request(
                replace(request, excluded=tuple(id_ for id_ in request.excluded if id_ != excluded))
            ).href,
            "",
        )
        for excluded in request.excluded
    )


def did_you_mean(url: SearchUrl, query: ParsedQuery) -> tuple[DidYouMean, ...]:
    """Give the words that were left out of a search, each with the way to mean the nearest one."""
    request = url.request
    return tuple(
        DidYouMean(
            unmatched.word,
            unmatched.suggestion,
            url.with_request(
                replace(
                    request,
                    words=_with_suggestion(request.words, unmatched.word, unmatched.suggestion),
                )
            ).href,
        )
        for unmatched in query.unmatched
    )


def _with_suggestion(words: str, word: str, suggestion: str) -> str:
    changed = re.sub(rf"\b{re.escape(word)}\b", suggestion, words, flags=re.IGNORECASE)
    return changed if changed != words else suggestion


def _need_chips(
    url: SearchUrl, query: ParsedQuery, vocabulary: Vocabulary, language: str
) -> Iterator[QueryChip]:
    for topic in query.needs.topics:
        label = vocabulary.topics.by_id[topic].label.in_(language)
        yield QueryChip(f"need-{topic}", label, _without(url, topic), _("need"))
    for need in query.needs.ids:
        is_chosen = need == url.request.need
        without = (
            url.with_request(replace(url.request, need=None)).href
            if is_chosen
            else _without(url, need)
        )
        label = vocabulary.needs[need].label.in_(language)
        yield QueryChip(f"need-{need}", label, without, _("need"))


def _place_chips(url: SearchUrl, query: ParsedQuery, language: str) -> Iterator[QueryChip]:
    if query.place is not None:
        without = (
            url.with_request(replace(url.request, place=None)).href
            if url.request.place
            else _without(url, PLACE)
        )
        yield QueryChip("place", query.place.name.in_(language), without, _("place"))


def _person_chips(
    url: SearchUrl, person: QueryPerson, vocabulary: Vocabulary, language: str
) -> Iterator[QueryChip]:
    for fact, value in person.facts.items():
        label = _fact_label(fact, value, vocabulary, language)
        if label and not (person.language and fact == FRANCOPHONE):
            yield QueryChip(f"fact-{fact}", label, _without(url, fact), _("person"))
    if person.age_group is not None:
        label = search_text(f"audience-{person.age_group.id}", language)
        yield QueryChip("fact-age", label, _without(url, AGE), _("person"))
    if person.language is not None:
        label = person.language.label.in_(language)
        yield QueryChip("spoken", label, _without(url, SPOKEN_LANGUAGE), _("language"))


def _fact_label(fact: str, value: Answer, vocabulary: Vocabulary, language: str) -> str:
    """Say a fact as a short label: "age 16", "a caregiver: yes"; nothing for the place."""
    if fact == AGE:
        return search_text("fact-age", language, years=value)
    known = vocabulary.facts[fact]
    name = known.say.in_(language)
    if known.kind is FactKind.YES_NO:
        return search_text("fact-yes" if value else "fact-no", language, fact=name)
    if known.kind is FactKind.CHOICE and fact != MUNICIPALITY:
        labels = [choice.label.in_(language) for choice in known.values if choice.id == value]
        return f"{name}: {' '.join(labels)}"
    return ""


def _without(url: SearchUrl, excluded: str) -> str:
    """Give the address of the search that excludes something."""
    everything = tuple(dict.fromkeys((*url.request.excluded, excluded)))
    return url.with_request(replace(url.request, excluded=everything)).href


def _excluded_label(excluded: str, vocabulary: Vocabulary, language: str) -> str:
    known = vocabulary.needs.get(excluded) or vocabulary.topics.by_id.get(excluded)
    if known is not None:
        return known.label.in_(language)
    if excluded in vocabulary.facts:
        return vocabulary.facts[excluded].say.in_(language)
    return _("language") if excluded == SPOKEN_LANGUAGE else _("place")
