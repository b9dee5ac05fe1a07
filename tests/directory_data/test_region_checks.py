"""What a region says beside its records is checked like them: by file and field."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from directory_data.region import BadRegion, UnknownRegion, load_region, read_region, region_ids
from directory_data.vocabulary.loader import Need, NeedFlag, common_needs, danger_kinds
from navigator.nlp.danger.detector import DangerKind
from navigator.services.directory.publish_edition import check_records_folder

Content = Any
"""What a YAML file holds."""


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Callable[..., list[tuple[str, str]]]]:
    """Give a function that changes one file of the example and says what is wrong then."""
    folder = tmp_path / "example"
    shutil.copytree(load_region("example").folder, folder)

    def change(file: str, edit: Callable[[Content], None]) -> list[tuple[str, str]]:
        path = folder / file
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        try:
            problems = check_records_folder(read_region(folder)).problems
        except BadRegion as error:
            problems = error.problems
        return [(problem.field, problem.problem) for problem in problems if problem.file == file]

    return change


@pytest.mark.parametrize("region_id", region_ids())
def test_every_region_that_is_here_has_no_problem(region_id: str) -> None:
    assert check_records_folder(load_region(region_id)).problems == ()


def test_a_region_that_is_not_here_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownRegion, match=r"no region atlantis; there are: .*example"):
        load_region("atlantis")


POLICY: list[tuple[Callable[[Content], None], tuple[str, str]]] = [
    (
        lambda policy: policy["menus"]["first"].append("happiness"),
        ("menus.first.4", "happiness is not in the common language"),
    ),
    (
        lambda policy: policy["menus"].update(more=["food"] * 9),
        ("menus.more", "Tuple should have at most 8 items after validation, not 9"),
    ),
    (
        lambda policy: policy.update(navigation_need="rides"),
        ("navigation_need", "no service that is shown is there for rides"),
    ),
    (
        lambda policy: policy.update(widest=["exampleton-helpline", "nobody"]),
        ("widest.1", "there is no service nobody"),
    ),
    (
        lambda policy: policy.update(emergency="fauxford-shelter"),
        ("emergency", "fauxford-shelter has no sourced phone"),
    ),
    (
        lambda policy: policy.update(helpline="555-555-0199"),
        ("helpline", "555-555-0199 is no sourced phone of exampleton-helpline"),
    ),
    (
        lambda policy: policy["redirections"][0].update(service="nobody"),
        ("redirections.0.service", "there is no service nobody"),
    ),
    (
        lambda policy: policy["redirections"][0].update(instead="example-youth-home"),
        ("redirections.0.instead", "example-youth-home has no sourced phone"),
    ),
    (
        lambda policy: policy["redirections"][0]["when"].update(fact="height"),
        ("redirections.0.when", "height is not in the common language"),
    ),
    (
        lambda policy: policy["redirections"][0]["when"].update(op="is", value=True),
        ("redirections.0.when", "age takes between with [from, to], years or null"),
    ),
    (
        lambda policy: policy["redirections"][0].update(for_need="happiness"),
        ("redirections.0.for_need", "happiness is not in the common language"),
    ),
    (
        lambda policy: policy["redirections"][0].pop("reason"),
        ("redirections.0.reason", "Field required"),
    ),
    (
        lambda policy: policy["desk"].update(opens="17:00"),
        ("desk", "the desk must close after it opens"),
    ),
    (
        lambda policy: policy.update(time_zone="Exampleland/Fauxford"),
        ("time_zone", "must be a time zone such as Europe/Paris"),
    ),
    (lambda policy: policy.pop("helpline"), ("helpline", "Field required")),
    (lambda policy: policy.update(motto="x"), ("motto", "Extra inputs are not permitted")),
]


@pytest.mark.parametrize(("edit", "problem"), POLICY, ids=[field for _, (field, _) in POLICY])
def test_a_policy_that_names_what_is_not_there_is_told_where(
    broken: Callable[..., list[tuple[str, str]]],
    edit: Callable[[Content], None],
    problem: tuple[str, str],
) -> None:
    assert broken("policy.yaml", edit) == [problem]


def test_a_card_names_lines_that_can_be_called_for_every_kind_of_danger(
    broken: Callable[..., list[tuple[str, str]]],
) -> None:
    def edit(lines: Content) -> None:
        lines["lines"]["fauxford-shelter"] = lines["lines"].pop("example-safe-house")
        for kind, line_ids in lines["order"].items():
            lines["order"][kind] = [line for line in line_ids if line != "example-safe-house"]
        del lines["order"]["abuse"]
        lines["order"]["boredom"] = []

    assert sorted(broken("crisis_lines.yaml", edit)) == [
        ("lines.fauxford-shelter", "fauxford-shelter has no sourced phone"),
        ("order.abuse", "is missing"),
        ("order.boredom", "is no kind of danger"),
    ]


def test_a_line_without_words_or_place_for_its_number_is_refused(
    broken: Callable[..., list[tuple[str, str]]],
) -> None:
    def no_number(lines: Content) -> None:
        lines["lines"]["example-safe-house"]["fr"] = "Maison sûre: 555-555-0107"

    ((field, problem),) = broken("crisis_lines.yaml", no_number)
    assert field == "lines.example-safe-house.fr"
    assert "{number}" in problem.replace("\\", "")


def test_shares_are_whole_and_of_facts_that_exist(
    broken: Callable[..., list[tuple[str, str]]],
) -> None:
    def edit(population: Content) -> None:
        del population["shares"]["veteran"]
        population["shares"]["gender"]["values"]["woman"] = 0.9
        population["shares"]["municipality"]["values"] = {"Fauxford": 1.0}
        population["by_need"]["happiness"] = {"low_income": 0.1}
        population["ages"]["anybody"] = [[0, 99, 0.5]]
        population["asked"][0]["needs"] = ["joy"]

    assert sorted(broken("population.yaml", edit)) == [
        ("ages.anybody", "the shares must add up to 1"),
        ("asked.joy", "joy is not in the common language"),
        ("by_need.happiness", "happiness is not in the common language"),
        ("shares.gender", "the shares must add up to 1"),
        ("shares.municipality", "municipality takes Fauxford, Mockville, elsewhere"),
        ("shares.veteran", "is missing"),
    ]


@pytest.mark.parametrize(
    ("file", "edit", "field"),
    [
        ("places.yaml", lambda places: places[2].update(inside="nowhere"), "fauxford.inside"),
        ("places.yaml", lambda places: places[2].update(municipality="X"), "fauxford.municipality"),
        ("topics.yaml", lambda file: file["topics"][0].update(services=["nobody"]), "hot-meals"),
        ("service_aliases.yaml", lambda file: file["acronyms"][0].update(services=["no"]), "EHD"),
        ("cases.yaml", lambda cases: cases[0].update(name="x", needs=["joy"]), "x"),
    ],
    ids=["a place inside", "a municipality", "a topic", "a short name", "a case"],
)  # fmt: skip
def test_places_topics_names_and_cases_are_checked_too(
    broken: Callable[..., list[tuple[str, str]]],
    file: str,
    edit: Callable[[Content], None],
    field: str,
) -> None:
    assert [where for where, _ in broken(file, edit)] == [field]


def test_everything_outside_a_region_has_its_value(
    broken: Callable[..., list[tuple[str, str]]],
) -> None:
    def edit(municipalities: Content) -> None:
        municipalities[2]["id"] = "far away"

    assert broken("municipalities.yaml", edit) == [
        ("", "elsewhere is missing: every place outside the region")
    ]


def test_a_new_need_is_handled_as_the_most_private_one() -> None:
    food = common_needs()["food"]
    new = food.model_copy(update={"flags": frozenset()})
    assert NeedFlag.NAMED in food.flags
    assert Need.model_validate({**new.model_dump(), "id": "new"}).flags == frozenset()


def test_a_need_is_named_unasked_only_where_a_reminder_may_come_at_all() -> None:
    food = common_needs()["food"].model_dump()
    with pytest.raises(ValueError, match="must also be reminded"):
        Need.model_validate({**food, "flags": ["named"]})


def test_needs_lead_to_needs_that_exist() -> None:
    needs = common_needs()
    for need in needs.values():
        assert set(need.meanwhile) <= set(needs)
        assert need.for_the_young is None or need.for_the_young in needs


def test_the_kinds_of_danger_are_those_that_are_detected() -> None:
    assert set(danger_kinds()) == set(DangerKind)
    for kind in danger_kinds().values():
        assert {*kind.needs, *kind.not_meant} <= set(common_needs())
        assert set(kind.not_for_self) <= set(kind.needs)
