"""Say in words why a service is shown, what it depends on, and what was understood."""

from collections.abc import Sequence

from directory_data.records import Rule, RuleStrength
from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import DECLINED, Answer, Answers, Verdict
from navigator.domain.matching import Match

HELPS = {"en": "helps with: {need}", "fr": "aide pour : {need}"}
SERVES = {"en": "for a person who {rule}", "fr": "pour une personne qui {rule}"}
FAILS = {"en": "only for a person who {rule}", "fr": "seulement pour une personne qui {rule}"}
EXCLUDES = {"en": "not for a person who {rule}", "fr": "pas pour une personne qui {rule}"}
DEPENDS = {"en": "depends on: {fact}", "fr": "dépend de : {fact}"}
FIRST = {"en": "made for a person who {rule}", "fr": "pensé pour une personne qui {rule}"}
LATER = {"en": "mainly for a person who {rule}", "fr": "surtout pour une personne qui {rule}"}
AGE = {"en": "age {age}", "fr": "{age} ans"}


def match_reasons(match: Match, vocabulary: Vocabulary, language: str) -> tuple[str, ...]:
    """Give the reasons of a verdict in words; a failed rule comes first."""
    judgement = match.judgement
    lines = [_failed(rule, language) for rule in judgement.failed]
    if match.needs:
        labels = (vocabulary.needs[need].label.in_(language) for need in match.needs)
        lines.append(HELPS[language].format(need=", ".join(labels)))
    if match.verdict is not Verdict.DOES_NOT_FIT:
        lines += [
            SERVES[language].format(rule=rule.words.in_(language))
            for rule in judgement.met
            if rule.strength is RuleStrength.REQUIRES
        ]
        lines += [FIRST[language].format(rule=r.words.in_(language)) for r in judgement.preferred]
        lines += [LATER[language].format(rule=r.words.in_(language)) for r in judgement.passed_over]
        lines += [
            DEPENDS[language].format(fact=vocabulary.facts[fact].say.in_(language))
            for fact in judgement.unknown
        ]
    return tuple(lines)


def _failed(rule: Rule, language: str) -> str:
    pattern = EXCLUDES if rule.strength is RuleStrength.EXCLUDES else FAILS
    return pattern[language].format(rule=rule.words.in_(language))


def answer_in_words(
    vocabulary: Vocabulary, fact: str, answer: Answer, language: str, *, for_other: bool = False
) -> str:
    """Say an answer in words: "17", "Milton", "yes"."""
    if answer == DECLINED:
        return {"en": "not sure", "fr": "pas certain"}[language]
    kind = vocabulary.facts[fact].kind
    if kind is FactKind.YES_NO:
        return {"en": ("no", "yes"), "fr": ("non", "oui")}[language][bool(answer)]
    if kind is FactKind.CHOICE:
        for value in vocabulary.facts[fact].values:
            if value.id == answer:
                words = value.other if for_other and value.other else value.label
                return words.in_(language)
    return str(answer)


def summary_of_needs_and_answers(
    vocabulary: Vocabulary, needs: Sequence[str], answers: Answers, language: str
) -> str:
    """Read back in one line what was understood: "a place to sleep, age 17, Milton"."""
    parts = [vocabulary.needs[need].say.in_(language) for need in needs[:2]]
    for fact, answer in answers.items():
        if answer == DECLINED:
            continue
        if fact == "age":
            parts.append(AGE[language].format(age=answer))
        elif fact == "municipality":
            parts.append(answer_in_words(vocabulary, fact, answer, language).split(" (")[0])
    return ", ".join(parts)
