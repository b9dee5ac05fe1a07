"""The crisis lines that a region's safety cards may name: for whom, and for which danger."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from directory_data.base_model import FrozenModel, Slug


class CrisisLine(FrozenModel):
    """How one line is named on a card, and for whom it is; the keys of `text` are languages."""

    en: Annotated[str, Field(pattern=r"\{number\}")]
    fr: Annotated[str, Field(pattern=r"\{number\}")]
    youngest: int | None = None
    oldest: int | None = None
    age_needed: bool = False
    local: bool = False
    """Only for people who live in the region."""
    language: Literal["en", "fr"] | None = None
    """Only for people who write in this language."""

    @property
    def text(self) -> Mapping[str, str]:
        """Give the words by language, with {number} to be filled in."""
        return {"en": self.en, "fr": self.fr}


class OlderPeople(FrozenModel):
    """From which age on some kinds of danger are answered with another line first."""

    first_age: int = Field(alias="from")
    line: Slug
    kinds: tuple[str, ...]


class CrisisLines(FrozenModel):
    """The lines by the ids of their services, and by kind of danger which are named, best first."""

    lines: Mapping[Slug, CrisisLine]
    order: Mapping[str, tuple[Slug, ...]]
    older: OlderPeople | None = None

    @model_validator(mode="after")
    def _lines_have_words(self) -> "CrisisLines":
        ordered = {line for lines in self.order.values() for line in lines}
        named = {*ordered, self.older.line} if self.older else ordered
        if missing := sorted(named - self.lines.keys()):
            raise ValueError(f"lines: no words for {', '.join(missing)}")
        return self
