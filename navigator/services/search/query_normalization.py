"""Rewrite the text of a query: text-speak is written out, ages and places are no search terms."""

import re
from collections.abc import Mapping
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Place, Vocabulary
from directory_data.vocabulary.phrase_book import phrase_book
from navigator.domain.eligibility import Answer
from search_index.analyzer import FILLER_WORDS, STOP_WORDS, content_words, tokens

SHORT_QUERY = 6
"""Up to so many words a lone number is taken for an age: "counselling 16 milton"."""

LONG_PLACE_NAME = 6
"""Letters from which a place is known with one wrong: "acton" is too near to "action"."""

_LONE_AGE = re.compile(
    r"(?<![\w/.$-])(1[0-9]|[2-9][0-9])(?![\w/.%-])"
    r"(?!\s*(?:h|hours?|hrs?|days?|weeks?|months?|heures?|jours?|semaines?|mois|dollars?|kids|km)\b)"
)
_SPELLED_AGE = re.compile(
    r"\b\d{1,3}[ -]*(?:(?:years?|yrs?)[ -]*olds?|y\.?/?o\.?|ans)(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"[\w'’.-]+")
_AGE_SENTENCE = {"en": "{} years old", "fr": "{} ans"}
"""How an age is written for the reader of sentences; nobody sees it."""


def write_out_shorthand(text: str, directory: Directory, language: str) -> tuple[str, str | None]:
    """Write text-speak out: "2nite" is "tonight"; short names stay.

    Returns the text, and it again if a content word was written out, else None.
    """
    shorthand = directory.derived(_shorthand_by_language)[language]
    acronyms = directory.vocabulary.aliases.acronyms
    changed = False

    def written_out(found: re.Match[str]) -> str:
        nonlocal changed
        word = found[0].lower().replace("'", "").replace("’", "")
        meaning = shorthand.get(word)
        if meaning is None or found[0].upper() in acronyms:
            return found[0]
        changed = changed or any(map(_is_content, tokens(meaning)))
        return meaning

    rewritten = _WORD.sub(written_out, text)
    return rewritten, rewritten if changed else None


def lone_age(text: str) -> re.Match[str] | None:
    """Find the one number in a short query that can be an age."""
    if len(text.split()) > SHORT_QUERY or len(text.split()) < 2:
        return None
    found = list(_LONE_AGE.finditer(text))
    return found[0] if len(found) == 1 else None


def spell_age(text: str, age: re.Match[str], language: str) -> str:
    """Say a lone age as one that is understood: what helps depends on it."""
    return f"{text[: age.start()]} {_AGE_SENTENCE[language].format(age[0])} {text[age.end() :]}"


def remove_age(text: str, lone: re.Match[str] | None) -> str:
    """Leave the words of an age out."""
    rest = _SPELLED_AGE.sub(" ", text)
    if rest == text and lone is not None:
        return f"{text[: lone.start()]} {text[lone.end() :]}"
    return rest


def correct_place_names(text: str, directory: Directory) -> str:
    """Write the long names of places right, where a letter is wrong: "oakvile"."""
    names = directory.derived(_long_place_names)

    def corrected(piece: str) -> str:
        typed = piece.casefold()
        found = process.extractOne(
            typed, names.get(typed[0], ()), scorer=OSA.distance, score_cutoff=1
        )
        return str(found[0]) if found is not None and found[0] != typed else piece

    pieces = text.split()
    return " ".join(
        corrected(piece) if len(piece) >= LONG_PLACE_NAME else piece for piece in pieces
    )


def find_place(text: str, municipality: Answer | None, vocabulary: Vocabulary) -> Place | None:
    """Find the finest place that the words name, in the municipality where the person is."""
    words = tokens(text)
    pairs = [" ".join(pair) for pair in pairwise(words)]
    postal_areas = [word[:3] for word in words if len(word) in {3, 6}]
    named = [vocabulary.place_named(name) for name in (*pairs, *words, *postal_areas)]
    known = dict.fromkeys(place for place in named if place is not None and place.municipality)
    in_municipality = [place for place in known if place.municipality == municipality]
    return max(in_municipality, key=lambda place: len(vocabulary.around(place.id)), default=None)


def remove_place(text: str, place: Place, vocabulary: Vocabulary) -> str:
    """Leave the names of the place out, unless nothing else is left: it boosts, and is no term.

    As a term it would crowd out what serves the town without naming it.
    """
    around = (vocabulary.places[place_id] for place_id in vocabulary.around(place.id))
    names = {
        tuple(tokens(name))
        for wider in around
        if wider.municipality
        for name in (wider.name.en, wider.name.fr, *wider.words)
    }
    pieces = text.split()
    kept: list[str] = []
    while pieces:
        pair, first = (tuple(tokens(" ".join(pieces[:size]))) for size in (2, 1))
        if pair in names:
            pieces = pieces[2:]
            continue
        piece = pieces.pop(0)
        if first not in names and (piece[:3].lower(),) not in names | {()}:
            kept.append(piece)
    rest = content_words(tokens(" ".join(kept)))
    return " ".join(kept) if any(len(word) > 1 for word in rest) else text


def _is_content(word: str) -> bool:
    return word not in STOP_WORDS and word not in FILLER_WORDS


def _shorthand_by_language(_directory: Directory) -> Mapping[str, Mapping[str, str]]:
    """Give text-speak and what it means; where both languages have a word, one's own counts."""
    table = phrase_book().shorthand
    english, french = table.get("en", {}), table.get("fr", {})
    return {"en": {**french, **english}, "fr": {**english, **french}}


def _long_place_names(directory: Directory) -> Mapping[str, tuple[str, ...]]:
    """Give the long names of the places, by their first letter."""
    names = {
        word.casefold()
        for place in directory.vocabulary.places.values()
        for word in (place.name.en, place.name.fr, *place.words)
        if place.municipality and word.isalpha() and len(word) >= LONG_PLACE_NAME
    }
    letters = {name[0] for name in names}
    return {
        letter: tuple(name for name in sorted(names) if name[0] == letter) for letter in letters
    }
