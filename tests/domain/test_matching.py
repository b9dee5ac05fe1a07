"""Which services come first: those made for people like this one, near by, and reachable."""

import random

import pytest

from benchmarks.policy_simulation.random_people import draw_person
from directory_data.directory import Directory
from directory_data.records import RuleStrength
from navigator.domain.eligibility import Verdict, judge
from navigator.domain.matching import LIST_LENGTH, Match, first_shown, match_services
from navigator.domain.rule_scoring import rule_matrix

TOWNS = ("Burlington", "Oakville", "Milton", "Halton Hills")


def ids(matches: tuple[Match, ...]) -> list[str]:
    return [match.service.id for match in matches]


def test_every_match_says_the_same_as_judging_the_service_alone(halton: Directory) -> None:
    dice = random.Random(3)
    for _ in range(60):
        person = draw_person(dice, halton.region.population)
        known = {fact: value for fact, value in person.facts.items() if dice.random() < 0.5}
        for match in match_services(halton, person.needs, known):
            assert match.judgement == judge(match.service.record, known)


def test_every_service_with_the_need_is_judged_and_none_is_hidden(halton: Directory) -> None:
    found = match_services(halton, ["counselling"], {"age": 30, "municipality": "Milton"})
    assert set(ids(found)) == {service.id for service in halton.by_need["counselling"]}


def test_what_does_not_fit_comes_last_and_is_never_shown(halton: Directory) -> None:
    dice = random.Random(4)
    for _ in range(60):
        person = draw_person(dice, halton.region.population)
        found = match_services(halton, person.needs, person.facts)
        out = [match.verdict is Verdict.DOES_NOT_FIT for match in found]
        assert out == sorted(out)
        listed = first_shown(found)
        assert len(listed) <= LIST_LENGTH
        assert all(match.verdict is not Verdict.DOES_NOT_FIT for match in listed)


def test_a_preference_that_is_not_met_orders_but_never_hides(halton: Directory) -> None:
    dice = random.Random(5)
    passed = 0
    for _ in range(60):
        person = draw_person(dice, halton.region.population)
        for match in match_services(halton, person.needs, person.facts):
            soft = all(rule.strength is RuleStrength.PREFERS for rule in match.service.record.rules)
            if soft and match.judgement.passed_over:
                passed += 1
                assert match.verdict is Verdict.FITS
    assert passed


def test_the_order_is_the_same_whatever_way_the_answers_came_in(halton: Directory) -> None:
    answers = {"age": 17, "municipality": "Milton", "gender": "woman", "low_income": True}
    turned = dict(reversed(answers.items()))
    assert ids(match_services(halton, ["food", "shelter"], answers)) == ids(
        match_services(halton, ["food", "shelter"], turned)
    )
    again = Directory(2, tuple(reversed(halton.organizations)), halton.region)
    assert ids(match_services(again, ["food", "shelter"], answers)) == ids(
        match_services(halton, ["food", "shelter"], answers)
    )


def test_a_17_year_old_in_acton_sees_bridging_the_gap_before_the_shelter_for_men(
    halton: Directory,
) -> None:
    answers = {"age": 17, "municipality": "Halton Hills", "housing_status": "homeless"}
    for told in (answers, {**answers, "gender": "man"}, {"age": 17}):
        order = ids(first_shown(match_services(halton, ["shelter"], told)))
        assert order[0] == "bridging-the-gap"
        assert order.index("halton-lighthouse-shelter") > 0


@pytest.mark.parametrize("town", TOWNS)
def test_a_food_bank_of_the_own_town_comes_before_one_of_another(
    halton: Directory, town: str
) -> None:
    order = first_shown(match_services(halton, ["food"], {"age": 40, "municipality": town}))
    elsewhere = [
        match
        for match in order
        if any(rule.fact == "municipality" for rule in match.judgement.passed_over)
    ]
    assert list(order[len(order) - len(elsewhere) :]) == elsewhere


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("age", [14, 17, 24, 45, 80])
def test_who_asks_for_a_bed_finds_311_among_the_first_three(
    halton: Directory, town: str, age: int
) -> None:
    first = first_shown(match_services(halton, ["shelter"], {"age": age, "municipality": town}))[:3]
    doors = {match.way_in.id for match in first} | {match.service.id for match in first}
    wanted = {"access-halton-311", "halton-cas"} if age < 16 else {"access-halton-311"}
    assert doors & wanted


def test_a_woman_who_is_beaten_and_needs_a_bed_finds_the_womens_shelter_first(
    halton: Directory,
) -> None:
    answers = {
        "age": 35,
        "municipality": "Milton",
        "gender": "woman",
        "experiencing_violence": True,
    }
    assert ids(match_services(halton, ["shelter"], answers))[0] == "halton-womens-place-shelter"


def test_the_main_need_counts_more_than_the_second(halton: Directory) -> None:
    answers = {"age": 40, "municipality": "Burlington"}
    assert "food" in match_services(halton, ["food", "legal"], answers)[0].service.record.needs
    assert "legal" in match_services(halton, ["legal", "food"], answers)[0].service.record.needs


def test_a_service_without_a_number_or_page_comes_after_the_same_with_one(
    halton: Directory,
) -> None:
    bank = halton.services["acton-foodshare"]
    mute = bank.record.model_copy(update={"phones": (), "url": None, "email": None, "id": "aaa"})
    twin = bank.organization.model_copy(update={"services": (mute,), "id": "aaa"})
    both = Directory(3, (*halton.organizations, twin), halton.region)
    order = ids(match_services(both, ["food"], {"municipality": "Halton Hills"}))
    assert order.index("acton-foodshare") < order.index("aaa")


def test_nobody_is_shown_a_service_by_who_they_may_be(halton: Directory) -> None:
    # Identity is never inferred: lines for one group stay behind until the person says so.
    plain = ids(
        first_shown(match_services(halton, ["crisis-line"], {"age": 30, "municipality": "Milton"}))
    )[:3]
    assert "hope-for-wellness" not in plain
    told = {"age": 30, "municipality": "Milton", "indigenous": True}
    assert (
        "hope-for-wellness" in ids(first_shown(match_services(halton, ["crisis-line"], told)))[:3]
    )


def test_an_unknown_need_gives_an_empty_list(halton: Directory) -> None:
    assert match_services(halton, [], {}) == ()


def test_a_directory_is_laid_out_once_and_anew_for_another_edition(halton: Directory) -> None:
    assert rule_matrix(halton) is rule_matrix(halton)
    fewer = Directory(halton.edition, halton.organizations[:20], halton.region)
    assert set(rule_matrix(fewer).rows) == set(fewer.services)
    assert set(rule_matrix(halton).rows) == set(halton.services)
