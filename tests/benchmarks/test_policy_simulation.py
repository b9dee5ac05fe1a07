"""The simulation on the real directory: the targets of the interview, held by the build."""

from functools import cache
from pathlib import Path

import directory_data
from benchmarks.policy_simulation.simulation import AUTHOR, SimulationReport, simulate
from directory_data.directory import Directory
from directory_data.record_checks import check_folder
from directory_data.region import load_region
from navigator.domain.question_selection import MOST_QUESTIONS

PEOPLE = 500


@cache
def halton() -> Directory:
    folder = Path(directory_data.__file__).parent / "halton" / "organizations"
    region = load_region()
    return Directory(1, check_folder(folder, region.vocabulary).organizations, region)


@cache
def report(strange: float = 0.0) -> SimulationReport:
    return simulate(halton(), people=PEOPLE, seed=7, strange=strange)


def test_few_questions_are_asked() -> None:
    ours, author, plain = report().scores
    assert report().first_list_after <= 3
    assert ours.median <= 5  # and one for the need: 6
    assert ours.most <= MOST_QUESTIONS
    assert ours.mean < author.mean < plain.mean


def test_what_truly_fits_is_shown() -> None:
    assert report().scores[0].recall >= 0.97


def test_what_is_shown_as_fitting_does_fit() -> None:
    assert report().scores[0].wrong_fits <= 0.03


def test_it_holds_for_a_population_unlike_the_one_assumed() -> None:
    ours, author, _ = report(strange=0.3).scores
    assert ours.recall >= 0.97
    assert ours.wrong_fits <= 0.03
    assert ours.mean < author.mean


def test_the_same_seed_gives_the_same_report() -> None:
    once, again = (simulate(halton(), people=20, seed=3) for _ in range(2))
    assert once == again
    assert once != simulate(halton(), people=20, seed=4)


def test_the_report_names_each_way_of_asking() -> None:
    head, _, *rows = report().lines()
    assert f"{PEOPLE} people" in head
    assert len(rows) == 3
    assert all(
        row.startswith(score.policy) for row, score in zip(rows, report().scores, strict=True)
    )


def test_the_author_knows_every_fact() -> None:
    assert set(AUTHOR) == set(load_region().vocabulary.facts)
    assert len(AUTHOR) == len(set(AUTHOR))
