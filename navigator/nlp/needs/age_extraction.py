"""Find how old the person is, among the numbers of a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from navigator.nlp.needs.age_disambiguation import (
    PLAIN,
    NumberMention,
    age_confidence,
    is_past_age,
    is_soon,
)
from navigator.nlp.needs.number_words import number_at
from navigator.nlp.needs.parsed_text import ParsedText
from navigator.nlp.needs.subject_detection import Subject, names_other_person, subject_at

MIN_AGE, MAX_AGE = 1, 110

MIN_UNCERTAIN_AGE = 13
"""A smaller number is an age only when it is plainly one, or said of somebody: "me and 2 kids"."""

KIN_REACH = 3  # words between a person and their age: "daughter, who is 24"
PERSON_REACH = 4  # ... and between an age and the person: "84 year old (dear) mother"

_BETWEEN_KIN_AND_AGE = frozenset(
    ("de", "d", "age", "agee", "is", "s", "who", "has", "aged", "just", "turned")
)
_SELF_DESCRIPTIONS = frozenset((("suis", "une"), ("suis", "un"), ("am", "a"), ("am", "an")))


@dataclass(frozen=True, slots=True)
class AgeMention:
    """A number that is an age, how surely it is one, and of whom."""

    years: int
    confidence: int
    subject: Subject


def find_age(text: ParsedText, *, for_other: bool) -> int | None:
    """Give the age of the person the help is for; never the writer's for somebody else."""
    not_of = Subject.WRITER if for_other else Subject.OTHER
    ages = list(find_ages(text))
    fitting = [age for age in ages if age.subject is not not_of]
    first_person = text.lexicon.function_words["first_person"]
    if not fitting and first_person.isdisjoint(text.tokens.words):
        # Notes speak of nobody else: "youth, 21, no drug plan", "long-term care, dad 89".
        fitting = ages
    best = max(fitting, default=None, key=lambda age: age.confidence)
    return None if best is None else best.years


def find_ages(text: ParsedText) -> Iterator[AgeMention]:
    """Give every number of a text that is an age, and whose."""
    at = 0
    while at < len(text.tokens):
        found = number_at(text.tokens.words, at)
        if found is None:
            at += 1
            continue
        value, end = found
        age = _age(value, NumberMention(text, at, end))
        if age is not None:
            yield age
        at = end


def _age(value: int, number: NumberMention) -> AgeMention | None:
    if not MIN_AGE <= value <= MAX_AGE or is_past_age(number):
        return None
    confidence = age_confidence(number)
    if not confidence:
        return None
    subject = _subject(number)
    if confidence < PLAIN and value < MIN_UNCERTAIN_AGE and subject is not Subject.OTHER:
        return None
    soon = is_soon(number)  # "turning 18" is 17, and a little less sure
    return AgeMention(value - soon, confidence - soon, subject)


def _subject(number: NumberMention) -> Subject:
    """Say whose age it is: "84 year old mother" names the person after the number."""
    text = number.text
    if _belongs_to_kin(number) or number.is_after("belonging"):  # "my 8 year old"
        return Subject.OTHER
    for at in range(number.end, min(number.end + PERSON_REACH, len(text.tokens))):
        if not text.same_clause(at, number.end - 1):
            break
        if text.has_word_of(at, "writer", "belonging", "beside"):
            break
        if text.is_in_class(at, "kin", "served"):
            return Subject.OTHER
    return subject_at(text, number.start)


def _belongs_to_kin(number: NumberMention) -> bool:
    """See "fils de 4 ans", "son is 8", "daughter 24": the number belongs to the word before it."""
    text = number.text
    for at in range(number.start - 1, max(number.start - 1 - KIN_REACH, -1), -1):
        if text.word(at) in _BETWEEN_KIN_AND_AGE:
            continue
        if not text.same_clause(at, number.start) and not names_other_person(text, at):
            return False
        return text.is_in_class(at, "kin") and not _is_self_description(text, at)
    return False


def _is_self_description(text: ParsedText, at: int) -> bool:
    """See "je suis une femme de 45 ans": femme is no wife here."""
    return (text.word(at - 2), text.word(at - 1)) in _SELF_DESCRIPTIONS
