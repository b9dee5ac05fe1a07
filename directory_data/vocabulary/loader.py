"""Read the common language from its files, once, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from directory_data.bilingual import Bilingual, FrozenModel


class FactKind(StrEnum):
    """How a fact is answered."""

    YEARS = "years"
    CHOICE = "choice"
    YES_NO = "yes-no"


class PeopleWords(FrozenModel):
    """What people call a thing, in each language."""

    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()


class Need(FrozenModel):
    """Something a person is looking for."""

    id: str
    area: str
    label: Bilingual
    say: Bilingual
    tables: tuple[int, ...]
    zones: tuple[str, ...]
    words: PeopleWords = PeopleWords()


class FactValue(FrozenModel):
    """One value of a fact that is chosen from a list."""

    id: str
    label: Bilingual
    other: Bilingual | None = None


class Fact(FrozenModel):
    """Something a rule may ask about a person."""

    id: str
    kind: FactKind
    say: Bilingual
    sensitive: bool = False
    values: tuple[FactValue, ...] = ()

    @property
    def value_ids(self) -> tuple[str, ...]:
        """Give the ids of the values of a choice."""
        return tuple(value.id for value in self.values)


class Place(FrozenModel):
    """A town or region; `inside` names the place that it lies in."""

    id: str
    name: Bilingual
    words: tuple[str, ...]
    inside: str | None = None
    municipality: str | None = None
    postal: tuple[str, ...] = ()
    near: tuple[float, float] | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The needs, facts and places of the common language, by id."""

    needs: Mapping[str, Need]
    facts: Mapping[str, Fact]
    places: Mapping[str, Place]

    def around(self, place_id: str) -> tuple[str, ...]:
        """List a place and all that it lies in: acton, halton-hills, halton, ontario."""
        chain: list[str] = []
        here: str | None = place_id
        while here is not None and here not in chain:
            chain.append(here)
            here = self.places[here].inside
        return tuple(chain)

    def place_named(self, words: str) -> Place | None:
        """Find a place by its id, name or one of its words, in any case."""
        return self._places_by_word.get(" ".join(words.casefold().split()))

    @cached_property
    def _places_by_word(self) -> Mapping[str, Place]:
        named: dict[str, Place] = {}
        for place in self.places.values():
            for word in (place.id, place.name.en, place.name.fr, *place.words):
                named.setdefault(word.casefold(), place)
        return named


def _rows(name: str) -> list[dict[str, object]]:
    text = files("directory_data.vocabulary").joinpath(name).read_text(encoding="utf-8")
    rows: list[dict[str, object]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return rows


@cache
def vocabulary() -> Vocabulary:
    """Give the common language; the files are read at the first call."""
    needs = TypeAdapter(tuple[Need, ...]).validate_python(_rows("needs.yaml"))
    facts = TypeAdapter(tuple[Fact, ...]).validate_python(_rows("facts.yaml"))
    places = TypeAdapter(tuple[Place, ...]).validate_python(_rows("places.yaml"))
    return Vocabulary(
        needs={need.id: need for need in needs},
        facts={fact.id: fact for fact in facts},
        places={place.id: place for place in places},
    )
