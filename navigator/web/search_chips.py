"""What was understood of a search, piece by piece; each can be taken back, and put back."""

from dataclasses import dataclass

from directory_data.vocabulary.reading import Vocabulary
from navigator.actions.finding import Results
from navigator.actions.finding.heard import said_in_words
from navigator.web.frame import gettext as _
from navigator.web.frame import language
from navigator.web.search_terms import Terms


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood, and the address of the search without it (or with it)."""

    key: str
    label: str
    url: str
    kind: str


def chips(terms: Terms, found: Results, vocabulary: Vocabulary) -> tuple[Chip, ...]:
    """Give what was understood: needs, the place, and what was said of the person."""
    needs = [
        Chip(
            f"need-{need}",
            vocabulary.needs[need].label.in_(language()),
            (terms.but(need="") if need == terms.need else _without(terms, need)).url,
            _("need"),
        )
        for need in found.needs
    ]
    place = []
    if found.place is not None:
        gone = terms.but(place="") if terms.place else _without(terms, "place")
        place = [Chip("place", found.place.name.in_(language()), gone.url, _("place"))]
    said = said_in_words(found.facts, vocabulary, language())
    facts = [
        Chip(f"fact-{fact}", words, _without(terms, fact).url, _("person"))
        for fact, words in said.items()
    ]
    return (*needs, *place, *facts)


def taken_back(terms: Terms, vocabulary: Vocabulary) -> tuple[Chip, ...]:
    """Give what was taken back, each with the address that puts it back."""
    return tuple(
        Chip(
            f"not-{one}",
            _name(one, vocabulary),
            terms.but(without=tuple(other for other in terms.without if other != one)).url,
            "",
        )
        for one in terms.without
    )


def _without(terms: Terms, one: str) -> Terms:
    return terms.but(without=tuple(dict.fromkeys((*terms.without, one))))


def _name(one: str, vocabulary: Vocabulary) -> str:
    if one in vocabulary.needs:
        return vocabulary.needs[one].label.in_(language())
    return vocabulary.facts[one].say.in_(language()) if one in vocabulary.facts else _("place")
