"""Read the topics: what people ask for that is finer than a need, and which services have it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import Field

from directory_data.base_model import FrozenModel, Slug
from directory_data.bilingual import Bilingual

Some = Field(min_length=1)


class Topic(FrozenModel):
    """A thing that only some services have: what it is called, how people say it, who has it.

    `only`: who has it does nothing else.
    """

    id: Slug
    label: Bilingual
    services: Annotated[tuple[Slug, ...], Some]
    en: Annotated[tuple[str, ...], Some]
    fr: Annotated[tuple[str, ...], Some]
    only: bool = False


class TopicsFile(FrozenModel):
    """The file of topics as curators write it."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics by id, the ids of the topics of each service, and who has nothing but one."""

    by_id: Mapping[str, Topic]
    of_service: Mapping[str, tuple[str, ...]]
    single: frozenset[str]


def read_topics(text: str, need_ids: Collection[str]) -> Topics:
    """Read topics; raise ValueError where an id is there twice, or is the id of a need."""
    rows = TopicsFile.model_validate(yaml.load(text, Loader=yaml.CSafeLoader)).topics
    by_id: dict[str, Topic] = {}
    of_service: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.id in by_id or row.id in need_ids:
            raise ValueError(f"{row.id} is the id of something else already")
        by_id[row.id] = row
        for service in row.services:
            of_service[service] = (*of_service.get(service, ()), row.id)
    single = frozenset(service for row in rows if row.only for service in row.services)
    return Topics(MappingProxyType(by_id), MappingProxyType(of_service), single)
