"""Who might ask for help in a region: shares of each fact by need and age, read from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, model_validator

from directory_data.base_model import FrozenModel

Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
"""A part of all people, from 0 to 1."""

Shares = Mapping[bool | int | str, float]
"""The values that a fact can have, with the part of people of whom each is true."""

AgeBands = tuple[tuple[int, int, float], ...]
"""From and to years, both included, with the part of people in that band."""

Written = Fraction | Mapping[str, Fraction]
"""As curators write shares: of those of whom a yes-or-no fact is true, or of each value."""


class FactShares(FrozenModel):
    """The part of people of whom a fact is true, or of each of its values, and who says so."""

    share: Fraction | None = None
    values: Mapping[str, Fraction] | None = None
    source: str
    note: str = ""

    @model_validator(mode="after")
    def _says_one(self) -> "FactShares":
        if (self.share is None) is (self.values is None):
            raise ValueError("give a share or values")
        return self


class AgeShares(FrozenModel):
    """The same for people of some years, both included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")
    share: Fraction | None = None
    values: Mapping[str, Fraction] | None = None

    @model_validator(mode="after")
    def _says_one(self) -> "AgeShares":
        if (self.share is None) is (self.values is None):
            raise ValueError("give a share or values")
        return self


class AgeGroup(FrozenModel):
    """How old people are who ask for some needs."""

    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    bands: AgeBands


class AgesOfPeople(FrozenModel):
    """How old people are who ask for anything, and for some needs."""

    anybody: AgeBands
    groups: tuple[AgeGroup, ...] = ()


class AskedNeeds(FrozenModel):
    """Needs that are asked for equally often, beside the others."""

    often: Annotated[float, Field(gt=0.0)]
    needs: Annotated[tuple[str, ...], Field(min_length=1)]


class PopulationFile(FrozenModel):
    """The file of a region's population as curators write it."""

    sources: Mapping[str, str]
    shares: Mapping[str, FactShares]
    by_need: Mapping[str, Mapping[str, Written]]
    by_age: Mapping[str, tuple[AgeShares, ...]]
    ages: AgesOfPeople
    asked: tuple[AskedNeeds, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """Shares of each fact: of anybody, by need, and by years; ages by need; how often it is asked.

    A need without ages of its own has those of anybody.
    """

    shares: Mapping[str, Shares]
    by_need: Mapping[str, Mapping[str, Shares]]
    by_age: Mapping[str, Sequence[tuple[int, int, Shares]]]
    ages: Mapping[str, AgeBands]
    ages_of_anybody: AgeBands
    asked: Mapping[str, float]


def population_of(file: PopulationFile) -> Population:
    """Lay a population out by need and fact, so that every share names its values."""
    return Population(
        shares=MappingProxyType({fact: _of(row) for fact, row in file.shares.items()}),
        by_need=MappingProxyType(
            {
                need: {fact: _shares(written) for fact, written in facts.items()}
                for need, facts in file.by_need.items()
            }
        ),
        by_age=MappingProxyType(
            {
                fact: tuple((row.first, row.last, _of(row)) for row in rows)
                for fact, rows in file.by_age.items()
            }
        ),
        ages=MappingProxyType(
            {need: group.bands for group in file.ages.groups for need in group.needs}
        ),
        ages_of_anybody=file.ages.anybody,
        asked=MappingProxyType({need: row.often for row in file.asked for need in row.needs}),
    )


def _of(row: FactShares | AgeShares) -> Shares:
    return _shares(row.share if row.values is None else row.values)


def _shares(written: Written | None) -> Shares:
    if isinstance(written, Mapping):
        return {value: share for value, share in written.items()}  # noqa: C416 - a wider type of key
    share = written or 0.0
    return {True: share, False: 1.0 - share}
