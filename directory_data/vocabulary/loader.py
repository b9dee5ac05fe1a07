"""The common language of a region: needs, facts, places, topics and aliases, read from files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from directory_data.bilingual import Bilingual, FrozenModel
from directory_data.vocabulary.service_aliases import ServiceAliases, read_aliases
from directory_data.vocabulary.topics import Topics, read_topics

MUNICIPALITY = "municipality"
"""The fact whose values are the region's."""


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
    """The common language in one region: needs, facts and places by id, topics, service aliases."""

    needs: Mapping[str, Need]
    facts: Mapping[str, Fact]
    places: Mapping[str, Place]
    topics: Topics
    aliases: ServiceAliases

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


def load_vocabulary(region_folder: Path) -> Vocabulary:
    """Read the common language as it is spoken in a region; raise ValueError where a file is wrong.

    Needs and facts are the same everywhere; municipalities, places, topics and aliases are the
    region's.
    """
    here = files("directory_data.vocabulary")
    needs = TypeAdapter(tuple[Need, ...]).validate_python(_rows(here / "needs.yaml"))
    facts = TypeAdapter(tuple[Fact, ...]).validate_python(_rows(here / "facts.yaml"))
    towns = TypeAdapter(tuple[FactValue, ...]).validate_python(
        _rows(region_folder / "municipalities.yaml")
    )
    places = TypeAdapter(tuple[Place, ...]).validate_python(_rows(region_folder / "places.yaml"))
    by_id = {fact.id: fact for fact in facts}
    by_id[MUNICIPALITY] = by_id[MUNICIPALITY].model_copy(update={"values": towns})
    need_ids = {need.id for need in needs}
    return Vocabulary(
        needs={need.id: need for need in needs},
        facts=by_id,
        places={place.id: place for place in places},
        topics=read_topics((region_folder / "topics.yaml").read_text("utf-8"), need_ids),
        aliases=read_aliases((region_folder / "service_aliases.yaml").read_text("utf-8")),
    )


def _rows(file: Path | Traversable) -> object:
    rows: object = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return rows
