"""What the words of a search say: needs, a place, facts of a person, and the words to look for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from directory_data.vocabulary.names import names
from directory_data.vocabulary.phrases import phrases
from directory_data.vocabulary.reading import FactKind, Place, Vocabulary
from navigator.actions.finding.asked import AGE, PLACE, Asked
from navigator.domain.eligibility import Answer
from navigator.domain.understanding import Lexicon, understand
from search_index.text import CHATTER, STOP_WORDS, content, tokens

SURE = 0.5
"""From this on a need that was understood counts as said."""

SHORT_QUERY = 6
"""Up to so many words a lone number is taken for an age: "counselling 16 milton"."""

_LONE_AGE = re.compile(
    r"(?<![\w/.$-])(1[0-9]|[2-9][0-9])(?![\w/.%-])"
    r"(?!\s*(?:h|hours?|hrs?|days?|weeks?|months?|heures?|jours?|semaines?|mois|dollars?|kids|km)\b)"
)
_WORD = re.compile(r"[\w'’.-]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard; `words` are those to look for: no age, no place, no text-speak.

    `rewritten`: the words as they were written out, if a word that counts was.
    """

    words: str
    rewritten: str | None
    needs: tuple[str, ...]
    place: Place | None
    facts: Mapping[str, Answer]


def hear(asked: Asked, vocabulary: Vocabulary, lexicon: Lexicon) -> Heard:
    """Hear what a search says, leaving out what was taken back."""
    words, rewritten = _written_out(asked.words, asked.language)
    lone = None if AGE in asked.without else _lone_age(words)
    plainly = _plain_age(words, lone, asked.language) if lone else asked.words
    understood = understand(plainly, lexicon=lexicon, hint=asked.language)
    said = {
        fact: value
        for fact, value in understood.facts.items()
        if isinstance(value, bool | int | str) and fact not in asked.without
    }
    facts: dict[str, Answer] = {k: v for k, v in said.items() if k in vocabulary.facts}
    if lone is not None:
        facts[AGE] = int(lone[0])
        words = f"{words[: lone.start()]} {words[lone.end() :]}"
    if asked.age is not None:
        facts[AGE] = asked.age
    place = asked.place or (None if PLACE in asked.without else _place(words, facts, vocabulary))
    facts.pop("municipality", None)
    if place is not None and place.municipality:
        facts["municipality"] = place.municipality
    if place is not None and asked.place is None:
        words = _without_place(words, place, vocabulary)
    needs = tuple(
        need for need, score in understood.needs if score >= SURE and need not in asked.without
    )
    return Heard(" ".join(words.split()), rewritten, needs, place, facts)


def said_in_words(
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


def _plain_age(words: str, age: re.Match[str], language: str) -> str:
    """Say a lone age as one that is understood: what helps depends on it."""
    said = {"en": "{} years old", "fr": "{} ans"}[language].format(age[0])
    return f"{words[: age.start()]} {said} {words[age.end() :]}"


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
    left = content(tokens(" ".join(kept)))
    return " ".join(kept) if any(len(word) > 1 for word in left) else words


def _written_out(words: str, language: str) -> tuple[str, str | None]:
    """Write text-speak out: "2nite" is "tonight"; short names stay."""
    table = _shorthand(language)
    counts = False

    def instead(found: re.Match[str]) -> str:
        nonlocal counts
        word = found[0].lower().replace("'", "").replace("’", "")
        meant = table.get(word)
        if meant is None or found[0].upper() in names().acronyms:
            return found[0]
        counts = counts or any(_counts(one) for one in tokens(meant))
        return meant

    rewritten = _WORD.sub(instead, words)
    return rewritten, rewritten if counts else None


def _counts(word: str) -> bool:
    return word not in STOP_WORDS and word not in CHATTER


@cache
def _shorthand(language: str) -> Mapping[str, str]:
    table = phrases().shorthand
    order: Sequence[str] = ("en", "fr") if language == "fr" else ("fr", "en")
    merged: dict[str, str] = {}
    for one in order:
        merged |= table.get(one, {})
    return merged
