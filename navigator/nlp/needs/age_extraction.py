"""Find how old the person is, among the numbers of a text."""

from dataclasses import dataclass

from navigator.nlp.needs.age_rules import how_plain, is_soon, was_then
from navigator.nlp.needs.negation import ParsedText, Subject
from navigator.nlp.needs.number_words import number_word_at

YOUNGEST, OLDEST = 1, 110
GROWN = 13  # a smaller number is an age only when it is plainly one, or said of somebody
KIN_REACH = 3

_BETWEEN = frozenset(("de", "d", "age", "agee", "is", "s", "who", "has", "aged", "just", "turned"))


@dataclass(frozen=True, slots=True)
class AgeMention:
    """A number that is an age, how plainly it is one, and of whom."""

    years: int
    plain: int
    subject: Subject


def find_age(scene: ParsedText, *, for_other: bool) -> int | None:
    """Give the age of the person the help is for; never the writer's for somebody else."""
    not_of = Subject.WRITER if for_other else Subject.OTHER
    ages = ages_told(scene)
    fitting = [age for age in ages if age.subject is not not_of]
    if not fitting and scene.lexicon.small["first_person"].isdisjoint(scene.words.raw):
        # Notes speak of nobody else: "youth, 21, no drug plan", "long-term care, dad 89".
        fitting = ages
    best = max(fitting, default=None, key=_plainness)
    return None if best is None else best.years


def _plainness(age: AgeMention) -> int:
    return age.plain


def ages_told(scene: ParsedText) -> list[AgeMention]:
    """Give every number of a text that is an age, and whose."""
    words = scene.words
    found: list[AgeMention] = []
    at = 0
    while at < len(words):
        number = number_word_at(words.raw, at)
        if number is None:
            at += 1
            continue
        value, end = number
        fits = YOUNGEST <= value <= OLDEST and not was_then(scene, at)
        plain = how_plain(scene, at, end) if fits else 0
        subject = _subject(scene, at, end)
        if plain and (plain >= 3 or value >= GROWN or subject is Subject.OTHER):
            years = value - 1 if is_soon(scene, at) else value
            found.append(AgeMention(years, plain - (years != value), subject))
        at = end
    return found


def _subject(scene: ParsedText, start: int, end: int) -> Subject:
    """Say whose age it is: "84 year old mother" names the person after the number."""
    words = scene.words
    classes, small = scene.lexicon.classes, scene.lexicon.small
    if _belongs_to_kin(scene, start) or _is_owned(scene, start):
        return Subject.OTHER
    for at in range(end, min(end + 4, len(words))):
        if words.soft[at] != words.soft[end - 1]:
            break
        if any(words.raw[at] in small[name] for name in ("writer", "belonging", "beside")):
            break
        if words.stems[at] in classes["kin"] | classes["served"]:
            return Subject.OTHER
    return scene.subject(start)


def _is_owned(scene: ParsedText, start: int) -> bool:
    """See "my 8 year old"."""
    before = scene.words.raw[start - 1] if start else ""
    return before in scene.lexicon.small["belonging"]


def _belongs_to_kin(scene: ParsedText, start: int) -> bool:
    """See "fils de 4 ans", "son is 8", "daughter 24": the number belongs to the word before it."""
    words = scene.words
    for at in range(start - 1, max(start - 1 - KIN_REACH, -1), -1):
        if words.raw[at] in _BETWEEN:
            continue
        if words.soft[at] != words.soft[start] and not scene.names_somebody(at):
            return False
        return words.stems[at] in scene.lexicon.classes["kin"] and not _is_self_named(scene, at)
    return False


def _is_self_named(scene: ParsedText, at: int) -> bool:
    """See "je suis une femme de 45 ans": femme is no wife here."""
    before = scene.words.raw[max(at - 2, 0) : at]
    return before in {("suis", "une"), ("suis", "un"), ("am", "a"), ("am", "an")}
