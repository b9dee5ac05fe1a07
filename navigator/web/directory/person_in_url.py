"""The person that a page is for, as far as its address says it: a place and an age, no more."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.eligibility import Answers
from navigator.services.search.search_request import AGE
from navigator.services.search.search_results import SearchResults
from navigator.web.base.request_context import gettext as _

OLDEST = 120


@dataclass(frozen=True, slots=True)
class PersonInUrl:
    """What the access points of services depend on; `place` is the id of a place, or empty."""

    place: str = ""
    age: int | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """Give the fields of an address, or of a form, that say it."""
        fields = {"place": self.place, "age": "" if self.age is None else str(self.age)}
        return {name: value for name, value in fields.items() if value}

    def answers(self, vocabulary: Vocabulary) -> Answers:
        """Give the facts that choose the access point."""
        known: dict[str, int | str] = {} if self.age is None else {AGE: self.age}
        municipality = vocabulary.places[self.place].municipality if self.place else None
        return known | ({"municipality": municipality} if municipality else {})

    def words(self, vocabulary: Vocabulary, language: str) -> str:
        """Say who it is: "Acton, age 16"; nothing where nothing is known."""
        place = vocabulary.places[self.place].name.in_(language) if self.place else ""
        age = "" if self.age is None else _("age %(years)s", years=self.age)
        return ", ".join(part for part in (place, age) if part)


def read_person(args: MultiDict[str, str], vocabulary: Vocabulary) -> PersonInUrl:
    """Read an address or a form; what is not known in it is left out."""
    place, age = args.get("place", ""), args.get("age", "")
    return PersonInUrl(
        place=place if place in vocabulary.places else "",
        age=int(age) if age.isdecimal() and len(age) <= 3 and int(age) <= OLDEST else None,
    )


def person_of_results(found: SearchResults | None) -> PersonInUrl:
    """Give the person whom the words of a search name."""
    if found is None:
        return PersonInUrl()
    age, place = found.query.person.facts.get(AGE), found.query.place
    return PersonInUrl(
        place=place.id if place else "",
        age=age if type(age) is int and age <= OLDEST else None,
    )
