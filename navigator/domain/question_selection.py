"""Which question comes next: only one whose answer can still change what is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from math import log2

from directory_data.directory import Directory
from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import Answer, Answers, Verdict
from navigator.domain.matching import LIST_LENGTH, Match, MatchTable, match_table, rank_matches
from navigator.domain.prior_probabilities import value_probabilities
from navigator.domain.rule_scoring import PersonContext, RuleEvaluation, age_band

CAP = 8
"""Most questions ever asked, the openers counted (texting drop-outs stop at a median of 9)."""

FIRST_LIST_AFTER = 3
"""Questions before a first list is shown."""

OPENERS = ("municipality", "age")
"""Asked first, once the need is known."""

SENSITIVE_COST = 2.5
"""A sensitive question must promise this much more than another one."""

LAST_RESORT: Mapping[str, float] = {"current_client": 3.0, "works_with_professional": 1.5}
"""Facts that people can often not tell before they asked the agency."""

ENOUGH = 0.1
"""Bits of the shown list per cost below which a question isn't worth the asking: the list says what
it depends on. By simulation: a fifth fewer questions than an author asks, 0.2 % less recall.
"""

FALLS_OFF = 6.0
"""The place in the shown list at which settling a service is worth half of settling the first."""

Shown = tuple[tuple[str, Verdict], ...]


@dataclass(frozen=True, slots=True)
class InterviewStep:
    """Where an interview stands: the next fact to ask, if any, and the matches so far."""

    question: str | None
    matches: tuple[Match, ...]


def interview_step(
    directory: Directory, vocabulary: Vocabulary, needs: Sequence[str], answers: Answers
) -> InterviewStep:
    """Judge the services and choose the next question; None when nothing more can change."""
    laid = match_table(directory, needs, answers)
    return InterviewStep(next_question(vocabulary, laid), rank_matches(directory, laid))


def next_question(vocabulary: Vocabulary, laid: MatchTable) -> str | None:
    """Choose the next question for a table of services; None where none is worth asking."""
    answers = laid.about.answers
    if len(answers) >= CAP:
        return None
    prospects = AnswerOutcomes(vocabulary, laid)
    for fact in OPENERS:
        if fact not in answers and prospects.opens(fact):
            return fact
    promise = {
        fact: prospects.gain(fact) / asking_cost(vocabulary, fact)
        for fact in sorted(prospects.open_facts)
        if fact not in answers
    }
    best = max(promise, key=lambda fact: (promise[fact], fact), default=None)
    return best if best is not None and promise[best] >= ENOUGH else None


def asking_cost(vocabulary: Vocabulary, fact: str) -> float:
    """Give the price of asking: 1 for a plain question, more for a sensitive or hard one."""
    price = SENSITIVE_COST if vocabulary.facts[fact].sensitive else 1.0
    return price * LAST_RESORT.get(fact, 1.0)


class AnswerOutcomes:
    """What the shown list would become for each answer that a fact can have."""

    def __init__(self, vocabulary: Vocabulary, laid: MatchTable) -> None:
        self._vocabulary = vocabulary
        self._laid = laid
        self._order = sorted(laid.ranked(laid.reading, laid.contenders()))
        self._now = self._shown(laid.reading, self._order[:LIST_LENGTH])
        self._first = [at for _, _, at in self._order[:LIST_LENGTH]]
        weights, truths = laid.sheet.weights, laid.reading.truths
        self._open: dict[str, set[int]] = {}
        for number in laid.reading.numbers:
            if truths[number] is None:
                for fact in weights[number].facts:
                    self._open.setdefault(fact, set()).add(number)

    @property
    def open_facts(self) -> frozenset[str]:
        """Give the facts that some rule still waits for."""
        return frozenset(self._open)

    def opens(self, fact: str) -> bool:
        """Say whether some answer changes the shown list or its order."""
        return any(then != self._now for then in self._futures(fact))

    def gain(self, fact: str) -> float:
        """Give how much of the shown list an answer settles, in bits; 0 where it changes nothing.

        What is nearly sure without asking settles little, the end of the list less than its top.
        Preferences only order the list, so nobody is asked about them.
        """
        fates: list[dict[Verdict, float]] = [{} for _ in self._first]
        for likely, reading in self._readings(fact):
            for fate, at in zip(fates, self._first, strict=True):
                verdict = self._laid.verdict(reading, at)
                fate[verdict] = fate.get(verdict, 0.0) + likely
        return sum(
            _bits(fate.values()) / (1.0 + place / FALLS_OFF) for place, fate in enumerate(fates)
        )

    def _readings(self, fact: str) -> Iterator[tuple[float, RuleEvaluation]]:
        numbers = sorted(self._open.get(fact, ()))
        for value, likely in self._values(fact) if numbers else ():
            about = PersonContext(self._laid.about.needs, {**self._laid.about.answers, fact: value})
            yield likely, self._laid.reading.again(self._laid.sheet, numbers, about)

    def _futures(self, fact: str) -> Iterator[Shown]:
        numbers = self._open.get(fact, set())
        rows = self._laid.rows
        touched = [at for _, _, at in self._order if not numbers.isdisjoint(rows[at].weights)]
        inside = set(touched)
        others = list(islice((one for one in self._order if one[2] not in inside), LIST_LENGTH))
        for _, reading in self._readings(fact):
            best = nsmallest(LIST_LENGTH, self._laid.ranked(reading, touched))
            yield self._shown(reading, sorted([*others, *best])[:LIST_LENGTH])

    def _shown(self, reading: RuleEvaluation, order: Sequence[tuple[float, str, int]]) -> Shown:
        return tuple((key, self._laid.verdict(reading, at)) for _, key, at in order)

    def _values(self, fact: str) -> Iterator[tuple[Answer, float]]:
        if self._vocabulary.facts[fact].kind is FactKind.YEARS:
            for years in self._years(fact):
                yield years, 1.0
            return
        age = self._laid.about.answers.get("age")
        yield from value_probabilities(fact, self._laid.about.needs, age).items()

    def _years(self, fact: str) -> list[int]:
        # One age for every stretch of years in which no rule changes its mind.
        years = {40}
        for number in self._open[fact]:
            for one in self._laid.sheet.weights[number].test.comparisons():
                if one.fact == fact:
                    low, high = age_band(one)
                    years |= {max(0, int(low) - 1), int(low), int(high), int(high) + 1}
        return sorted(years)


def _bits(chances: Iterable[float]) -> float:
    return -sum(chance * log2(chance) for chance in chances if chance > 0.0)
