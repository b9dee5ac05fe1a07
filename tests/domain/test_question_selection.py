"""The next question: openers first, only what changes the list, never too many, quickly."""

import random
from collections.abc import Iterator
from statistics import median

from benchmarks.policy_simulation.random_people import SimulatedPerson, draw_person
from directory_data.directory import Directory
from directory_data.records import Rule
from directory_data.region import load_region
from directory_data.vocabulary.loader import FactKind, Vocabulary
from navigator.domain.eligibility import DECLINED, Answer
from navigator.domain.matching import first_shown, match_services, match_table
from navigator.domain.question_selection import (
    MOST_QUESTIONS,
    OPENERS,
    asking_cost,
    interview_step,
    next_question,
)
from tests.work import calls

ALL_AGES = (5, 13, 15, 16, 17, 18, 19, 21, 22, 24, 25, 29, 30, 40, 50, 55, 60, 65, 70, 90)


def values(language: Vocabulary, fact: str) -> tuple[Answer, ...]:
    kind = language.facts[fact].kind
    if kind is FactKind.YEARS:
        return ALL_AGES
    return (True, False) if kind is FactKind.YES_NO else language.facts[fact].value_ids


def interviews(
    halton: Directory, language: Vocabulary, people: int, seed: int
) -> Iterator[tuple[SimulatedPerson, dict[str, Answer], str | None]]:
    """Walk random people through their interviews: before each question, and at the end."""
    dice = random.Random(seed)
    for _ in range(people):
        person = draw_person(dice, halton.region.population, strange=0.3)
        answers: dict[str, Answer] = {}
        while True:
            question = interview_step(halton, person.needs, answers).question
            yield person, dict(answers), question
            if question is None:
                break
            answers[question] = DECLINED if dice.random() < 0.1 else person.facts[question]


def test_every_question_can_change_the_shown_list(halton: Directory, language: Vocabulary) -> None:
    asked = 0
    for person, answers, fact in interviews(halton, language, 120, seed=11):
        if fact is None:
            continue
        asked += 1
        now = [
            (match.service.id, match.verdict)
            for match in first_shown(match_services(halton, person.needs, answers))
        ]
        changed = False
        for value in values(language, fact):
            matches = match_services(halton, person.needs, {**answers, fact: value})
            verdicts = {match.service.id: match.verdict for match in matches}
            then = [(match.service.id, match.verdict) for match in first_shown(matches)]
            settled = any(verdicts[key] is not verdict for key, verdict in now)
            changed |= settled or (fact in OPENERS and then != now)
        assert changed, fact
    assert asked > 200


def test_nothing_is_asked_twice_not_even_what_was_declined(
    halton: Directory, language: Vocabulary
) -> None:
    for _, answers, fact in interviews(halton, language, 120, seed=12):
        assert fact not in answers


def test_never_more_questions_than_the_cap(halton: Directory, language: Vocabulary) -> None:
    assert all(
        len(said) <= MOST_QUESTIONS for _, said, _ in interviews(halton, language, 120, seed=13)
    )
    full = dict.fromkeys(list(language.facts)[:MOST_QUESTIONS], DECLINED)
    assert interview_step(halton, ["money"], full).question is None


def test_place_and_age_come_before_all_else(halton: Directory, language: Vocabulary) -> None:
    for _, answers, fact in interviews(halton, language, 120, seed=14):
        if fact in OPENERS:
            assert set(answers) <= set(OPENERS)


def test_an_opener_that_changes_nothing_is_not_asked(
    halton: Directory, language: Vocabulary
) -> None:
    assert interview_step(halton, ["long-term-care"], {}).question == "municipality"
    for need in language.needs:
        question = interview_step(halton, [need], {"municipality": "Milton"}).question
        if question == "age":
            services = halton.by_need[need]
            assert any("age" in {t.fact for r in s.record.rules for t in r.comparisons()}
                       for s in services)  # fmt: skip


