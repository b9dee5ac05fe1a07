"""What the words of a search say: needs, a place, facts of a person, and the words to look for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory_data.vocabulary.loader import FactKind, Place, Vocabulary
from directory_data.vocabulary.phrase_book import phrase_book
from navigator.domain.eligibility import Answer
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.pipeline import understand
from navigator.services.search.audience_terms import AudienceTerm, age_group_in, gender_in
from navigator.services.search.language_filter import SpokenLanguage, spoken_language_in
from navigator.services.search.search_request import AGE, PLACE, SPOKEN, SearchRequest
from search_index.analyzer import FILLER_WORDS, STOP_WORDS, content_words, tokens

SURE = 0.5
"""From this on a need that was understood counts as said."""

SHORT_QUERY = 6
"""Up to so many words a lone number is taken for an age: "counselling 16 milton"."""

LONG_NAME = 6
"""Letters from which a place is known with one wrong: "acton" is too near to "action"."""

_LONE_AGE = re.compile(
    r"(?<![\w/.$-])(1[0-9]|[2-9][0-9])(?![\w/.%-])"
    r"(?!\s*(?:h|hours?|hrs?|days?|weeks?|months?|heures?|jours?|semaines?|mois|dollars?|kids|km)\b)"
)
_AGE_WORDS = re.compile(
    r"\b\d{1,3}[ -]*(?:(?:years?|yrs?)[ -]*olds?|y\.?/?o\.?|ans)(?!\w)", re.IGNORECASE
)
_WORD = re.compile(r"[\w'’.-]+")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What was heard; `words` are those to look for: no age, no place, no text-speak.

    `rewritten`: the words as they were written out, if a word that counts was; `group`: people of
    about one age, where no age was said; `spoken`: the language that the service should speak.
    """

    words: str
    rewritten: str | None
    needs: tuple[str, ...]
    place: Place | None
    facts: Mapping[str, Answer]
    group: AudienceTerm | None = None
    spoken: SpokenLanguage | None = None


def parse_query(asked: SearchRequest, vocabulary: Vocabulary, lexicon: NeedsLexicon) -> ParsedQuery:
    """Hear what a search says, leaving out what was taken back."""
    words, rewritten = _written_out(asked.words, asked.language, vocabulary)
    spoken = None
    if SPOKEN not in asked.without:
        spoken, words = spoken_language_in(words)
    lone = None if AGE in asked.without else _lone_age(words)
    plainly = _plain_age(words, lone, asked.language) if lone else asked.words
    understood = understand(plainly, lexicon=lexicon, hint=asked.language)
    said = tokens(words)
    facts = _facts(understood.facts, said, asked, vocabulary, spoken)
    if lone is not None:
        facts[AGE] = int(lone[0])
    if AGE in facts:
        words = _without_age(words, lone)
    if asked.age is not None:
        facts[AGE] = asked.age
    words = _with_places(words, vocabulary)
    place = asked.place or (None if PLACE in asked.without else _place(words, facts, vocabulary))
    facts.pop("municipality", None)
    if place is not None and place.municipality:
        facts["municipality"] = place.municipality
    if place is not None and asked.place is None:
        words = _without_place(words, place, vocabulary)
    needs = tuple(
        need for need, score in understood.needs if score >= SURE and need not in asked.without
    )
    return ParsedQuery(
        words=" ".join(words.split()),
        rewritten=rewritten,
        needs=needs,
        place=place,
        facts=facts,
        group=None if AGE in facts or AGE in asked.without else age_group_in(said),
        spoken=spoken,
    )


def _facts(
    understood: Mapping[str, object],
    said: Sequence[str],
    asked: SearchRequest,
    vocabulary: Vocabulary,
    spoken: SpokenLanguage | None,
) -> dict[str, Answer]:
    """Give the facts that were understood, the gender as a worker notes it, and French."""
    facts = {
        fact: value
        for fact, value in understood.items()
        if isinstance(value, bool | int | str)
        and fact not in asked.without
        and fact in vocabulary.facts
    }
    gender = None if "gender" in asked.without else gender_in(said)
    french = spoken is not None and spoken.code == "fr" and "francophone" not in asked.without
    return (
        ({"gender": gender} if gender else {}) | ({"francophone": True} if french else {}) | facts
    )


