"""The interview's state as it travels in the form: nothing is stored, nothing is in the URL."""

from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from directory_data.vocabulary.reading import Vocabulary
from navigator.actions.interviewing import NO, YES, BadAnswer, read
from navigator.domain.eligibility import Answer

LONGEST_WORDS = 1600
PREFIX = "a."


@dataclass(frozen=True, slots=True)
class Form:
    """What a person has said so far, in the order in which it was said."""

    words: str = ""
    needs: tuple[str, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    for_other: bool = False
    asked: tuple[str, ...] = ()
    """The facts that a question was asked for; others came from the person's own words."""

    def with_answer(self, fact: str, answer: Answer) -> "Form":
        """Add or change an answer."""
        asked = self.asked if fact in self.asked else (*self.asked, fact)
        return replace(self, answers={**self.answers, fact: answer}, asked=asked)

    def without(self, fact: str) -> "Form":
        """Take an answer back, to ask again."""
        kept = {key: value for key, value in self.answers.items() if key != fact}
        return replace(self, answers=kept, asked=tuple(f for f in self.asked if f != fact))

    def hidden(self) -> list[tuple[str, str]]:
        """Give the state as hidden fields."""
        fields = [("words", self.words), ("for_other", YES if self.for_other else NO)]
        fields += [("need", need) for need in self.needs]
        fields += [("asked", fact) for fact in self.asked]
        fields += [(f"{PREFIX}{fact}", _text(value)) for fact, value in self.answers.items()]
        return fields


def read_form(sent: MultiDict[str, str], vocabulary: Vocabulary) -> Form:
    """Read the state from a form; what the common language does not know is left out."""
    answers: dict[str, Answer] = {}
    for key, value in sent.items():
        if key.startswith(PREFIX):
            try:
                answers[key.removeprefix(PREFIX)] = read(
                    vocabulary, key.removeprefix(PREFIX), value
                )
            except BadAnswer:
                continue
    return Form(
        words=sent.get("words", "")[:LONGEST_WORDS],
        needs=tuple(need for need in sent.getlist("need") if need in vocabulary.needs),
        answers=answers,
        for_other=sent.get("for_other") == YES,
        asked=tuple(fact for fact in sent.getlist("asked") if fact in answers),
    )


def _text(answer: Answer) -> str:
    if isinstance(answer, bool):
        return YES if answer else NO
    return str(answer)
