"""Translations of the pages' own words (gettext), read from the .po file without a compile step."""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parent / "translations"


@cache
def catalog(language: str) -> gettext.NullTranslations:
    """Give the translations into a language; English is what the templates hold."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def translate(text: str, language: str) -> str:
    """Give one text of the pages in a language."""
    return catalog(language).gettext(text)
