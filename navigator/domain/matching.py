"""Which services to show for needs and answers, in which order, and whom to contact for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from navigator.domain.access_point_selection import access_point_service
from navigator.domain.eligibility import Answers, Judgement, Verdict, judge_from
from navigator.domain.rule_scoring import (
    PersonContext,
    RuleEvaluation,
    RuleMatrix,
    ServiceRow,
    evaluate_rules,
    rule_matrix,
)
from navigator.domain.rule_weights import EXCLUDED

LIST_LENGTH = 10
"""How many services a list shows; questions are asked only for what can enter it."""

NEED_POINTS = (8.0, 6.0, 4.5, 3.5)
"""For a need that the record names first, second and so on: what a service is mainly for.

A food bank (food first: 8) comes before a drop-in that also has meals (food third: 4.5), also
where the drop-in is in the own town (4) and the food bank serves the whole region (1.5).
"""

WANTED_WEIGHT = (1.0, 0.6, 0.45, 0.35)
"""For what the person named first, second and so on.

Who asks for food and then legal help sees food banks (8) before legal clinics (4.8).
"""

ALSO_SERVES = 3.0
"""For each further need of the person that a service serves: one place to go instead of two."""


@dataclass(frozen=True, slots=True)
class Match:
    """A service with its verdict, its place in the order and the access point to go through."""

    service: Service
    judgement: Judgement
    needs: tuple[str, ...]
    access_point: Service | None
    points: float

    @property
    def verdict(self) -> Verdict:
        """Give the verdict."""
        return self.judgement.verdict

    @property
    def contact(self) -> Service:
        """Give the service that a person contacts: its access point, or itself."""
        return self.access_point or self.service


@dataclass(frozen=True, slots=True)
class MatchTable:
    """The services in question with their fixed points, and all rules evaluated for the person.

    A service is named by its position in `rows`; `fixed_points` has the same positions.
    """

    matrix: RuleMatrix
    person: PersonContext
    rows: tuple[ServiceRow, ...]
    fixed_points: tuple[float, ...]
    evaluation: RuleEvaluation

    def contenders(self) -> list[int]:
        """Give the positions of the rows that can be shown, whatever is answered.

        Rows with the same rules and points always stand together, in the order of their ids, so of
        each such group only as many count as a list holds.
        """
        alike: dict[tuple[float, tuple[int, ...]], list[int]] = {}
        for position, (row, fixed) in enumerate(zip(self.rows, self.fixed_points, strict=True)):
            alike.setdefault((fixed, row.weights), []).append(position)
        found: list[int] = []
        for group in alike.values():
            if len(group) > LIST_LENGTH:
                group.sort(key=lambda position: self.rows[position].service.id)
            found += group[:LIST_LENGTH]
        return found

    def ranked(
        self, evaluation: RuleEvaluation, positions: Iterable[int]
    ) -> list[tuple[float, str, int]]:
        """Give points (negative, so that they sort), id and position of the rows not excluded."""
        points_of = evaluation.points.__getitem__
        rows, fixed = self.rows, self.fixed_points
        scored = (
            (
                -fixed[position] - sum(map(points_of, rows[position].weights)),
                rows[position].service.id,
                position,
            )
            for position in positions
        )
        return [row for row in scored if row[0] < -EXCLUDED / 2]

    def verdict(self, evaluation: RuleEvaluation, position: int) -> Verdict:
        """Give the verdict on a row."""
        weights = self.matrix.weights
        excluding = [index for index in self.rows[position].weights if weights[index].excludes]
        if any(evaluation.points[index] <= EXCLUDED for index in excluding):
            return Verdict.DOES_NOT_FIT
        unknown = any(evaluation.truths[index] is None for index in excluding)
        return Verdict.MAY_FIT if unknown else Verdict.FITS


def match_table(directory: Directory, needs: Sequence[str], answers: Answers) -> MatchTable:
    """Lay out the services that serve one of the needs."""
    wanted = tuple(dict.fromkeys(needs))
    matrix = rule_matrix(directory)
    services = (service for need in wanted for service in directory.by_need.get(need, ()))
    rows = tuple(matrix.rows[key] for key in dict.fromkeys(service.id for service in services))
    person = PersonContext(wanted, answers)
    fixed = tuple(row.base_points + _need_points(row.service.record.needs, wanted) for row in rows)
    return MatchTable(matrix, person, rows, fixed, evaluate_rules(matrix, rows, person))


def match_services(
    directory: Directory, needs: Sequence[str], answers: Answers
) -> tuple[Match, ...]:
    """Judge every service that serves one of the needs, best first, those that don't fit last."""
    return rank_matches(directory, match_table(directory, needs, answers))


def rank_matches(directory: Directory, table: MatchTable) -> tuple[Match, ...]:
    """Put the services of a table in order, with their reasons and access points."""
    points, truths = table.evaluation.points, table.evaluation.truths
    found: list[Match] = []
    for row, fixed in zip(table.rows, table.fixed_points, strict=True):
        answers, record = table.person.answers, row.service.record
        judgement = judge_from(record, answers, [truths[index] for index in row.weights])
        found.append(
            Match(
                service=row.service,
                judgement=judgement,
                needs=tuple(need for need in table.person.needs if need in record.needs),
                access_point=_access_point(directory, row.service, judgement, answers),
                points=fixed + sum(points[index] for index in row.weights),
            )
        )
    return tuple(sorted(found, key=lambda match: (-match.points, match.service.id)))


def first_shown(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Give the list that a person sees first: what fits or may fit."""
    fitting = (match for match in matches if match.verdict is not Verdict.DOES_NOT_FIT)
    return tuple(fitting)[:LIST_LENGTH]


def _access_point(
    directory: Directory, service: Service, judgement: Judgement, answers: Answers
) -> Service | None:
    """Give the access point for this person; where nothing fits, the one that the record names."""
    if judgement.verdict is Verdict.DOES_NOT_FIT:
        return directory.access_point_of(service)
    contact = access_point_service(directory, service, answers)
    return None if contact is service else contact


def _need_points(served: Sequence[str], wanted: Sequence[str]) -> float:
    both = [need for need in wanted if need in served]
    best = max(
        NEED_POINTS[served.index(need)] * WANTED_WEIGHT[min(wanted.index(need), 3)] for need in both
    )
    return best + ALSO_SERVES * (len(both) - 1)
