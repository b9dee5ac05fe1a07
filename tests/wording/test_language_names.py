"""What languages are called."""

import pytest

from directory_data.record_checks import LANGUAGE_CODES
from navigator.services.search.language_preference import WORDS
from navigator.web.directory.service_card import SHOWN_LANGUAGES
from navigator.wording.language_names import OVERRIDES, language_name, own_language_name


@pytest.mark.parametrize(
    ("code", "en", "fr"),
    [
        ("en", "English", "anglais"),
        ("fr", "French", "français"),
        ("pa", "Punjabi", "pendjabi"),
        ("ur", "Urdu", "ourdou"),
        ("zh", "Chinese", "chinois"),
        ("bn", "Bengali", "bengali"),
        ("gu", "Gujarati", "gujarati"),
        ("fa", "Farsi", "farsi"),
        ("ase", "American Sign Language", "langue des signes"),
    ],
)
def test_a_language_has_the_name_that_is_used_here(code: str, en: str, fr: str) -> None:
    assert (language_name(code, "en"), language_name(code, "fr")) == (en, fr)


def test_a_card_says_which_sign_language() -> None:
    assert language_name("ase", "fr", on_card=True) == "ASL (langue des signes)"
    assert language_name("ase", "en", on_card=True) == "American Sign Language"


def test_a_language_names_itself() -> None:
    assert (own_language_name("en"), own_language_name("fr")) == ("English", "Français")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_language_that_a_record_may_name_has_a_name(language: str) -> None:
    for code in LANGUAGE_CODES - NAMELESS:
        assert language_name(code, language), code
    assert not NAMELESS & {*WORDS, *SHOWN_LANGUAGES}
    assert WORDS.keys() | set(SHOWN_LANGUAGES) <= LANGUAGE_CODES
    assert {code for code, _ in OVERRIDES} <= LANGUAGE_CODES


NAMELESS = frozenset({"cmn", "fcs"})
"""Mandarin and Quebec Sign Language have no name in CLDR; no card names them."""