def facts_in_words(
    facts: Mapping[str, Answer], vocabulary: Vocabulary, language: str
) -> Mapping[str, str]:
    """Say each fact but the place as a short label: "age 16", "a caregiver: yes"."""
    said: dict[str, str] = {}
    for fact, value in facts.items():
        entry = vocabulary.facts[fact]
        if fact == AGE:
            said[fact] = {"en": f"age {value}", "fr": f"{value} ans"}[language]
        elif entry.kind is FactKind.CHOICE and fact != "municipality":
            labels = [one.label.in_(language) for one in entry.values if one.id == value]
            said[fact] = f"{entry.say.in_(language)}: {' '.join(labels)}"
        elif entry.kind is FactKind.YES_NO:
            answer = {"en": ("no", "yes"), "fr": ("non", "oui")}[language][bool(value)]
            said[fact] = f"{entry.say.in_(language)}: {answer}"
    return said


def _lone_age(words: str) -> re.Match[str] | None:
    if len(words.split()) > SHORT_QUERY or len(words.split()) < 2:
        return None
    found = list(_LONE_AGE.finditer(words))
    return found[0] if len(found) == 1 else None


def _without_age(words: str, lone: re.Match[str] | None) -> str:
    left = _AGE_WORDS.sub(" ", words)
    if left == words and lone is not None:
        return f"{words[: lone.start()]} {words[lone.end() :]}"
    return left


def _plain_age(words: str, age: re.Match[str], language: str) -> str:
    """Say a lone age as one that is understood: what helps depends on it."""
    said = {"en": "{} years old", "fr": "{} ans"}[language].format(age[0])
    return f"{words[: age.start()]} {said} {words[age.end() :]}"


def _with_places(words: str, vocabulary: Vocabulary) -> str:
    """Write the long names of places right, where a letter is wrong: "oakvile"."""
    names = {
        word.casefold()
        for place in vocabulary.places.values()
        for word in (place.name.en, place.name.fr, *place.words)
        if place.municipality and word.isalpha() and len(word) >= LONG_NAME
    }

    def right(piece: str) -> str:
        typed = piece.casefold()
        near = (name for name in sorted(names) if typed[0] == name[0])
        found = process.extractOne(typed, tuple(near), scorer=OSA.distance, score_cutoff=1)
        return str(found[0]) if found is not None and found[0] != typed else piece

    pieces = words.split()
    return " ".join(right(piece) if len(piece) >= LONG_NAME else piece for piece in pieces)


def _place(words: str, facts: Mapping[str, Answer], vocabulary: Vocabulary) -> Place | None:
    """Find the finest place that the words name, in the municipality where the person is."""
    said = tokens(words)
    pairs = [" ".join(two) for two in pairwise(said)]
    codes = [one[:3] for one in said if len(one) in {3, 6}]
    named = [vocabulary.place_named(one) for one in (*pairs, *said, *codes)]
    known = list(dict.fromkeys(one for one in named if one is not None and one.municipality))
    here = [one for one in known if one.municipality == facts.get("municipality")]
    if not here:
        return None
    return max(here, key=lambda one: len(vocabulary.around(one.id)))


def _without_place(words: str, place: Place, vocabulary: Vocabulary) -> str:
    """Leave the names of the place out, unless nothing else is left: it weighs, and is no word.

    As a word it would crowd out what serves the town without naming it.
    """
    around = (vocabulary.places[one] for one in vocabulary.around(place.id))
    names = {
        tuple(tokens(name))
        for one in around
        if one.municipality
        for name in (one.name.en, one.name.fr, *one.words)
    }
    pieces = words.split()
    kept: list[str] = []
    while pieces:
        said = [tuple(tokens(" ".join(pieces[:size]))) for size in (2, 1)]
        if said[0] in names:
            pieces = pieces[2:]
            continue
        first = pieces.pop(0)
        if said[1] not in names and (first[:3].lower(),) not in names | {()}:
            kept.append(first)
    left = content_words(tokens(" ".join(kept)))
    return " ".join(kept) if any(len(word) > 1 for word in left) else words


def _written_out(words: str, language: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """Write text-speak out: "2nite" is "tonight"; short names stay."""
    table = _shorthand(language)
    counts = False

    def instead(found: re.Match[str]) -> str:
        nonlocal counts
        word = found[0].lower().replace("'", "").replace("’", "")
        meant = table.get(word)
        if meant is None or found[0].upper() in vocabulary.aliases.acronyms:
            return found[0]
        counts = counts or any(_counts(one) for one in tokens(meant))
        return meant

    rewritten = _WORD.sub(instead, words)
    return rewritten, rewritten if counts else None


def _counts(word: str) -> bool:
    return word not in STOP_WORDS and word not in FILLER_WORDS


@cache
def _shorthand(language: str) -> Mapping[str, str]:
    table = phrase_book().shorthand
    order: Sequence[str] = ("en", "fr") if language == "fr" else ("fr", "en")
    merged: dict[str, str] = {}
    for one in order:
        merged |= table.get(one, {})
    return merged
