"""Which services to show for needs and answers, in which order, and through which door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory_data.directory import Directory, Service
from navigator.domain.access_points import WIDEST, access_point_service, widest_access_points
from navigator.domain.eligibility import Answers, Judgement, Verdict, judge_from
from navigator.domain.rule_scoring import (
    OUT,
    PersonContext,
    RuleEvaluation,
    RuleMatrix,
    ServiceRow,
    evaluate_rules,
    rule_matrix,
)

LIST_LENGTH = 10
"""How many services a list shows; questions are asked only for what can enter it."""

WIDEST_DOORS = WIDEST

NEED_POINTS = (8.0, 6.0, 4.5, 3.5)
"""For a need that the record names first, second and so on: what a service is mainly for."""

WANTED_WEIGHT = (1.0, 0.6, 0.45, 0.35)
"""For what the person named first, second and so on."""

ALSO_SERVES = 3.0
"""For each further need of the person that a service serves."""


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


@dataclass(frozen=True, slots=True)
class MatchTable:
    """The services in question with their fixed points, and all weights read for the person."""

    sheet: RuleMatrix
    about: PersonContext
    rows: tuple[ServiceRow, ...]
    fixed: tuple[float, ...]
    reading: RuleEvaluation

    def contenders(self) -> list[int]:
        """Give the places of the rows that can be shown, whatever is answered.

        Rows with the same rules and points always stand together, in the order of their ids, so of
        each such group only as many count as a list holds.
        """
        alike: dict[tuple[float, tuple[int, ...]], list[int]] = {}
        for at, (row, fixed) in enumerate(zip(self.rows, self.fixed, strict=True)):
            alike.setdefault((fixed, row.weights), []).append(at)
        found: list[int] = []
        for group in alike.values():
            if len(group) > LIST_LENGTH:
                group.sort(key=lambda at: self.rows[at].service.id)
            found += group[:LIST_LENGTH]
        return found

    def ranked(self, reading: RuleEvaluation, only: Iterable[int]) -> list[tuple[float, str, int]]:
        """Give points (negative, so that they sort), id and place of some rows still in."""
        value = reading.points.__getitem__
        rows, fixed = self.rows, self.fixed
        found = (
            (-fixed[at] - sum(map(value, rows[at].weights)), rows[at].service.id, at) for at in only
        )
        return [one for one in found if one[0] < -OUT / 2]

    def verdict(self, reading: RuleEvaluation, at: int) -> Verdict:
        """Give the verdict on a row."""
        weights = self.sheet.weights
        hard = [number for number in self.rows[at].weights if weights[number].hard]
        if any(reading.points[number] <= OUT for number in hard):
            return Verdict.DOES_NOT_FIT
        unknown = any(reading.truths[number] is None for number in hard)
        return Verdict.MAY_FIT if unknown else Verdict.FITS


def match_table(directory: Directory, needs: Sequence[str], answers: Answers) -> MatchTable:
    """Lay out the services that serve one of the needs."""
    wanted = tuple(dict.fromkeys(needs))
    sheet = rule_matrix(directory)
    found = {one.id: None for need in wanted for one in directory.by_need.get(need, ())}
    rows = tuple(sheet.rows[key] for key in found)
    about = PersonContext(wanted, answers)
    fixed = tuple(row.base + _worth(row.service.record.needs, wanted) for row in rows)
    return MatchTable(sheet, about, rows, fixed, evaluate_rules(sheet, rows, about))


def match_services(
    directory: Directory, needs: Sequence[str], answers: Answers
) -> tuple[Match, ...]:
    """Judge every service that serves one of the needs, best first, those that don't fit last."""
    return rank_matches(directory, match_table(directory, needs, answers))


def rank_matches(directory: Directory, laid: MatchTable) -> tuple[Match, ...]:
    """Put the services of a table in order, with their reasons and doors."""
    answers, wanted = laid.about.answers, laid.about.needs
    points, truths = laid.reading.points, laid.reading.truths
    found: list[tuple[float, str, Match]] = []
    for row, fixed in zip(laid.rows, laid.fixed, strict=True):
        service = row.service
        record = service.record
        total = fixed + sum(points[number] for number in row.weights)
        needs = tuple(need for need in wanted if need in record.needs)
        judgement = judge_from(record, answers, [truths[number] for number in row.weights])
        out = judgement.verdict is Verdict.DOES_NOT_FIT
        contact = (
            directory.door_of(service) if out else access_point_service(directory, service, answers)
        )
        door = None if contact is service else contact
        found.append((-total, service.id, Match(service, judgement, needs, door, total)))
    found.sort(key=lambda one: one[:2])
    return tuple(one[2] for one in found)


def first_shown(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Give the list that a person sees first: what fits or may fit."""
    return tuple(one for one in matches if one.verdict is not Verdict.DOES_NOT_FIT)[:LIST_LENGTH]


def widest_doors(directory: Directory) -> tuple[Service, ...]:
    """Give the doors that are open to everybody, for when nothing else is left."""
    return widest_access_points(directory)


def _worth(served: Sequence[str], wanted: Sequence[str]) -> float:
    both = [need for need in wanted if need in served]
    best = max(
        NEED_POINTS[served.index(need)] * WANTED_WEIGHT[min(wanted.index(need), 3)] for need in both
    )
    return best + ALSO_SERVES * (len(both) - 1)
