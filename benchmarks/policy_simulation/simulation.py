"""Run random people through a directory and count what was asked, shown and missed."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Vocabulary
from navigator.domain.eligibility import DECLINED, Answer, Answers, Verdict, judge
from navigator.domain.matching import (
    LIST_LENGTH,
    MatchTable,
    first_shown,
    match_services,
    match_table,
)
from navigator.domain.prior_probabilities import SHARES, SimulatedPerson, draw_person
from navigator.domain.question_selection import CAP, FIRST_LIST_AFTER, next_question

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

Policy = Callable[[Vocabulary, MatchTable], str | None]


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
            f"{one.policy:22}{one.mean:6.2f}{one.median:8.1f}{one.p90:6.1f}{one.most:6d}"
            f"{one.recall:9.1%}{one.everything:8.1%}{one.wrong_fits:12.2%}{one.wrong_shown:13.2%}"
            f"{one.depends:9.1%}{one.agrees:8.1%}"
            for one in self.scores
        ]
        made = f"{self.people} people (seed {self.seed}, {self.strange:.0%} strange)"
        first = f"first list after {self.first_list_after} questions at most, the need counted"
        return (f"{made}, {self.services} services, edition {self.edition}; {first}", head, *rows)


def our_policy(vocabulary: Vocabulary, laid: MatchTable) -> str | None:
    """Ask as the interview does."""
    return next_question(vocabulary, laid)


def author_policy(_vocabulary: Vocabulary, laid: MatchTable) -> str | None:
    """Ask in a fixed order whatever a service still waits for, up to the same cap."""
    answers = laid.about.answers
    if len(answers) >= CAP:
        return None
    waiting: set[str] = set()
    for _, _, at in laid.ranked(laid.reading, range(len(laid.rows))):
        waiting.update(judge(laid.rows[at].service.record, answers).unknown)
    return next((fact for fact in AUTHOR if fact in waiting and fact not in answers), None)


def paper_form_policy(_vocabulary: Vocabulary, laid: MatchTable) -> str | None:
    """Ask everything, as a paper form does."""
    return next((fact for fact in AUTHOR if fact not in laid.about.answers), None)


POLICIES: Mapping[str, Policy] = {
    "our choice": our_policy,
    "an author's order": author_policy,
    "a plain form": paper_form_policy,
}


def simulate(
    directory: Directory,
    vocabulary: Vocabulary,
    people: int = 2000,
    seed: int = 1,
    strange: float = 0.0,
) -> SimulationReport:
    """Run random people through the directory with each way of asking; the same seed, the same."""
    dice = random.Random(seed)
    crowd = [draw_person(dice, strange) for _ in range(people)]
    said = [_said(dice, vocabulary, person) for person in crowd]
    pairs = tuple(zip(crowd, said, strict=True))
    scores = tuple(
        _score(name, [_run(directory, vocabulary, policy, *one) for one in pairs])
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


def _said(dice: random.Random, vocabulary: Vocabulary, person: SimulatedPerson) -> Answers:
    # What the person would answer to each question: the truth, a slip, or nothing.
    said: dict[str, Answer] = {}
    for fact, truth in person.facts.items():
        declines = DECLINES_SENSITIVE if vocabulary.facts[fact].sensitive else DECLINES
        mark = dice.random()
        if mark < declines:
            said[fact] = DECLINED
        elif mark < declines + SLIPS and fact in SHARES:
            said[fact] = dice.choice(sorted(SHARES[fact], key=str))
        else:
            said[fact] = truth
    return said


def _run(
    directory: Directory,
    vocabulary: Vocabulary,
    policy: Policy,
    person: SimulatedPerson,
    said: Answers,
) -> _Run:
    answers: dict[str, Answer] = {}
    fact = policy(vocabulary, match_table(directory, person.needs, answers))
    while fact is not None:
        answers[fact] = said[fact]
        fact = policy(vocabulary, match_table(directory, person.needs, answers))
    listed = first_shown(match_services(directory, person.needs, answers))
    informed = match_services(directory, person.needs, person.facts)
    truly = {one.service.id for one in informed if one.verdict is Verdict.FITS}
    best = {one.service.id for one in first_shown(informed)}
    fits = [one.service.id for one in listed if one.verdict is Verdict.FITS]
    ids = [one.service.id for one in listed]
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
