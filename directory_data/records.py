"""The shape of a curated record: one organization and its services, as they stand in a file."""

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from directory_data.base_model import FrozenModel, Slug
from directory_data.bilingual import Bilingual
from directory_data.opening_hours import OpeningHours


def _partial_date(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise ValueError("must be a date: 2024, 2024-05 or 2024-05-31")
    earliest_date(text)
    return text


def earliest_date(partial: str) -> dt.date:
    """Give the first day of a partial date: 2024-05 is 1 May 2024, never later."""
    year, month, day = [*map(int, partial.split("-")), 1, 1][:3]
    return dt.date(year, month, day)


PartialDate = Annotated[str, AfterValidator(_partial_date)]


class Confidence(StrEnum):
    """How well a record is sourced (the facts' own scale)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class PhoneKind(StrEnum):
    """How a number is used; voice and toll-free are called, sms is texted."""

    VOICE = "voice"
    TOLL_FREE = "toll-free"
    SMS = "sms"
    TTY = "tty"
    FAX = "fax"


CALLABLE = frozenset({PhoneKind.VOICE, PhoneKind.TOLL_FREE, PhoneKind.SMS})
"""The kinds of numbers that anybody can call or text: no fax, no teletypewriter."""


class PhoneNumber(FrozenModel):
    """A number as people dial it, and the source that gives it (a position in `sources`)."""

    number: Annotated[str, Field(pattern=r"^[0-9][0-9-]*$")]
    ext: str | None = None
    kind: PhoneKind
    note: Bilingual | None = None
    source: int | None


class RuleStrength(StrEnum):
    """What a rule does: turns away without it, turns away with it, or only says who comes first."""

    REQUIRES = "requires"
    EXCLUDES = "excludes"
    PREFERS = "prefers"


class Criterion(FrozenModel):
    """A question to the facts: one comparison, or several joined by all-of or any-of."""

    fact: str | None = None
    op: Literal["is", "in", "between"] | None = None
    value: bool | str | int | tuple[str | int | None, ...] | None = None
    all_of: tuple["Criterion", ...] = ()
    any_of: tuple["Criterion", ...] = ()

    def comparisons(self) -> Iterator["Criterion"]:
        """Walk through the single comparisons below this test."""
        if self.fact is not None:
            yield self
        for part in (*self.all_of, *self.any_of):
            yield from part.comparisons()


class Rule(Criterion):
    """A criterion: a test, how strong it is, its plain words and its source."""

    strength: RuleStrength
    words: Bilingual
    source: int | None


class Access(FrozenModel):
    """How a person gets in: by themselves, by a professional, through which door."""

    how: Bilingual
    self_referral: bool | None
    professional_referral: bool | None
    referral_required: bool | None = None
    through: str | None = None
    what_to_say: Bilingual | None = None
    what_to_bring: tuple[Bilingual, ...] = ()


class Fees(FrozenModel):
    """What it costs; `free` is None where nobody says."""

    free: bool | None
    words: Bilingual | None = None


class ServicePlace(FrozenModel):
    """Where a service is given; a confidential place has no street and no postal code."""

    street: str | None = None
    city: str
    postal_code: str | None = None
    accessible: bool | None = None


class Source(FrozenModel):
    """A public page that a fact stands on."""

    url: str | None = None
    publisher: str | None = None
    date: PartialDate | None = None
    supports: tuple[str, ...]
    exact_page: bool = True
    date_note: str | None = None


class FieldCheck(FrozenModel):
    """When a field was last seen to be right: on a public page, or by asking the service."""

    date: PartialDate
    how: Literal["page", "call", "visit"] = "page"


class FieldChecks(FrozenModel):
    """The last check of each field that gets a person through the door."""

    phones: FieldCheck | None = None
    email: FieldCheck | None = None
    url: FieldCheck | None = None
    address: FieldCheck | None = None
    hours: FieldCheck | None = None
    access: FieldCheck | None = None


class ServiceRecord(FrozenModel):
    """A service as it was curated."""

    id: Slug
    name: Bilingual
    short_name: Bilingual | None = None
    alternate_names: tuple[str, ...] = ()
    description: Bilingual
    needs: Annotated[tuple[str, ...], Field(min_length=1, max_length=4)]
    access: Access
    access_point_for: Bilingual | None = None
    rules: tuple[Rule, ...] = ()
    other_criteria: tuple[Bilingual, ...] = ()
    fees: Fees
    languages: tuple[str, ...]
    languages_note: Bilingual | None = None
    phones: tuple[PhoneNumber, ...] = ()
    email: str | None = None
    url: str | None = None
    places: tuple[ServicePlace, ...] = ()
    hours: OpeningHours | None = None
    crisis: bool = False
    confidential_location: bool = False
    sensitive: bool = False
    status: Literal["active", "doubtful", "closed"]
    publish: bool
    confidence: Confidence
    checked: FieldChecks = FieldChecks()
    sources: tuple[Source, ...]
    doubts: str | None = None

    def brief(self, language: str) -> str:
        """Give the name short enough for a text message."""
        return (self.short_name or self.name).in_(language)

    @property
    def checked_on(self) -> dt.date | None:
        """Give the first day of `last_check`: nothing is made to look newer than it is."""
        return earliest_date(self.last_check.date) if self.last_check else None

    @property
    def last_check(self) -> FieldCheck | None:
        """Say when, and how, the way to reach the service was last seen to be right."""
        ways = (self.checked.phones, self.checked.access, self.checked.url)
        known = [check for check in ways if check is not None]
        return max(known, key=lambda check: earliest_date(check.date), default=None)


class OrganizationRecord(FrozenModel):
    """An organization and the services that it runs: the content of one file."""

    id: Slug
    name: Bilingual
    website: str | None = None
    phone: str | None = None
    partners: tuple[str, ...] = ()
    services: Annotated[tuple[ServiceRecord, ...], Field(min_length=1)]
