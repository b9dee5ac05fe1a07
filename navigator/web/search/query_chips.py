"""What was understood of a search, piece by piece; each can be taken back, and put back."""

from dataclasses import dataclass

from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.query_parser import facts_in_words
from navigator.services.search.search_request import AGE, PLACE, SPOKEN
from navigator.services.search.search_results import SearchResults
from navigator.web.base.request_context import gettext as _
from navigator.web.base.request_context import language
from navigator.web.search.url_state import SearchUrlState

FRANCOPHONE = "francophone"
"""Said by the language that was asked for, where one was."""


@dataclass(frozen=True, slots=True)
class QueryChip:
    """One thing that was understood, and the address of the search without it (or with it)."""

    key: str
    label: str
    url: str
    kind: str


def query_chips(
    terms: SearchUrlState, found: SearchResults, vocabulary: Vocabulary
) -> tuple[QueryChip, ...]:
    """Give what was understood: things and needs, the place, the person, the language."""
    needs = [
        QueryChip(
            f"need-{need}",
            vocabulary.needs[need].label.in_(language()),
            (terms.but(need="") if need == terms.need else _without(terms, need)).url,
            _("need"),
        )
        for need in found.needs
    ]
    things = [
        QueryChip(
            f"need-{one}",
            vocabulary.topics.by_id[one].label.in_(language()),
            _without(terms, one).url,
            _("need"),
        )
        for one in found.topics
    ]
    place = []
    if found.place is not None:
        gone = terms.but(place="") if terms.place else _without(terms, PLACE)
        place = [QueryChip("place", found.place.name.in_(language()), gone.url, _("place"))]
    said = facts_in_words(found.facts, vocabulary, language())
    facts = [
        QueryChip(f"fact-{fact}", words, _without(terms, fact).url, _("person"))
        for fact, words in said.items()
        if not (found.spoken and fact == FRANCOPHONE)
    ]
    if found.group is not None:
        words = found.group.in_(language())
        facts.append(QueryChip("fact-age", words, _without(terms, AGE).url, _("person")))
    spoken = []
    if found.spoken is not None:
        words = found.spoken.in_(language())
        spoken = [QueryChip("spoken", words, _without(terms, SPOKEN).url, _("language"))]
    return (*things, *needs, *place, *facts, *spoken)


def taken_back(terms: SearchUrlState, vocabulary: Vocabulary) -> tuple[QueryChip, ...]:
    """Give what was taken back, each with the address that puts it back."""
    return tuple(
        QueryChip(
            f"not-{one}",
            _name(one, vocabulary),
            terms.but(without=tuple(other for other in terms.without if other != one)).url,
            "",
        )
        for one in terms.without
    )


def _without(terms: SearchUrlState, one: str) -> SearchUrlState:
    return terms.but(without=tuple(dict.fromkeys((*terms.without, one))))


def _name(one: str, vocabulary: Vocabulary) -> str:
    if one in vocabulary.needs:
        return vocabulary.needs[one].label.in_(language())
    if one in vocabulary.topics.by_id:
        return vocabulary.topics.by_id[one].label.in_(language())
    if one == SPOKEN:
        return _("language")
    return vocabulary.facts[one].say.in_(language()) if one in vocabulary.facts else _("place")
