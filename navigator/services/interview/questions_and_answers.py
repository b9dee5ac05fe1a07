"""The interview: needs and answers in, question and list out; the same for every face."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import DECLINED, Answer
from navigator.wording.content import questions

YES, NO = "yes", "no"
YES_NO_LABELS = {YES: {"en": "Yes", "fr": "Oui"}, NO: {"en": "No", "fr": "Non"}}
OLDEST = 120


class BadAnswer(Exception):
    """An answer that a fact can't have; the text names the fact and what it takes."""


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer that can be chosen."""

    value: bool | str
    label: str

    @property
    def field(self) -> str:
        """Give the value as a form sends it."""
        if isinstance(self.value, bool):
            return YES if self.value else NO
        return self.value


@dataclass(frozen=True, slots=True)
class WordedQuestion:
    """A question as a person reads it."""

    fact: str
    text: str
    why: str
    sensitive: bool
    choices: tuple[AnswerChoice, ...]


def word_question(
    vocabulary: Vocabulary, fact: str, language: str, *, for_other: bool
) -> WordedQuestion:
    """Put the question for a fact into words."""
    words = questions()[fact]
    entry = vocabulary.facts[fact]
    if entry.kind is FactKind.YES_NO:
        choices = tuple(
            AnswerChoice(v == YES, label[language]) for v, label in YES_NO_LABELS.items()
        )
    else:
        choices = tuple(
            AnswerChoice(
                value.id,
                (value.other if for_other and value.other else value.label).in_(language),
            )
            for value in entry.values
        )
    return WordedQuestion(
        fact=fact,
        text=(words.other if for_other else words.text).in_(language),
        why=words.why.in_(language),
        sensitive=entry.sensitive,
        choices=choices,
    )


def parse_answers(vocabulary: Vocabulary, answers: Mapping[str, object]) -> dict[str, Answer]:
    """Check answers from outside; raise BadAnswer with the fact that can't have its value."""
    return {fact: parse_answer(vocabulary, fact, value) for fact, value in answers.items()}


def parse_answer(vocabulary: Vocabulary, fact: str, value: object) -> Answer:
    """Read one answer as given by a form or a program; raise BadAnswer."""
    entry = vocabulary.facts.get(fact)
    if entry is None:
        raise BadAnswer(f"{fact} is not a fact of the common language")
    if value == DECLINED:
        return DECLINED
    if entry.kind is FactKind.YEARS:
        return _years(fact, value)
    if entry.kind is FactKind.YES_NO:
        if isinstance(value, bool):
            return value
        if value in {YES, NO}:
            return value == YES
        raise BadAnswer(f"{fact} takes true, false or declined")
    if value in entry.value_ids:
        return str(value)
    raise BadAnswer(f"{fact} takes one of: {', '.join(entry.value_ids)}, or declined")


def _years(fact: str, value: object) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not text.isdecimal() or not 0 <= int(text) <= OLDEST:
        raise BadAnswer(f"{fact} takes a whole number of years from 0 to {OLDEST}, or declined")
    return int(text)
