"""The door that works for a person's place and age, whether it is open, and what else there is."""

import random
from datetime import datetime, time
from itertools import product

import pytest

from benchmarks.policy_simulation.random_people import draw_person
from directory_data.directory import Directory
from directory_data.opening_hours import OpeningHours
from directory_data.region import load_region
from navigator.domain.access_point_selection import (
    access_point_for,
    access_point_service,
    widest_access_points,
)
from navigator.domain.eligibility import Answers, Verdict, judge
from navigator.domain.matching import match_services

NOON = datetime(2026, 11, 24, 12, 0)  # a Tuesday  # noqa: DTZ001
NIGHT = datetime(2026, 11, 24, 23, 30)  # noqa: DTZ001
TOWNS = ("Burlington", "Oakville", "Milton", "Halton Hills", "elsewhere")


@pytest.mark.parametrize(
    ("service", "answers", "door"),
    [
        ("bridge-house", {"age": 17}, "halton-cas"),
        ("bridging-the-gap", {"age": 20}, "halton-cas"),
        ("wesley-housing-first", {"age": 40}, "access-halton-311"),
        ("halton-lighthouse-shelter", {"age": 30}, "access-halton-311"),
        ("milton-adult-day-programs", {"municipality": "Milton"}, "central-registry"),
        ("milton-adult-day-programs", {"municipality": "Burlington"}, "ontario-health-athome"),
        ("central-registry", {"municipality": "Burlington"}, "ontario-health-athome"),
        ("support-house", {"age": 17}, "rock-access-line"),
        ("one-link", {"age": 15}, "rock-access-line"),
        ("rock-access-line", {"age": 30}, "one-link"),
        ("woodview-school-mental-health", {"age": 14}, "rock-access-line"),
        ("coast-crisis-line", {"age": 14}, "rock-crisis-line"),
        ("halton-lighthouse-shelter", {"age": 14}, "halton-cas"),
        ("burlington-specialized-transit", {"municipality": "Burlington"}, "oakville-care-a-van"),
        ("tenant-duty-counsel", {"low_income": False}, "pro-bono-ontario-hotline"),
        ("hope-place-centres", {"age": 15, "municipality": "elsewhere"}, "211-ontario"),
        ("burlington-food-bank", {}, "burlington-food-bank"),
    ],
)
def test_the_door_works_for_this_place_and_age(
    halton: Directory, service: str, answers: Answers, door: str
) -> None:
    assert access_point_service(halton, halton.services[service], answers).id == door


def test_no_door_turns_away_a_person_whom_the_service_takes(halton: Directory) -> None:
    # The office of Oakville's rides also takes the forms of Burlington and Milton, as it says.
    for service in halton:
        for town, age in product(TOWNS, (10, 15, 17, 20, 40, 70)):
            answers = {"municipality": town, "age": age}
            if judge(service.record, answers).verdict is Verdict.DOES_NOT_FIT:
                continue
            door = access_point_service(halton, service, answers)
            taken = judge(door.record, answers).verdict is not Verdict.DOES_NOT_FIT
            assert taken or door.id == "oakville-care-a-van", (service.id, town, age)


def test_a_match_shows_the_same_door(halton: Directory) -> None:
    answers = {"age": 80, "municipality": "Burlington"}
    for match in match_services(halton, ["company", "dementia-support"], answers):
        if match.verdict is not Verdict.DOES_NOT_FIT:
            assert match.contact is access_point_service(halton, match.service, answers)


def test_an_open_door_needs_no_second_option(halton: Directory) -> None:
    door = access_point_for(halton, halton.services["bridge-house"], {"age": 17}, NIGHT)
    assert (door.open_now, door.next_opening, door.instead) == (True, None, None)
    assert door.leads_to.id == "bridge-house"
    assert door.say is not None
    assert "Bridge House" in door.say.en


def test_a_closed_door_says_when_it_opens_and_what_answers_now(halton: Directory) -> None:
    works = halton.services["ontario-works-halton"]
    answers = {"municipality": "Oakville", "low_income": True}
    by_day = access_point_for(halton, works, answers, NOON)
    by_night = access_point_for(halton, works, answers, NIGHT)
    assert (by_day.open_now, by_day.instead) == (True, None)
    assert by_night.open_now is False
    assert by_night.next_opening == (1, time(8, 30))
    assert by_night.instead is not None
    assert by_night.instead.id == "access-halton-311"


def test_a_teenager_at_night_gets_a_line_for_the_young(halton: Directory) -> None:
    answers = {"age": 15, "municipality": "Oakville"}
    door = access_point_for(
        halton, halton.services["woodview-school-mental-health"], answers, NIGHT
    )
    assert door.service.id == "rock-access-line"
    assert door.instead is not None
    assert door.instead.id in {"rock-crisis-line", "kids-help-phone"}


def test_what_to_bring_is_gathered_on_the_way(halton: Directory) -> None:
    door = access_point_for(
        halton, halton.services["milton-adult-day-programs"], {"municipality": "Milton"}, NOON
    )
    assert any("health card" in thing.en for thing in door.bring)


def test_who_is_sent_to_another_line_hears_the_words_for_that_line(halton: Directory) -> None:
    door = access_point_for(halton, halton.services["rock-access-line"], {"age": 30}, NOON)
    assert door.say == halton.services["one-link"].record.access.what_to_say


def test_a_door_that_is_not_known_to_be_open_has_something_that_answers_now(
    halton: Directory,
) -> None:
    dice = random.Random(21)
    for service in halton:
        answers = draw_person(dice, halton.region.population).facts
        for moment in (NOON, NIGHT):
            door = access_point_for(halton, service, answers, moment)
            if door.open_now:
                continue
            assert door.instead is not None, service.id
            hours = door.instead.record.hours
            assert hours is not None
            assert hours.open_at(moment)
            assert door.instead is not door.service
            assert door.instead.id != "emergency-911"
            judgement = judge(door.instead.record, answers)
            assert judgement.verdict is Verdict.FITS
            assert not judgement.passed_over or door.instead in widest_access_points(halton)


def test_a_circle_of_doors_ends(halton: Directory) -> None:
    def led(key: str, through: str) -> object:
        service = halton.services[key]
        access = service.record.access.model_copy(update={"through": through})
        record = service.record.model_copy(update={"access": access, "rules": (), "id": key})
        return service.organization.model_copy(update={"services": (record,), "id": key})

    ring = (led("hatch", "one-link"), led("one-link", "hatch"))
    circle = Directory(7, ring, load_region())  # type: ignore[arg-type]
    assert access_point_service(circle, circle.services["hatch"], {}).id == "one-link"


def test_without_its_door_a_service_is_contacted_itself(halton: Directory) -> None:
    house = halton.services["bridge-house"]
    only = house.organization.model_copy(update={"services": (house.record,)})
    alone = Directory(8, (only,), load_region())
    door = access_point_for(alone, alone.services["bridge-house"], {"age": 17}, NOON)
    assert door.service.id == "bridge-house"
    assert door.instead is None


def test_the_widest_doors_answer_at_any_hour(halton: Directory) -> None:
    doors = widest_access_points(halton)
    assert [door.id for door in doors] == ["211-ontario", "access-halton-311"]
    assert all(isinstance(door.record.hours, OpeningHours) for door in doors)
    assert all(door.record.hours and door.record.hours.open_at(NIGHT) for door in doors)


def test_every_turn_leads_to_a_door_that_is_shown(halton: Directory) -> None:
    for redirection in halton.policy.redirections:
        assert redirection.service in halton.services
        assert redirection.instead in halton.services
