"""Which question comes next: only one whose answer can still change what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.records import Rule, Strength
from directory_data.vocabulary.reading import Vocabulary
from navigator.domain.eligibility import DECLINED, Answers, Verdict, holds
from navigator.domain.matching import SHOWN, Match, match

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

ENOUGH = 0.15
"""Below this promise a question isn't worth the asking: the service shows what it depends on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an interview stands: the next fact to ask, if any, and the matches so far."""

    question: str | None
    matches: tuple[Match, ...]


def standing(
    directory: Directory, vocabulary: Vocabulary, needs: Sequence[str], answers: Answers
) -> Standing:
    """Judge the services and choose the next question; None when nothing more can change."""
    matches = match(directory, needs, answers)
    return Standing(_next(vocabulary, matches, answers), matches)


def _next(vocabulary: Vocabulary, matches: Sequence[Match], answers: Answers) -> str | None:
    if len(answers) >= CAP:
        return None
    in_reach = reachable(matches)
    for fact in OPENERS:
        if fact not in answers and any(_turns_on(one.service, fact, answers) for one in in_reach):
            return fact
    promise = {
        fact: gain / cost(vocabulary, fact)
        for fact, gain in gains(in_reach, answers).items()
        if fact not in answers
    }
    best = max(promise, key=lambda fact: (promise[fact], fact), default=None)
    return best if best is not None and promise[best] >= ENOUGH else None


def reachable(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Give the matches that can be in the shown list, whatever is answered from here on.

    A service that fits and stands among the first stays; one that may fit can rise at most to
    the rank of one that fits, so all below the last shown one that can't rise past it are out.
    """
    alive = [one for one in matches if one.verdict is not Verdict.DOES_NOT_FIT]
    if len(alive) <= SHOWN:
        return tuple(alive)
    sure = sorted((one.points for one in alive if one.verdict is Verdict.FITS), reverse=True)
    bar = sure[SHOWN - 1] if len(sure) >= SHOWN else float("-inf")
    most = 16.0  # a verdict's rise and a few preferences met
    return tuple(one for one in alive if one.points + most >= bar)


def gains(matches: Sequence[Match], answers: Answers) -> dict[str, float]:
    """Weigh each unknown fact by how many services it can settle, the first ones more."""
    weights: dict[str, float] = {}
    for position, one in enumerate(matches):
        unknown = one.judgement.unknown
        weight = 1.0 if position < SHOWN else SHOWN / (position + 1)
        for fact in unknown:
            if answers.get(fact) != DECLINED:
                weights[fact] = weights.get(fact, 0.0) + weight / len(unknown)
    return weights


def cost(vocabulary: Vocabulary, fact: str) -> float:
    """Give the price of asking: 1 for a plain question, more for a sensitive or hard one."""
    price = SENSITIVE_COST if vocabulary.facts[fact].sensitive else 1.0
    return price * LAST_RESORT.get(fact, 1.0)


def _turns_on(service: Service, fact: str, answers: Answers) -> bool:
    return any(_open(rule, fact, answers) for rule in service.record.rules)


def _open(rule: Rule, fact: str, answers: Answers) -> bool:
    hard = rule.strength is not Strength.PREFERS or fact in OPENERS
    return (
        hard
        and any(test.fact == fact for test in rule.comparisons())
        and holds(rule, answers) is None
    )
