"""Read the former names and the short names that people use for services, once, as one value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import Field

from directory_data.base_model import FrozenModel, Slug

Some = Field(min_length=1)

MEANT, HARDLY_MEANT = 3.0, 0.4
"""How an acronym's services count where it surely is meant, and where it is an ordinary word."""

_WORD = re.compile(r"\w+")


class FormerName(FrozenModel):
    """What something was called, words of its name today, and where that stands."""

    old: Annotated[tuple[str, ...], Some]
    now: Annotated[tuple[str, ...], Some]
    source: Annotated[str, Some]


class Acronym(FrozenModel):
    """A short name, the services that it leads to, and what it stands for.

    `everyday`: in small letters inside a sentence it is an ordinary word.
    """

    short: Annotated[str, Field(pattern=r"^[A-Z0-9]+$")]
    services: Annotated[tuple[Slug, ...], Some]
    means: Annotated[str, Some]
    everyday: bool = False


class AliasesFile(FrozenModel):
    """The file of names as curators write it."""

    old_names: tuple[FormerName, ...]
    acronyms: tuple[Acronym, ...]


@dataclass(frozen=True, slots=True)
class ServiceAliases:
    """Former names with today's words for them, and acronyms with the ids of their services."""

    old_names: Mapping[str, tuple[str, ...]]
    acronyms: Mapping[str, tuple[str, ...]]
    everyday: frozenset[str] = frozenset()

    def acronyms_of(self, service_id: str) -> tuple[str, ...]:
        """List the acronyms that lead to a service."""
        return tuple(short for short, ids in self.acronyms.items() if service_id in ids)

    def factors(self, words: str) -> Mapping[str, float]:
        """Give service ids a factor of their score for the acronyms in what was typed.

        Written in capitals, or alone, an acronym is meant: MOW. Inside a sentence in small letters
        one that is an everyday word hardly is: "mow my lawn". The others are left as they are.
        """
        said = _WORD.findall(words.replace(".", ""))
        shouted = words.isupper()
        found: dict[str, float] = {}
        for word in said:
            short = word.upper()
            if len(said) == 1 or (word.isupper() and not shouted):
                found.update(dict.fromkeys(self.acronyms.get(short, ()), MEANT))
            elif short in self.everyday and not word.isupper():
                for service_id in self.acronyms[short]:
                    found.setdefault(service_id, HARDLY_MEANT)
        return found


def read_aliases(text: str) -> ServiceAliases:
    """Read names; raise ValueError where one is explained twice or not as it should be."""
    found = AliasesFile.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    return ServiceAliases(
        old_names=_once((old, row.now) for row in found.old_names for old in row.old),
        acronyms=_once((row.short, row.services) for row in found.acronyms),
        everyday=frozenset(row.short for row in found.acronyms if row.everyday),
    )


def _once(
    rows: Iterable[tuple[str, tuple[str, ...]]],
) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, meanings in rows:
        if name.casefold() in {known.casefold() for known in found}:
            raise ValueError(f"{name} is explained twice")
        found[name] = meanings
    return MappingProxyType(found)
