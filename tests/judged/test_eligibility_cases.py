"""The staff-owned cases: what the list must show for real situations."""

from collections import Counter
from functools import cache

import pytest
from pydantic import ValidationError

from directory_data.directory import Directory
from directory_data.eligibility_cases import EligibilityCase, read_cases, wrong_ids
from directory_data.record_checks import check_folder
from directory_data.region import load_region, region_ids
from navigator.domain.eligibility import Verdict, judge
from navigator.domain.matching import first_shown, match_services

CASES = read_cases(load_region().cases_file)
OF_ALL_REGIONS = [
    (region_id, case)
    for region_id in region_ids()
    for case in read_cases(load_region(region_id).cases_file)
]


@cache
def directory_of(region_id: str) -> Directory:
    """Give the curated directory of a region."""
    region = load_region(region_id)
    folder = region.organizations_folder
    return Directory(1, check_folder(folder, region.vocabulary).organizations, region)


def halton() -> Directory:
    return directory_of("halton")


def missed(case: EligibilityCase, directory: Directory) -> list[str]:
    """Say in words all that a case expects and the list does not give."""
    order = [
        match.service.id
        for match in first_shown(match_services(directory, case.needs, case.answers))
    ]
    verdicts = {
        key: judge(directory.services[key].record, case.answers).verdict for key in case.services
    }
    first = case.first_among
    found = [
        f"{key} is not among the first {first.within}: {', '.join(order[: first.within])}"
        for key in (first.ids if first else ())
        if first and key not in order[: first.within]
    ]
    found += [f"{key} comes first" for key in case.not_first if order[:1] == [key]]
    found += [f"{key} {verdicts[key]}" for key in case.fits if verdicts[key] is not Verdict.FITS]
    return found + [
        f"{key} {verdicts[key]}"
        for key in case.does_not_fit
        if verdicts[key] is not Verdict.DOES_NOT_FIT or key in order
    ]


@pytest.mark.parametrize(
    ("region_id", "case"),
    OF_ALL_REGIONS,
    ids=[f"{region_id}: {case.name}" for region_id, case in OF_ALL_REGIONS],
)
def test_the_list_is_right_for(region_id: str, case: EligibilityCase) -> None:
    directory = directory_of(region_id)
    assert not list(wrong_ids(case, directory.vocabulary, directory))
    assert not missed(case, directory), case.why


def test_there_are_enough_cases_over_all_action_tables() -> None:
    tables = Counter(case.table for case in CASES)
    assert len(CASES) >= 60
    assert set(tables) == set(range(1, 8))
    assert min(tables.values()) >= 5


def test_case_names_are_unique() -> None:
    assert not [name for name, count in Counter(case.name for case in CASES).items() if count > 1]


def test_a_wrong_expectation_is_noticed() -> None:
    # Each kind of expectation, turned around: the run must say so.
    base = {"name": "x", "table": 2, "needs": ["shelter"], "why": "x"}
    youth = {"age": 17, "municipality": "Milton", "housing_status": "homeless"}
    for wrong in (
        {"first_among": {"ids": ["peel-shelter-intake"], "within": 1}},
        {"not_first": ["bridging-the-gap"]},
        {"fits": ["wesley-emergency-housing"]},
        {"does_not_fit": ["bridging-the-gap"]},
    ):
        assert missed(
            EligibilityCase.model_validate({**base, "answers": youth, **wrong}), halton()
        ), wrong


def test_a_case_with_unknown_names_is_noticed() -> None:
    case = EligibilityCase.model_validate(
        {
            "name": "x",
            "table": 1,
            "needs": ["nothing"],
            "answers": {"age": True, "gender": "x", "veteran": "yes", "height": 3},
            "fits": ["no-such-place"],
            "why": "x",
        }
    )
    assert list(wrong_ids(case, load_region().vocabulary, halton())) == [
        "nothing", "no-such-place", "age: True", "gender: x", "veteran: yes", "height",
    ]  # fmt: skip


def test_a_case_that_expects_nothing_is_refused() -> None:
    with pytest.raises(ValidationError, match="must expect something"):
        EligibilityCase.model_validate(
            {"name": "x", "table": 1, "needs": ["food"], "answers": {}, "why": "x"}
        )
