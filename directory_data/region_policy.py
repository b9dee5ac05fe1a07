"""How a region is served: its desk, its widest doors, who is led elsewhere, what menus offer."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from directory_data.base_model import FrozenModel, Slug
from directory_data.bilingual import Bilingual
from directory_data.opening_hours import Clock, Day
from directory_data.records import Criterion

NEEDS_OF_A_MENU = 8
"""A menu of the text line is answered with one digit, and 9 asks for a person."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        raise ValueError("must be a time zone such as Europe/Paris") from None
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
MenuNeeds = Annotated[tuple[str, ...], Field(min_length=1, max_length=NEEDS_OF_A_MENU)]


class DeskHours(FrozenModel):
    """When navigators are at the desk, in local time."""

    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    opens: Clock
    closes: Clock

    @model_validator(mode="after")
    def _opens_first(self) -> "DeskHours":
        if self.opens >= self.closes:
            raise ValueError("the desk must close after it opens")
        return self


class Redirection(FrozenModel):
    """A person for whom a door is the wrong one, and the right one for them.

    `for_need`: only where a service is looked for that is there for this need in the first place.
    """

    service: Slug
    instead: Slug
    when: Criterion
    for_need: str | None = None
    reason: Annotated[str, Field(min_length=1)]


class Menus(FrozenModel):
    """Needs offered: on the home page, and by number on the text line, first these, then more."""

    home_page: Annotated[tuple[str, ...], Field(min_length=1)]
    first: MenuNeeds
    more: MenuNeeds


class RegionPolicy(FrozenModel):
    """What no single record can say of how a region is served."""

    name: Bilingual
    long_name: Bilingual
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    province: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,3}$")]
    time_zone: TimeZone
    open_to_all: Bilingual
    desk: DeskHours
    widest: Annotated[tuple[Slug, ...], Field(min_length=1)]
    helpline: Annotated[str, Field(pattern=r"^[0-9][0-9-]*$")]
    emergency: Slug | None = None
    redirections: tuple[Redirection, ...] = ()
    menus: Menus
    navigation_need: str

    @cached_property
    def redirections_by_service(self) -> Mapping[str, tuple[Redirection, ...]]:
        """Hold the redirections of each service that has some, in their order."""
        found: dict[str, tuple[Redirection, ...]] = {}
        for redirection in self.redirections:
            found[redirection.service] = (*found.get(redirection.service, ()), redirection)
        return found
