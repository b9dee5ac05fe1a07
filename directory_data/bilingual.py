"""What all files of data are made of: frozen models, slugs, a text in both languages."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""An id: small letters, digits and single hyphens."""


class Language(StrEnum):
    """The languages everything is written in."""

    EN = "en"
    FR = "fr"


class FrozenModel(BaseModel):
    """A record read from a file: frozen, and strict about names it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(FrozenModel):
    """One text in English and in French; both are always there."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        """Give the text in one language."""
        return self.fr if language == Language.FR else self.en
