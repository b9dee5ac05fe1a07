"""Put the question for a fact into words: what is asked, why, and the answers to choose from."""

from dataclasses import dataclass

from directory_data.vocabulary.loader import Fact, FactKind, FactValue, Vocabulary
from navigator.services.interview.answer_parsing import NO, YES
from navigator.wording.content import explanation, questions


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
    vocabulary: Vocabulary, fact_id: str, language: str, *, for_other: bool
) -> WordedQuestion:
    """Put the question for a fact into words; `for_other` where it is about somebody else."""
    words, fact = questions()[fact_id], vocabulary.facts[fact_id]
    return WordedQuestion(
        fact=fact_id,
        text=(words.other if for_other else words.text).in_(language),
        why=words.why.in_(language),
        sensitive=fact.sensitive,
        choices=_choices(fact, language, for_other=for_other),
    )


def _choices(fact: Fact, language: str, *, for_other: bool) -> tuple[AnswerChoice, ...]:
    if fact.kind is FactKind.YES_NO:
        return (
            AnswerChoice(value=True, label=explanation("choice-yes", language)),
            AnswerChoice(value=False, label=explanation("choice-no", language)),
        )
    return tuple(
        AnswerChoice(value.id, _label(value, language, for_other=for_other))
        for value in fact.values
    )


def _label(value: FactValue, language: str, *, for_other: bool) -> str:
    words = value.other if for_other and value.other else value.label
    return words.in_(language)
