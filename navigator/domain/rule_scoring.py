"""Score the rules of all services for a person: each rule once, not once a service.

The directory is laid out as a matrix: every service with the indexes of its rule weights, and each
weight once, however many services share it. Ordering thousands of services is then adding numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from directory_data.records import Criterion
from directory_data.region import Region
from navigator.domain.eligibility import DECLINED, Answers, holds
from navigator.domain.prior_probabilities import age_probability, value_probabilities
from navigator.domain.rule_weights import (
    IS_ACCESS_POINT,
    LEAST_WHILE_UNKNOWN,
    NAMED_ACCESS_POINT,
    NOT_FOR_CHILDREN,
    RuleWeight,
    age_band,
    base_points,
    is_for_adults,
    rule_weight,
)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service with the indexes of its weights; first those of its rules, in their order."""

    service: Service
    base_points: float
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RuleMatrix:
    """A directory laid out for scoring: each weight once, and a row for each service by id."""

    weights: tuple[RuleWeight, ...]
    rows: Mapping[str, ServiceRow]
    region: Region


@dataclass(frozen=True, slots=True)
class PersonContext:
    """What is known of a person: what they look for and their answers."""

    needs: tuple[str, ...]
    answers: Answers


@dataclass(frozen=True, slots=True)
class RuleEvaluation:
    """All weights for one person: whether each test holds, and its points; by index of weight.

    `evaluated`: the indexes that were evaluated at all; the others are None and 0.
    """

    truths: list[bool | None]
    points: list[float]
    evaluated: tuple[int, ...]

    def with_answers(
        self, matrix: RuleMatrix, weights: Iterable[int], person: PersonContext
    ) -> "RuleEvaluation":
        """Evaluate some weights anew for changed answers; the others stay as they are."""
        changed = RuleEvaluation(self.truths.copy(), self.points.copy(), self.evaluated)
        for index in weights:
            truth, points = _evaluate(matrix.weights[index], person, matrix.region)
            changed.truths[index], changed.points[index] = truth, points
        return changed


def rule_matrix(directory: Directory) -> RuleMatrix:
    """Give the rules of a directory laid out for scoring; computed once for an edition."""
    return directory.derived(_build_matrix)


def evaluate_rules(
    matrix: RuleMatrix, rows: Iterable[ServiceRow], person: PersonContext
) -> RuleEvaluation:
    """Evaluate the weights of some rows for a person."""
    evaluated = tuple(sorted({index for row in rows for index in row.weights}))
    size = len(matrix.weights)
    blank = RuleEvaluation([None] * size, [0.0] * size, evaluated)
    return blank.with_answers(matrix, evaluated, person)


def probability(test: Criterion, person: PersonContext, region: Region) -> float:
    """Say how likely a test holds: 0 or 1 where it is known, else after the shares of people."""
    if test.all_of:
        every = 1.0
        for part in test.all_of:
            every *= probability(part, person, region)
        return every
    if test.any_of:
        none = 1.0
        for part in test.any_of:
            none *= 1.0 - probability(part, person, region)
        return 1.0 - none
    truth = holds(test, person.answers)
    return float(truth) if truth is not None else _prior(test, person, region)


def _prior(test: Criterion, person: PersonContext, region: Region) -> float:
    if test.op == "between":
        low, high = age_band(test)
        return age_probability(region.population, low, high, person.needs)
    age = person.answers.get("age", DECLINED)
    shares = value_probabilities(
        region.population, test.fact or "", person.needs, None if age == DECLINED else age
    )
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    return sum(shares.get(value, 0.0) for value in values if value is not None)


def _evaluate(
    weight: RuleWeight, person: PersonContext, region: Region
) -> tuple[bool | None, float]:
    truth = holds(weight.test, person.answers)
    if truth is not None:
        return truth, weight.points_if_true if truth else weight.points_if_false
    likely = probability(weight.test, person, region)
    if_true = max(weight.points_if_true, LEAST_WHILE_UNKNOWN)
    if_false = max(weight.points_if_false, LEAST_WHILE_UNKNOWN)
    return None, likely * if_true + (1.0 - likely) * if_false


def _build_matrix(directory: Directory) -> RuleMatrix:
    indexes: dict[object, int] = {}
    weights: list[RuleWeight] = []
    rows: dict[str, ServiceRow] = {}
    access_points = frozenset(service.record.access.through for service in directory)
    for service in directory:
        own: list[int] = []
        extra = (NOT_FOR_CHILDREN,) if is_for_adults(service.record) else ()
        for weight in (*map(rule_weight, service.record.rules), *extra):
            key = (
                _criterion_key(weight.test),
                weight.strength,
                weight.points_if_true,
                weight.points_if_false,
            )
            if key not in indexes:
                indexes[key] = len(weights)
                weights.append(weight)
            own.append(indexes[key])
        base = base_points(directory, service)
        if service.id in access_points:
            base += IS_ACCESS_POINT
            base += NAMED_ACCESS_POINT if service.record.access_point_for is not None else 0.0
        rows[service.id] = ServiceRow(service, base, tuple(own))
    return RuleMatrix(tuple(weights), rows, directory.region)


def _criterion_key(test: Criterion) -> tuple[object, ...]:
    value = (type(test.value), test.value)
    return (
        test.fact,
        test.op,
        value,
        (*map(_criterion_key, test.all_of),),
        (*map(_criterion_key, test.any_of),),
    )
