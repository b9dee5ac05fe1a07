"""The common language of a region: needs, facts, places, topics and aliases, read from files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

import yaml
from pydantic import TypeAdapter, model_validator

from directory_data.base_model import FrozenModel
from directory_data.bilingual import Bilingual
from directory_data.vocabulary.service_aliases import ServiceAliases
from directory_data.vocabulary.service_topics import Topics

MUNICIPALITY = "municipality"
"""The fact whose values are the region's."""

ELSEWHERE = "elsewhere"
"""The value of that fact, in every region, for all places outside the region."""


class FactKind(StrEnum):
    """How a fact is answered."""

    YEARS = "years"
    CHOICE = "choice"
    YES_NO = "yes-no"


class PeopleWords(FrozenModel):
    """What people call a thing, in each language."""

    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()


class NeedFlag(StrEnum):
    """What may be done with a need; without a flag it counts as private and dangerous."""

    REMINDED = "reminded"
    """Who falls silent may get one text that comes unasked; it names nothing."""

    NAMED = "named"
    """Its places may stand in a text that comes unasked, which somebody else may read."""

    URGENT = "urgent"
    """It can't wait: whatever else was asked for, it stands in every list."""

    CALL_ONLY = "call-only"
    """Only the person can make contact: no navigator asks a service to call back."""


class Need(FrozenModel):
    """Something a person is looking for.

    `meanwhile`: the needs that also help while its door is closed; `for_the_young`: the need that
    takes its place below the age of a grown-up.
    """

    id: str
    area: str
    label: Bilingual
    say: Bilingual
    tables: tuple[int, ...]
    zones: tuple[str, ...]
    flags: frozenset[NeedFlag] = frozenset()
    meanwhile: tuple[str, ...] = ()
    for_the_young: str | None = None
    words: PeopleWords = PeopleWords()

    @model_validator(mode="after")
    def _named_is_reminded(self) -> "Need":
        if NeedFlag.NAMED in self.flags and NeedFlag.REMINDED not in self.flags:
            raise ValueError("a need that is named unasked must also be reminded")
        return self


class DangerKindNeeds(FrozenModel):
    """What people in one kind of danger need beside the safety card.

    `not_for_self`: of these, those for somebody else than who is hurt; `not_meant`: needs that the
    words of such a danger seem to name, and do not.
    """

    id: str
    needs: tuple[str, ...] = ()
    not_for_self: tuple[str, ...] = ()
    not_meant: frozenset[str] = frozenset()


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
    danger_kinds: Mapping[str, DangerKindNeeds]

    def needs_with(self, flag: NeedFlag) -> frozenset[str]:
        """Give the ids of the needs that have a flag."""
        return self._needs_by_flag[flag]

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """Give the ids of the municipalities of the region, without what lies elsewhere."""
        every = self.facts[MUNICIPALITY].value_ids
        return tuple(value for value in every if value != ELSEWHERE)

    @cached_property
    def towns(self) -> tuple[Place, ...]:
        """Give the places of the region that people call by a name: towns, and towns in towns."""
        return tuple(
            place
            for place in self.places.values()
            if place.words and place.municipality in self.municipalities
        )

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
    def _needs_by_flag(self) -> Mapping[NeedFlag, frozenset[str]]:
        return {
            flag: frozenset(need.id for need in self.needs.values() if flag in need.flags)
            for flag in NeedFlag
        }

    @cached_property
    def _places_by_word(self) -> Mapping[str, Place]:
        named: dict[str, Place] = {}
        for place in self.places.values():
            for word in (place.id, place.name.en, place.name.fr, *place.words):
                named.setdefault(word.casefold(), place)
        return named


@cache
def common_needs() -> Mapping[str, Need]:
    """Give the needs by id; they are the same in every region."""
    rows = TypeAdapter(tuple[Need, ...]).validate_python(_rows("needs.yaml"))
    return MappingProxyType({need.id: need for need in rows})


@cache
def common_facts() -> Mapping[str, Fact]:
    """Give the facts by id; the municipality has no values yet, they are the region's."""
    rows = TypeAdapter(tuple[Fact, ...]).validate_python(_rows("facts.yaml"))
    return MappingProxyType({fact.id: fact for fact in rows})


@cache
def danger_kinds() -> Mapping[str, DangerKindNeeds]:
    """Give the kinds of danger by id, with what people need beside the safety card."""
    rows = TypeAdapter(tuple[DangerKindNeeds, ...]).validate_python(_rows("danger_kinds.yaml"))
    return MappingProxyType({kind.id: kind for kind in rows})


def vocabulary_of(
    *,
    municipalities: tuple[FactValue, ...],
    places: tuple[Place, ...],
    topics: Topics,
    aliases: ServiceAliases,
) -> Vocabulary:
    """Give the common language as it is spoken in a region: with its places and its names."""
    towns = common_facts()[MUNICIPALITY].model_copy(update={"values": municipalities})
    return Vocabulary(
        needs=common_needs(),
        facts={**common_facts(), MUNICIPALITY: towns},
        places={place.id: place for place in places},
        topics=topics,
        aliases=aliases,
        danger_kinds=danger_kinds(),
    )


def _rows(name: str) -> object:
    text = files("directory_data.vocabulary").joinpath(name).read_text(encoding="utf-8")
    rows: object = yaml.load(text, Loader=yaml.CSafeLoader)
    return rows
