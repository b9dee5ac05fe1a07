"""Staff-owned cases: a person's situation, and what the list must and must not show."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter, model_validator

from directory_data.base_model import FrozenModel
from directory_data.directory import Directory
from directory_data.vocabulary.loader import Fact, FactKind, Vocabulary


class ExpectedFirst(FrozenModel):
    """Services that all stand among the first so many of the list."""

    ids: Annotated[tuple[str, ...], Field(min_length=1)]
    within: Annotated[int, Field(ge=1, le=10)]


class EligibilityCase(FrozenModel):
    """One situation with what must be shown for it, and the fact that this stands on."""

    name: str
    table: Annotated[int, Field(ge=1, le=7)]
    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    answers: Mapping[str, bool | int | str]
    first_among: ExpectedFirst | None = None
    not_first: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()
    does_not_fit: tuple[str, ...] = ()
    why: str

    @model_validator(mode="after")
    def _expects_something(self) -> "EligibilityCase":
        if not (self.first_among or self.not_first or self.fits or self.does_not_fit):
            raise ValueError("a case must expect something")
        return self

    @property
    def services(self) -> tuple[str, ...]:
        """Give the ids of all services that the case names."""
        first = self.first_among.ids if self.first_among else ()
        return (*first, *self.not_first, *self.fits, *self.does_not_fit)


def read_cases(path: Path) -> tuple[EligibilityCase, ...]:
    """Read the cases of a file; raise ValidationError where one has the wrong shape."""
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return TypeAdapter(tuple[EligibilityCase, ...]).validate_python(rows)


def wrong_ids(case: EligibilityCase, vocabulary: Vocabulary, directory: Directory) -> Iterator[str]:
    """Name all needs, facts, values and services of a case that do not exist or are not shown."""
    yield from (need for need in case.needs if need not in vocabulary.needs)
    yield from (key for key in case.services if key not in directory.services)
    for name, value in case.answers.items():
        fact = vocabulary.facts.get(name)
        if fact is None:
            yield name
        elif not _takes(fact, value):
            yield f"{name}: {value}"


def _takes(fact: Fact, value: object) -> bool:
    if fact.kind is FactKind.CHOICE:
        return value in fact.value_ids
    return isinstance(value, bool) is (fact.kind is FactKind.YES_NO)
