"""Say in words why a service is shown, what it depends on, and what was understood."""

from collections.abc import Sequence

from directory_data.records import Rule, RuleStrength
from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import DECLINED, Answer, Answers, Verdict
from navigator.domain.matching import Match
from navigator.wording.content import explanation

NEEDS_READ_BACK = 2
"""The line that reads back what was understood has room for two needs."""


def match_reasons(match: Match, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    """Give the reasons of a verdict in words; a failed rule comes first."""
    judgement = match.judgement
    lines = [failed_reason(rule, language) for rule in judgement.failed]
    if match.needs:
        labels = (vocabulary.needs[need].label.in_(language) for need in match.needs)
        lines.append(explanation("helps", language, need=", ".join(labels)))
    if match.verdict is not Verdict.DOES_NOT_FIT:
        required = (rule for rule in judgement.met if rule.strength is RuleStrength.REQUIRES)
        lines += [met_reason(rule, language) for rule in required]
        lines += [preferred_reason(rule, language) for rule in judgement.preferred]
        lines += [_rule_reason("passed-over", rule, language) for rule in judgement.passed_over]
        lines += [
            explanation("depends", language, fact=vocabulary.facts[fact].say.in_(language))
            for fact in judgement.unknown
        ]
    return tuple(lines)


def failed_reason(rule: Rule, language: str) -> str:
    """Say of a rule that turns the person away whom it is for, or not for."""
    key = "excludes" if rule.strength is RuleStrength.EXCLUDES else "fails"
    return _rule_reason(key, rule, language)


def met_reason(rule: Rule, language: str) -> str:
    """Say of a requirement that the person meets whom it is for."""
    return _rule_reason("serves", rule, language)


def preferred_reason(rule: Rule, language: str) -> str:
    """Say of a preference that the person meets whom the service was made for."""
    return _rule_reason("preferred", rule, language)


def _rule_reason(key: str, rule: Rule, language: str) -> str:
    return explanation(key, language, rule=rule.words.in_(language))


def answer_in_words(
    vocabulary: Vocabulary, fact: str, answer: Answer, language: str, *, for_other: bool = False
) -> str:
    """Say an answer in words: "17", "Milton", "yes"."""
    if answer == DECLINED:
        return explanation("declined", language)
    kind = vocabulary.facts[fact].kind
    if kind is FactKind.YES_NO:
        return yes_or_no(bool(answer), language)
    if kind is FactKind.CHOICE:
        for value in vocabulary.facts[fact].values:
            if value.id == answer:
                words = value.other if for_other and value.other else value.label
                return words.in_(language)
    return str(answer)


def yes_or_no(answer: bool, language: str) -> str:  # noqa: FBT001 - it is the answer
    """Say a yes-or-no answer in the middle of a sentence."""
    return explanation("true" if answer else "false", language)


def summary_of_needs_and_answers(
    vocabulary: Vocabulary, needs: Sequence[str], answers: Answers, language: str
) -> str:
    """Read back in one line what was understood: "a place to sleep, age 17, Milton"."""
    parts = [vocabulary.needs[need].say.in_(language) for need in needs[:NEEDS_READ_BACK]]
    for fact, answer in answers.items():
        if answer == DECLINED:
            continue
        if fact == "age":
            parts.append(explanation("age", language, age=answer))
        elif fact == "municipality":
            parts.append(answer_in_words(vocabulary, fact, answer, language).split(" (")[0])
    return ", ".join(parts)
