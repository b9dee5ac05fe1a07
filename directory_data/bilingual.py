"""A text in the two languages of the project, side by side."""

from enum import StrEnum

from directory_data.base_model import FrozenModel


class Language(StrEnum):
    """The languages everything is written in."""

    EN = "en"
    FR = "fr"


class Bilingual(FrozenModel):
    """One text in English and in French; both are always there."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        """Give the text in one language."""
        return self.fr if language == Language.FR else self.en
