"""Make up people who might ask for help in a region, with the truth about every fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from directory_data.population import Population
from navigator.domain.eligibility import Answer, Answers
from navigator.domain.prior_probabilities import value_probabilities

Value = TypeVar("Value")

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


def draw_person(
    dice: RandomSource, population: Population, strange: float = 0.0
) -> SimulatedPerson:
    """Make up a person; `strange` (0 to 1) mixes in that much of a population unlike ours."""
    needs = [_pick(dice, population.asked)]
    if dice.random() < SECOND_NEED:
        needs.append(_pick(dice, population.asked))
    needs = list(dict.fromkeys(needs))
    age = _age(dice, population, needs[0])
    facts: dict[str, Answer] = {"age": age}
    for fact in population.shares:
        chances = value_probabilities(population, fact, needs, age)
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


def _age(dice: RandomSource, population: Population, need: str) -> int:
    bands = population.ages.get(need, population.ages_of_anybody)
    low, high = _pick(dice, {(low, high): share for low, high, share in bands})
    return low + int(dice.random() * (high - low + 1))


def _pick(dice: RandomSource, chances: Mapping[Value, float]) -> Value:
    mark = dice.random() * sum(chances.values())
    for value, chance in chances.items():
        mark -= chance
        if mark < 0:
            return value
    return next(reversed(list(chances)))