def test_preferences_alone_ask_nobody_who_they_are(halton: Directory, language: Vocabulary) -> None:
    identity = {"indigenous", "black", "lgbtq", "veteran", "francophone", "newcomer"}
    asked = {fact for _, _, fact in interviews(halton, language, 200, seed=15)}
    assert not asked & identity


def test_a_sensitive_question_costs_more(language: Vocabulary) -> None:
    assert asking_cost(language.facts["gender"]) > asking_cost(language.facts["household"])
    assert asking_cost(language.facts["current_client"]) > asking_cost(language.facts["household"])


def test_the_one_question_about_money_settles_the_help_with_money(
    halton: Directory, language: Vocabulary
) -> None:
    answers = {"age": 40, "municipality": "Milton"}
    assert interview_step(halton, ["money"], answers).question == "low_income"


def test_a_youth_who_asks_about_leaving_care_is_asked_about_care(
    halton: Directory, language: Vocabulary
) -> None:
    answers = {"age": 19, "municipality": "Milton"}
    assert interview_step(halton, ["leaving-care"], answers).question == "care_experience"


def test_an_interview_gives_the_same_questions_again(
    halton: Directory, language: Vocabulary
) -> None:
    once = [fact for _, _, fact in interviews(halton, language, 30, seed=16)]
    assert once == [fact for _, _, fact in interviews(halton, language, 30, seed=16)]


def test_the_shares_of_people_know_every_fact_and_sum_to_one(language: Vocabulary) -> None:
    shares = load_region().population.shares
    assert set(shares) | {"age"} == set(language.facts)
    for fact, parts in shares.items():
        assert abs(sum(parts.values()) - 1) < 1e-9, fact
        assert set(parts) <= set(values(language, fact)), fact


def test_made_up_people_are_sensible() -> None:
    dice = random.Random(17)
    for _ in range(500):
        person = draw_person(dice, load_region().population)
        facts = person.facts
        assert not (facts["household"] != "single" and facts["lives_alone"])
        assert not (int(facts["age"]) < 16 and facts["pregnant_or_parenting"])
        assert facts["has_ohip"] or not facts["has_family_doctor"]


def test_choosing_in_a_grown_directory_is_less_work_than_its_growth(
    halton: Directory,
) -> None:
    # Twenty times the services, all with rules of their own, are five to ten times the work,
    # depending on the people drawn.
    assert work_of_choosing(grow(halton, 40)) <= 13 * work_of_choosing(grow(halton, 2))


def work_of_choosing(directory: Directory) -> float:
    """Give how much work a question is, in the middle of several people and what is known."""
    dice = random.Random(18)
    works: list[int] = []
    for _ in range(8):
        person = draw_person(dice, load_region().population)
        for known in ((), ("municipality",), ("municipality", "age", "gender")):
            told = {fact: person.facts[fact] for fact in known}
            table = match_table(directory, person.needs, told)
            works.append(calls(lambda: next_question(table)))  # noqa: B023 - at once
    return median(works)


def grow(directory: Directory, copies: int) -> Directory:
    """Copy every service with rules of its own, so that few services are alike."""
    dice = random.Random(19)
    grown = list(directory.organizations)
    for copy in range(1, copies):
        for organization in directory.organizations:
            services = tuple(
                service.model_copy(
                    update={
                        "id": f"{service.id}-{copy}",
                        "rules": tuple(_varied(rule, dice) for rule in service.rules),
                    }
                )
                for service in organization.services
            )
            grown.append(organization.model_copy(update={"services": services}))
    return Directory(2, tuple(grown), load_region())


def _varied(rule: Rule, dice: random.Random) -> Rule:
    if rule.fact == "municipality":
        towns = dice.sample(
            ["Burlington", "Oakville", "Milton", "Halton Hills"], dice.randint(1, 4)
        )
        return rule.model_copy(update={"value": tuple(towns)})
    if rule.fact == "age" and isinstance(rule.value, tuple):
        shift = dice.randint(-4, 4)
        moved = tuple(None if end is None else max(0, int(end) + shift) for end in rule.value)
        return rule.model_copy(update={"value": moved})
    return rule
