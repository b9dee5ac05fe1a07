"""Who a service is for: criteria as data, in three-valued truth, with reasons.

Kleene's strong logic: unknown never means no, and an answer only ever moves unknown to decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory_data.records import Criterion, Rule, RuleStrength, ServiceRecord

DECLINED = "declined"
"""The answer "rather not say" or "not sure": stays unknown, and is not asked again."""

Answer = bool | int | str
Answers = Mapping[str, Answer]


class Verdict(StrEnum):
    """Guidance on a service for a person, never a decision: the agency decides."""

    FITS = "fits"
    MAY_FIT = "may-fit"
    DOES_NOT_FIT = "does-not-fit"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reasons: the rules met, those unmet, and the facts still unknown."""

    verdict: Verdict
    met: tuple[Rule, ...]
    failed: tuple[Rule, ...]
    unknown: tuple[str, ...]
    preferred: tuple[Rule, ...]
    passed_over: tuple[Rule, ...]


def holds(test: Criterion, answers: Answers) -> bool | None:
    """Say whether a test holds; None where an answer that it needs is unknown or declined."""
    if test.all_of:
        return _every(holds(part, answers) for part in test.all_of)
    if test.any_of:
        return _some(holds(part, answers) for part in test.any_of)
    answer = answers.get(test.fact or "", DECLINED)
    if answer == DECLINED:
        return None
    return _compare(test, answer)


def judge(record: ServiceRecord, answers: Answers) -> Judgement:
    """Judge a service for the answers known so far."""
    return judge_from(record, answers, [holds(rule, answers) for rule in record.rules])


def judge_from(record: ServiceRecord, answers: Answers, truths: Iterable[bool | None]) -> Judgement:
    """Judge a service whose rules were read already; truths stand in the order of its rules."""
    met: list[Rule] = []
    failed: list[Rule] = []
    preferred: list[Rule] = []
    passed_over: list[Rule] = []
    unknown: dict[str, None] = {}
    for rule, read in zip(record.rules, truths, strict=False):
        if rule.strength is RuleStrength.PREFERS:
            if read is not None:
                (preferred if read else passed_over).append(rule)
        elif read is None:
            unknown |= dict.fromkeys(missing(rule, answers))
        else:
            good = read is not (rule.strength is RuleStrength.EXCLUDES)
            (met if good else failed).append(rule)
    verdict = Verdict.MAY_FIT if unknown else Verdict.FITS
    return Judgement(
        verdict=Verdict.DOES_NOT_FIT if failed else verdict,
        met=tuple(met),
        failed=tuple(failed),
        unknown=() if failed else tuple(unknown),
        preferred=tuple(preferred),
        passed_over=tuple(passed_over),
    )


def missing(test: Criterion, answers: Answers) -> Iterable[str]:
    """List the facts that can still decide a test: not known, declined ones too."""
    if holds(test, answers) is not None:
        return
    if test.fact:
        yield test.fact
    for part in test.all_of or test.any_of:
        yield from missing(part, answers)


def _compare(test: Criterion, answer: Answer) -> bool:
    if test.op == "is":
        return answer is test.value
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if test.op == "in":
        return answer in values
    low, high = values
    years = int(answer)
    return (low is None or years >= int(low)) and (high is None or years <= int(high))


def _every(parts: Iterable[bool | None]) -> bool | None:
    truths = list(parts)
    if False in truths:
        return False
    return None if None in truths else True


def _some(parts: Iterable[bool | None]) -> bool | None:
    truths = list(parts)
    if True in truths:
        return True
    return None if None in truths else False
