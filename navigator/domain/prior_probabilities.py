"""Who might ask for help in Halton: shares of each fact, from the census or our choice, and people.

The shares serve twice: they say how likely an unknown fact is when services are put in order (never
whether somebody may be served), and they make the random people of `navigator simulate`.

Sources: Statistics Canada, Census of Population 2021, Halton Region (towns, genders, households,
newcomers of the last five years, Indigenous and Black residents, French as first official language;
rounded); Statistics Canada 2018 (LGBTQ+: 4 % of those 15 and over); Census 2021 (veterans: 1.5 %);
all shares below that depend on a need or an age are our choice: nobody publishes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from navigator.domain.eligibility import Answer, Answers

Shares = Mapping[Answer, float]
Value = TypeVar("Value")


def _yes(share: float) -> Shares:
    return {True: share, False: 1.0 - share}


SHARES: Mapping[str, Shares] = {
    "municipality": {  # census, 95 %; the rest live elsewhere and ask all the same (our choice)
        "Burlington": 0.30,
        "Oakville": 0.34,
        "Milton": 0.21,
        "Halton Hills": 0.10,
        "elsewhere": 0.05,
    },
    "gender": {"woman": 0.56, "man": 0.42, "another": 0.02},  # women ask more: our choice
    "housing_status": {"housed": 0.85, "at-risk": 0.12, "homeless": 0.03},
    "care_experience": {"in-care": 0.005, "left-care": 0.015, "none": 0.98},
    "lives_alone": _yes(0.25),
    "caregiver": _yes(0.2),
    "dementia": _yes(0.03),
    "developmental_disability": _yes(0.03),
    "household": {"single": 0.4, "couple": 0.2, "family": 0.4},
    "student": {"none": 0.9, "high-school": 0.04, "post-secondary": 0.06},
    "newcomer": _yes(0.06),  # census
    "indigenous": _yes(0.012),  # census
    "veteran": _yes(0.015),  # census
    "francophone": _yes(0.03),  # census, and those who like to be served in French
    "black": _yes(0.05),  # census
    "lgbtq": _yes(0.04),  # Statistics Canada 2018
    "low_income": _yes(0.35),  # people who look for help: far above the region's 7 %
    "receives_social_assistance": _yes(0.15),
    "has_ohip": _yes(0.97),
    "has_family_doctor": _yes(0.87),
    "experiencing_violence": _yes(0.06),
    "pregnant_or_parenting": _yes(0.35),
    "works_with_professional": _yes(0.5),
    "current_client": _yes(0.08),
}
"""What is taken of a person who asks for anything, nothing else being known."""

_POOR: Mapping[str, Shares] = {"low_income": _yes(0.8)}
_NO_HOME: Shares = {"homeless": 0.6, "at-risk": 0.35, "housed": 0.05}
_WOMEN: Shares = {"woman": 0.85, "man": 0.13, "another": 0.02}

BY_NEED: Mapping[str, Mapping[str, Shares]] = {
    "shelter": {
        **_POOR,
        "housing_status": _NO_HOME,
        "household": {"single": 0.7, "couple": 0.08, "family": 0.22},
        "experiencing_violence": _yes(0.2),
        "gender": {"woman": 0.42, "man": 0.55, "another": 0.03},
    },
    "youth-housing": {
        **_POOR,
        "housing_status": _NO_HOME,
        "care_experience": {"in-care": 0.1, "left-care": 0.15, "none": 0.75},
        "household": {"single": 0.9, "couple": 0.03, "family": 0.07},
    },
    "outreach": {**_POOR, "housing_status": {"homeless": 0.75, "at-risk": 0.1, "housed": 0.15}},
    "keep-housing": {**_POOR, "housing_status": {"homeless": 0.02, "at-risk": 0.9, "housed": 0.08}},
    "find-housing": {**_POOR, "housing_status": {"homeless": 0.2, "at-risk": 0.4, "housed": 0.4}},
    "basics": _POOR,
    "food": _POOR,
    "money": _POOR,
    "utilities": _POOR,
    "dental": {"low_income": _yes(0.7)},
    "taxes-benefits": {"low_income": _yes(0.65)},
    "identification": _POOR,
    "legal": {"low_income": _yes(0.6)},
    "leaving-care": {"care_experience": {"in-care": 0.35, "left-care": 0.55, "none": 0.1}, **_POOR},
    "dual-diagnosis": {"developmental_disability": _yes(0.93)},
    "disability": {"developmental_disability": _yes(0.3)},
    "abuse-safety": {"experiencing_violence": _yes(0.85), "gender": _WOMEN},
    "sexual-assault": {"experiencing_violence": _yes(0.6), "gender": _WOMEN},
    "dementia-support": {"dementia": _yes(0.8), "caregiver": _yes(0.6)},
    "caregiver-support": {"caregiver": _yes(0.93), "dementia": _yes(0.4)},
    "long-term-care": {"dementia": _yes(0.4)},
    "company": {"lives_alone": _yes(0.65)},
    "family-parenting": {
        "pregnant_or_parenting": _yes(0.85),
        "household": {"single": 0.05, "couple": 0.1, "family": 0.85},
    },
    "newcomer": {"newcomer": _yes(0.95)},
    "indigenous-support": {"indigenous": _yes(0.95)},
    "lgbtq-support": {"lgbtq": _yes(0.9)},
    "health-care": {"has_family_doctor": _yes(0.6)},
}
"""What asking for a need says about a person (our choice); the first need that speaks counts."""

BY_AGE: Mapping[str, tuple[tuple[int, int, Shares], ...]] = {
    "student": (
        (0, 13, {"none": 1.0}),
        (14, 17, {"none": 0.04, "high-school": 0.95, "post-secondary": 0.01}),
        (18, 24, {"none": 0.45, "high-school": 0.05, "post-secondary": 0.5}),
        (25, 200, {"none": 0.96, "high-school": 0.005, "post-secondary": 0.035}),
    ),
    "pregnant_or_parenting": ((0, 15, _yes(0.01)), (16, 24, _yes(0.1)), (60, 200, _yes(0.02))),
    "caregiver": ((0, 17, _yes(0.02)),),
    "dementia": ((0, 54, _yes(0.002)), (55, 74, _yes(0.05)), (75, 200, _yes(0.2))),
    "veteran": ((0, 17, _yes(0.0)),),
    "receives_social_assistance": ((0, 17, _yes(0.01)), (65, 200, _yes(0.03))),
    "low_income": ((0, 15, _yes(0.3)),),
    "household": (
        (0, 15, {"family": 1.0}),
        (16, 24, {"single": 0.75, "couple": 0.1, "family": 0.15}),
        (65, 200, {"single": 0.5, "couple": 0.45, "family": 0.05}),
    ),
    "care_experience": ((30, 200, {"in-care": 0.0, "left-care": 0.01, "none": 0.99}),),
}
"""What an age says about a person where the need is silent (students: Ontario's school ages)."""

Ages = tuple[tuple[int, int, float], ...]
ANY_AGE: Ages = ((5, 15, 0.06), (16, 24, 0.16), (25, 54, 0.46), (55, 64, 0.12), (65, 95, 0.2))
_YOUNG: Ages = ((4, 12, 0.3), (13, 17, 0.5), (18, 24, 0.2))
_GROWING: Ages = ((14, 15, 0.08), (16, 17, 0.27), (18, 24, 0.6), (25, 29, 0.05))
_OLD: Ages = ((40, 54, 0.06), (55, 64, 0.16), (65, 79, 0.45), (80, 96, 0.33))
_ADULT: Ages = ((16, 24, 0.17), (25, 54, 0.6), (55, 64, 0.13), (65, 92, 0.1))

AGES: Mapping[str, Ages] = {
    **dict.fromkeys(("child-youth-mental-health", "dual-diagnosis"), _YOUNG),
    **dict.fromkeys(("leaving-care", "youth-housing", "life-skills"), _GROWING),
    **dict.fromkeys(("company", "seniors-activities", "meals-delivered", "home-help"), _OLD),
    **dict.fromkeys(("caregiver-support", "dementia-support", "rides", "tech-help"), _OLD),
    **dict.fromkeys(("long-term-care", "elder-abuse"), _OLD),
    **dict.fromkeys(("shelter", "keep-housing", "find-housing", "outreach", "basics"), _ADULT),
    **dict.fromkeys(("food", "money", "utilities", "legal", "employment"), _ADULT),
    **dict.fromkeys(("substance-use", "newcomer", "family-parenting"), _ADULT),
}
"""How old people are who ask for a need (our choice)."""

ASKED: Mapping[str, float] = {
    **dict.fromkeys(("food", "money", "find-housing", "counselling"), 5.0),
    **dict.fromkeys(("shelter", "keep-housing", "child-youth-mental-health", "utilities"), 4.0),
    **dict.fromkeys(("health-care", "home-help", "company", "crisis-line", "substance-use"), 3.0),
    **dict.fromkeys(("abuse-safety", "caregiver-support", "dementia-support", "rides"), 2.5),
    **dict.fromkeys(("dental", "legal", "taxes-benefits", "meals-delivered", "employment"), 2.0),
    **dict.fromkeys(("navigation", "grief", "newcomer", "family-parenting", "basics"), 2.0),
    **dict.fromkeys(("youth-housing", "sexual-assault", "peer-support", "disability"), 1.5),
    **dict.fromkeys(("leaving-care", "seniors-activities", "long-term-care", "outreach"), 1.5),
    **dict.fromkeys(("education-training", "elder-abuse", "dual-diagnosis", "victim-support"), 1.0),
    **dict.fromkeys(("life-skills", "lgbtq-support", "indigenous-support", "tech-help"), 0.7),
    "identification": 0.7,
}
"""How often a need is asked for (our choice, after what 211 lines report: money, homes, food,
mental health first)."""

SECOND_NEED = 0.35
"""How many people name a second need (our choice)."""


class RandomSource(Protocol):
    """A source of chance, such as `random.Random`."""

    def random(self) -> float:
        """Give a number from 0 up to, not including, 1."""
        ...


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """Somebody made up: what they look for, and the truth about every fact."""

    needs: tuple[str, ...]
    facts: Answers


def value_probabilities(fact: str, needs: Sequence[str], age: Answer | None = None) -> Shares:
    """Give how likely each value of a fact is for the needs and, where it is known, the age."""
    for need in needs:
        by_need = BY_NEED.get(need, {}).get(fact)
        if by_need is not None:
            return by_need
    if isinstance(age, int):
        for low, high, by_age in BY_AGE.get(fact, ()):
            if low <= age <= high:
                return by_age
    return SHARES[fact]


def age_probability(low: float, high: float, needs: Sequence[str]) -> float:
    """Give how likely an age lies from `low` to `high` years, both included, for the first need."""
    bands = AGES.get(needs[0], ANY_AGE) if needs else ANY_AGE
    return sum(
        share * max(0.0, min(high, last) - max(low, first) + 1) / (last - first + 1)
        for first, last, share in bands
    )


def draw_person(dice: RandomSource, strange: float = 0.0) -> SimulatedPerson:
    """Make up a person; `strange` (0 to 1) mixes in that much of a population unlike ours."""
    needs = [_pick(dice, ASKED)]
    if dice.random() < SECOND_NEED:
        needs.append(_pick(dice, ASKED))
    needs = list(dict.fromkeys(needs))
    age = _age(dice, needs[0])
    facts: dict[str, Answer] = {"age": age}
    for fact in SHARES:
        chances = value_probabilities(fact, needs, age)
        if dice.random() < strange:
            chances = dict.fromkeys(chances, 1.0)
        facts[fact] = _pick(dice, chances)
    return SimulatedPerson(tuple(needs), _sensible(dice, facts, age))


def _sensible(dice: RandomSource, facts: dict[str, Answer], age: int) -> Answers:
    # What hangs together in life: children have no household of their own, and so on.
    if age < 16:
        facts |= {"household": "family", "lives_alone": False, "caregiver": False}
        facts |= {"pregnant_or_parenting": False}
    elif facts["household"] != "single":
        facts["lives_alone"] = False
        if facts["household"] == "family" and age < 60:
            facts["pregnant_or_parenting"] = dice.random() < 0.9
    if not facts["low_income"]:
        facts["receives_social_assistance"] = dice.random() < 0.02
    if facts["newcomer"]:
        facts["has_ohip"] = dice.random() < 0.8
    if not facts["has_ohip"]:
        facts["has_family_doctor"] = False
    return facts


def _age(dice: RandomSource, need: str) -> int:
    bands = AGES.get(need, ANY_AGE)
    low, high = _pick(dice, {(low, high): share for low, high, share in bands})
    return low + int(dice.random() * (high - low + 1))


def _pick(dice: RandomSource, chances: Mapping[Value, float]) -> Value:
    mark = dice.random() * sum(chances.values())
    for value, chance in chances.items():
        mark -= chance
        if mark < 0:
            return value
    return next(reversed(list(chances)))
