"""What languages are called in English and in French: CLDR's names (Babel), but for a few."""

from collections.abc import Mapping

from babel import Locale

from navigator.wording.date_format import LOCALES

OVERRIDES: Mapping[tuple[str, str], str] = {
    # Who speaks it here calls it Farsi; CLDR says Persian.
    ("fa", "en"): "Farsi",
    ("fa", "fr"): "farsi",
    # CLDR's "langue des signes américaine" is longer than a chip; there is one in Halton.
    ("ase", "fr"): "langue des signes",
}
"""(ISO 639 code, language of the reader) -> the name that we use instead."""

ON_CARDS: Mapping[tuple[str, str], str] = {("ase", "fr"): "ASL (langue des signes)"}
"""A card has room to say which sign language; people search for "ASL" in both languages."""


def language_name(code: str, language: str, *, on_card: bool = False) -> str:
    """Give the name of a language (ISO 639 code) in "en" or "fr"; raise KeyError for no code."""
    key = (code, language)
    if on_card and key in ON_CARDS:
        return ON_CARDS[key]
    return OVERRIDES.get(key) or Locale.parse(LOCALES[language]).languages[code]


def own_language_name(code: str) -> str:
    """Give the name of a language as its speakers write it in a list: "English", "Français"."""
    return language_name(code, code).capitalize()
