"""A service's criteria as people read them, and how each came out for somebody's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory_data.records import Criterion, Rule, RuleStrength, ServiceRecord, Source
from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import Answers, holds, missing

FROM_TO = {"en": "from {low} to {high} years", "fr": "de {low} à {high} ans"}
FROM = {"en": "{low} years or over", "fr": "{low} ans ou plus"}
UP_TO = {"en": "up to {high} years", "fr": "jusqu'à {high} ans"}
ANY = {"en": "any age", "fr": "tout âge"}
YES_NO = {"en": {True: "yes", False: "no"}, "fr": {True: "oui", False: "non"}}
OR, AND = {"en": " or ", "fr": " ou "}, {"en": " and ", "fr": " et "}


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


_READ: Mapping[tuple[RuleStrength, bool], CriterionOutcome] = {
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
                outcome=CriterionOutcome.OPEN if truth is None else _READ[rule.strength, truth],
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
        joint = AND if test.all_of else OR
        parts = [_part(vocabulary, part, language) for part in test.all_of or test.any_of]
        return joint[language].join(parts)
    if test.fact is None:
        return ""
    fact = vocabulary.facts[test.fact]
    if fact.kind is FactKind.YEARS:
        words = _years(test, language)
    elif fact.kind is FactKind.YES_NO:
        words = YES_NO[language][bool(test.value)]
    else:
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        chosen = [one for one in fact.values if one.id in wanted]
        labels = [(one.other or one.label).in_(language) for one in chosen]
        words = OR[language].join(labels)
    colon = " : " if language == "fr" else ": "
    return f"{fact.say.in_(language)}{colon}{words}"


def _part(vocabulary: Vocabulary, test: Criterion, language: str) -> str:
    words = criterion_in_words(vocabulary, test, language)
    return f"({words})" if test.all_of or test.any_of else words


def _years(test: Criterion, language: str) -> str:
    bounds: Iterable[object] = test.value if isinstance(test.value, tuple) else (None, None)
    low, high = bounds
    pattern = {
        (True, True): FROM_TO,
        (True, False): FROM,
        (False, True): UP_TO,
        (False, False): ANY,
    }[low is not None, high is not None]
    return pattern[language].format(low=low, high=high)
