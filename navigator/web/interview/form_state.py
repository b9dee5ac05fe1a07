"""The interview's state as it travels in the form: nothing is stored, nothing is in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.eligibility import DECLINED, Answer
from navigator.services.interview.answer_parsing import NO, YES, BadAnswer, parse_answer

LONGEST_WORDS = 1600
ANSWER, KEPT = "a.", "k."
"""What the names of answers begin with: those that count, and those taken back for a moment."""


@dataclass(frozen=True, slots=True)
class FormState:
    """What a person has said so far, in the order in which it was said."""

    words: str = ""
    needs: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    for_other: bool = False
    asked: tuple[str, ...] = ()
    """The facts that a question was asked for; others came from the person's own words."""
    kept: Mapping[str, Answer] = field(default_factory=dict)
    """Answers of questions that the person went back over: they stay chosen when asked again."""
    sent_from: str = ""
    """The page whose form was sent; it travels in the page itself, not in the state."""

    def with_answer(self, fact: str, answer: Answer) -> "FormState":
        """Add or change an answer; one that was there already keeps its place."""
        new = fact not in self.answers and fact not in self.asked
        return replace(
            self,
            answers={**self.answers, fact: answer},
            asked=(*self.asked, fact) if new else self.asked,
            kept=_without(self.kept, fact),
        )

    def without(self, fact: str) -> "FormState":
        """Take an answer back, to ask again; it stays chosen."""
        return replace(
            self,
            answers=_without(self.answers, fact),
            asked=tuple(asked for asked in self.asked if asked != fact),
            kept={**self.kept, fact: self.answers[fact]} if fact in self.answers else self.kept,
        )

    def keeping(self, fact: str, answer: Answer) -> "FormState":
        """Keep what was chosen on a page that the person left without sending it."""
        return replace(self, kept={**self.kept, fact: answer})

    def chosen(self, fact: str) -> str:
        """Give the answer to show as chosen, as a form sends it; empty where there is none."""
        answer = self.kept.get(fact, self.answers.get(fact))
        return "" if answer is None or answer == DECLINED else _text(answer)

    def hidden(self) -> list[tuple[str, str]]:
        """Give the state as hidden fields."""
        fields = [("words", self.words), ("for_other", YES if self.for_other else NO)]
        fields += [("need", need) for need in self.needs]
        return fields + self.answered()

    def answered(self) -> list[tuple[str, str]]:
        """Give the answers alone as hidden fields, for a page that asks for all the rest."""
        fields = [("asked", fact) for fact in self.asked]
        fields += [(f"{ANSWER}{fact}", _text(value)) for fact, value in self.answers.items()]
        fields += [(f"{KEPT}{fact}", _text(value)) for fact, value in self.kept.items()]
        return fields


def read_form_state(sent: MultiDict[str, str], vocabulary: Vocabulary) -> FormState:
    """Read the state from a form; what the common language does not know is left out."""
    answers = _answers(sent, vocabulary, ANSWER)
    return FormState(
        words=sent.get("words", "")[:LONGEST_WORDS],
        needs=tuple(dict.fromkeys(id_ for id_ in sent.getlist("need") if id_ in vocabulary.needs)),
        answers=answers,
        for_other=sent.get("for_other") == YES,
        asked=tuple(dict.fromkeys(fact for fact in sent.getlist("asked") if fact in answers)),
        kept=_answers(sent, vocabulary, KEPT),
        sent_from=sent.get("at", ""),
    )


def _answers(sent: MultiDict[str, str], vocabulary: Vocabulary, prefix: str) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for key, value in sent.items():
        fact = key.removeprefix(prefix)
        if fact == key:
            continue
        try:
            answers[fact] = parse_answer(vocabulary, fact, value)
        except BadAnswer:
            continue
    return answers


def _without(answers: Mapping[str, Answer], fact: str) -> dict[str, Answer]:
    return {key: value for key, value in answers.items() if key != fact}


def _text(answer: Answer) -> str:
    if isinstance(answer, bool):
        return YES if answer else NO
    return str(answer)
