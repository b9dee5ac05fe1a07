"""A service's criteria as people read them, and how each came out for somebody's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory_data.records import Criterion, Rule, RuleStrength, ServiceRecord, Source
from directory_data.vocabulary.loader import Fact, FactKind, Vocabulary
from navigator.domain.eligibility import Answers, holds, missing
from navigator.domain.explanations import yes_or_no
from navigator.wording.content import explanation


class CriterionOutcome(StrEnum):
    """What an answer made of a criterion."""

    MET = "rule-met"
    UNMET = "rule-unmet"
    FIRST = "rule-first"
    LATER = "rule-later"
    OPEN = "rule-open"


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion: how it is worded, what it asks, where it is from and how it came out."""

    rule: Rule
    asks: str
    source: Source | None
    outcome: CriterionOutcome
    missing: tuple[str, ...]


YEARS_KEYS: Mapping[tuple[bool, bool], str] = {
    (True, True): "years-between",
    (True, False): "years-from",
    (False, True): "years-up-to",
    (False, False): "years-any",
}
"""Whether a test has a youngest and an oldest age, and how it is said."""

_OUTCOMES: Mapping[tuple[RuleStrength, bool], CriterionOutcome] = {
    (RuleStrength.REQUIRES, True): CriterionOutcome.MET,
    (RuleStrength.REQUIRES, False): CriterionOutcome.UNMET,
    (RuleStrength.EXCLUDES, True): CriterionOutcome.UNMET,
    (RuleStrength.EXCLUDES, False): CriterionOutcome.MET,
    (RuleStrength.PREFERS, True): CriterionOutcome.FIRST,
    (RuleStrength.PREFERS, False): CriterionOutcome.LATER,
}


def explain_criteria(
    record: ServiceRecord, vocabulary: Vocabulary, answers: Answers, language: str
) -> tuple[CriterionLine, ...]:
    """Say of every criterion of a service how it came out."""
    lines = []
    for rule in record.rules:
        truth = holds(rule, answers)
        lines.append(
            CriterionLine(
                rule=rule,
                asks=criterion_in_words(vocabulary, rule, language),
                source=None if rule.source is None else record.sources[rule.source],
                outcome=CriterionOutcome.OPEN if truth is None else _OUTCOMES[rule.strength, truth],
                missing=tuple(dict.fromkeys(missing(rule, answers))),
            )
        )
    return tuple(lines)


def facts_of(record: ServiceRecord) -> tuple[str, ...]:
    """List the facts that the criteria of a service ask about, in their order."""
    asked = (test.fact for rule in record.rules for test in rule.comparisons())
    return tuple(dict.fromkeys(fact for fact in asked if fact))


def criterion_in_words(vocabulary: Vocabulary, test: Criterion, language: str) -> str:
    """Say what a test asks: "age: from 16 to 24 years", "getting OW or ODSP: yes"."""
    if test.all_of or test.any_of:
        parts = [_part(vocabulary, part, language) for part in test.all_of or test.any_of]
        return explanation("and" if test.all_of else "or", language).join(parts)
    if test.fact is None:
        return ""
    fact = vocabulary.facts[test.fact]
    words = _value_words(fact, test, language)
    return explanation("criterion", language, fact=fact.say.in_(language), value=words)


def _part(vocabulary: Vocabulary, test: Criterion, language: str) -> str:
    words = criterion_in_words(vocabulary, test, language)
    return f"({words})" if test.all_of or test.any_of else words


def _value_words(fact: Fact, test: Criterion, language: str) -> str:
    if fact.kind is FactKind.YEARS:
        return _years(test, language)
    if fact.kind is FactKind.YES_NO:
        return yes_or_no(bool(test.value), language)
    return _values(fact, test, language)


def _values(fact: Fact, test: Criterion, language: str) -> str:
    wanted = test.value if isinstance(test.value, tuple) else (test.value,)
    chosen = (value for value in fact.values if value.id in wanted)
    labels = [(value.other or value.label).in_(language) for value in chosen]
    return explanation("or", language).join(labels)


def _years(test: Criterion, language: str) -> str:
    low, high = test.value if isinstance(test.value, tuple) else (None, None)
    key = YEARS_KEYS[low is not None, high is not None]
    return explanation(key, language, low=low, high=high)
