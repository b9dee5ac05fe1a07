"""Which services to show for needs and answers, in which order, and through which door."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.records import Rule
from navigator.domain.eligibility import Answers, Judgement, Verdict, judge

SHOWN = 10
"""How many services a list shows; questions are asked only for what can enter it."""

WIDEST_DOORS = ("211-ontario", "access-halton-311")
"""What is left when nothing fits: somebody who knows the rest."""

VERDICT_POINTS = {Verdict.FITS: 20.0, Verdict.MAY_FIT: 10.0, Verdict.DOES_NOT_FIT: -1000.0}

NEED_POINTS = (8.0, 5.0, 3.0, 2.0)
"""For a need that the record names first, second and so on: what a service is mainly for."""

WANTED_WEIGHT = (1.0, 0.8, 0.65, 0.5)
"""For what the person named first, second and so on."""


@dataclass(frozen=True, slots=True)
class Match:
    """A service with its verdict, its place in the order and the door to go through."""

    service: Service
    judgement: Judgement
    needs: tuple[str, ...]
    door: Service | None
    points: float

    @property
    def verdict(self) -> Verdict:
        """Give the verdict."""
        return self.judgement.verdict

    @property
    def way_in(self) -> Service:
        """Give the service that a person contacts: the door, or the service itself."""
        return self.door or self.service


def match(directory: Directory, needs: Sequence[str], answers: Answers) -> tuple[Match, ...]:
    """Judge every service that serves one of the needs, best first, those that don't fit last."""
    wanted = tuple(dict.fromkeys(needs))
    found = {service.id: service for need in wanted for service in directory.by_need.get(need, ())}
    matches = [_match(directory, service, wanted, answers) for service in found.values()]
    return tuple(sorted(matches, key=lambda one: (-one.points, one.service.id)))


def shown(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Give the list that a person sees first: what fits or may fit."""
    return tuple(one for one in matches if one.verdict is not Verdict.DOES_NOT_FIT)[:SHOWN]


def widest_doors(directory: Directory) -> tuple[Service, ...]:
    """Give the doors that are open to everybody, for when nothing else is left."""
    return tuple(directory.services[key] for key in WIDEST_DOORS if key in directory.services)


def _match(
    directory: Directory, service: Service, wanted: tuple[str, ...], answers: Answers
) -> Match:
    record = service.record
    judgement = judge(record, answers)
    needs = tuple(need for need in wanted if need in record.needs)
    worth = max(
        NEED_POINTS[record.needs.index(need)] * WANTED_WEIGHT[min(wanted.index(need), 3)]
        for need in needs
    )
    points = (
        VERDICT_POINTS[judgement.verdict]
        + worth
        + 1.5 * (len(needs) - 1)
        + sum(_preference(rule, +1) for rule in judgement.preferred)
        + sum(_preference(rule, -1) for rule in judgement.passed_over)
        + sum(_closeness(rule) for rule in judgement.met)
        + (1.0 if record.access.self_referral else 0.0)
        - (0.5 if record.confidence == "medium" else 0.0)
    )
    return Match(service, judgement, needs, directory.door_of(service), points)


def _preference(rule: Rule, sign: int) -> float:
    # Where a service mainly serves another town, it is of little use; other preferences weigh less.
    facts = {test.fact for test in rule.comparisons()}
    if "municipality" in facts:
        return 3.0 if sign > 0 else -12.0
    return 3.0 if sign > 0 else -4.0


def _closeness(rule: Rule) -> float:
    # A rule that the person meets says that the service is made for people like them.
    facts = {test.fact for test in rule.comparisons()}
    return 3.0 if "municipality" in facts else 2.0
