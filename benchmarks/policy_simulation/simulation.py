"""Run random people through a directory and count what was asked, shown and missed."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from benchmarks.policy_simulation.random_people import SimulatedPerson, draw_person
from directory_data.directory import Directory
from directory_data.region import Region
from navigator.domain.eligibility import DECLINED, Answer, Answers, Verdict, judge
from navigator.domain.matching import (
    LIST_LENGTH,
    MatchTable,
    first_shown,
    match_services,
    match_table,
)
from navigator.domain.question_selection import FIRST_LIST_AFTER, MOST_QUESTIONS, next_question

AUTHOR = (
    *("municipality", "age", "housing_status", "household", "low_income"),
    *("receives_social_assistance", "gender", "student", "caregiver", "dementia"),
    *("pregnant_or_parenting", "has_ohip", "has_family_doctor", "care_experience"),
    *("developmental_disability", "works_with_professional", "experiencing_violence"),
    *("current_client", "newcomer", "indigenous", "veteran", "francophone", "black", "lgbtq"),
    "lives_alone",
)
"""The order in which a careful author would ask, whatever the need."""

DECLINES, DECLINES_SENSITIVE = 0.03, 0.1
"""How many skip a question (our choice; nobody publishes it for such questions)."""

SLIPS = 0.02
"""How many answers are wrong by mistake (our choice)."""

Policy = Callable[[MatchTable], str | None]
"""A way of asking: the next fact for what is known of a person, None at the end."""


@dataclass(frozen=True, slots=True)
class PolicyScore:
    """How one way of asking did; shares are from 0 to 1.

    `recall`: of what truly fits, at most a list's length of it, the share shown as fits or may-fit;
    `everything`: people of whom nothing was missed; `wrong_fits`: shown as fits, but doesn't;
    `wrong_shown`: the same of all that is shown; `depends`: shown as may-fit;
    `agrees`: shown services that also stand in the list of somebody who told everything.
    """

    policy: str
    mean: float
    median: float
    p90: float
    most: int
    recall: float
    everything: float
    wrong_fits: float
    wrong_shown: float
    depends: float
    agrees: float


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """What a simulation gave, a score for each way of asking."""

    people: int
    seed: int
    edition: int
    services: int
    strange: float
    first_list_after: int
    scores: tuple[PolicyScore, ...]

    def lines(self) -> tuple[str, ...]:
        """Write the report for a terminal."""
        head = f"{'':22}{'mean':>6}{'median':>8}{'p90':>6}{'most':>6}{'recall':>9}{'all':>8}"
        head += f"{'wrong fits':>12}{'wrong shown':>13}{'depends':>9}{'agrees':>8}"
        rows = [
            f"{score.policy:22}{score.mean:6.2f}{score.median:8.1f}{score.p90:6.1f}{score.most:6d}"
            f"{score.recall:9.1%}{score.everything:8.1%}{score.wrong_fits:12.2%}{score.wrong_shown:13.2%}"
            f"{score.depends:9.1%}{score.agrees:8.1%}"
            for score in self.scores
        ]
        made = f"{self.people} people (seed {self.seed}, {self.strange:.0%} strange)"
        first = f"first list after {self.first_list_after} questions at most, the need counted"
        return (f"{made}, {self.services} services, edition {self.edition}; {first}", head, *rows)


def author_policy(table: MatchTable) -> str | None:
    """Ask in a fixed order whatever a service still waits for, up to the same cap."""
    answers = table.person.answers
    if len(answers) >= MOST_QUESTIONS:
        return None
    waiting: set[str] = set()
    for _, _, position in table.ranked(table.evaluation, range(len(table.rows))):
        waiting.update(judge(table.rows[position].service.record, answers).unknown)
    return next((fact for fact in AUTHOR if fact in waiting and fact not in answers), None)


def paper_form_policy(table: MatchTable) -> str | None:
    """Ask everything, as a paper form does."""
    return next((fact for fact in AUTHOR if fact not in table.person.answers), None)


POLICIES: Mapping[str, Policy] = {
    "our choice": next_question,
    "an author's order": author_policy,
    "a plain form": paper_form_policy,
}


def simulate(
    directory: Directory,
    people: int = 2000,
    seed: int = 1,
    strange: float = 0.0,
) -> SimulationReport:
    """Run random people through the directory with each way of asking; the same seed, the same."""
    dice = random.Random(seed)
    region = directory.region
    crowd = [draw_person(dice, region.population, strange) for _ in range(people)]
    said = [_said(dice, region, person) for person in crowd]
    pairs = tuple(zip(crowd, said, strict=True))
    scores = tuple(
        _score(name, [_run(directory, policy, person, answers) for person, answers in pairs])
        for name, policy in POLICIES.items()
    )
    services = len(directory.services)
    return SimulationReport(
        people, seed, directory.edition, services, strange, FIRST_LIST_AFTER, scores
    )


@dataclass(frozen=True, slots=True)
class _Run:
    asked: int
    wanted: int
    hit: int
    fits: int
    wrong_fits: int
    shown: int
    wrong_shown: int
    agreed: int


def _said(dice: random.Random, region: Region, person: SimulatedPerson) -> Answers:
    # What the person would answer to each question: the truth, a slip, or nothing.
    said: dict[str, Answer] = {}
    for fact, truth in person.facts.items():
        declines = DECLINES_SENSITIVE if region.vocabulary.facts[fact].sensitive else DECLINES
        mark = dice.random()
        if mark < declines:
            said[fact] = DECLINED
        elif mark < declines + SLIPS and fact in region.population.shares:
            values = sorted(region.population.shares[fact], key=str)
            said[fact] = dice.choice(values)
        else:
            said[fact] = truth
    return said


def _run(directory: Directory, policy: Policy, person: SimulatedPerson, said: Answers) -> _Run:
    answers: dict[str, Answer] = {}
    fact = policy(match_table(directory, person.needs, answers))
    while fact is not None:
        answers[fact] = said[fact]
        fact = policy(match_table(directory, person.needs, answers))
    listed = first_shown(match_services(directory, person.needs, answers))
    informed = match_services(directory, person.needs, person.facts)
    truly = {match.service.id for match in informed if match.verdict is Verdict.FITS}
    best = {match.service.id for match in first_shown(informed)}
    fits = [match.service.id for match in listed if match.verdict is Verdict.FITS]
    ids = [match.service.id for match in listed]
    return _Run(
        asked=len(answers),
        wanted=min(LIST_LENGTH, len(truly)),
        hit=sum(key in truly for key in ids),
        fits=len(fits),
        wrong_fits=sum(key not in truly for key in fits),
        shown=len(ids),
        wrong_shown=sum(key not in truly for key in ids),
        agreed=sum(key in best for key in ids),
    )


def _score(name: str, runs: Sequence[_Run]) -> PolicyScore:
    asked = [run.asked for run in runs]
    listed = max(1, sum(run.shown for run in runs))
    return PolicyScore(
        policy=name,
        mean=fmean(asked),
        median=median(asked),
        p90=quantiles(asked, n=10)[-1] if len(asked) > 1 else float(asked[0]),
        most=max(asked),
        recall=sum(run.hit for run in runs) / max(1, sum(run.wanted for run in runs)),
        everything=fmean(run.hit >= run.wanted for run in runs),
        wrong_fits=sum(run.wrong_fits for run in runs) / max(1, sum(run.fits for run in runs)),
        wrong_shown=sum(run.wrong_shown for run in runs) / listed,
        depends=sum(run.shown - run.fits for run in runs) / listed,
        agrees=sum(run.agreed for run in runs) / listed,
    )
