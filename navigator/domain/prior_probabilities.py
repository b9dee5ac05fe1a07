"""How likely an unknown fact or age is for what a person looks for, in the region's population."""

from collections.abc import Sequence

from directory_data.population import Population, Shares
from navigator.domain.eligibility import Answer


def value_probabilities(
    population: Population, fact: str, needs: Sequence[str], age: Answer | None = None
) -> Shares:
    """Give how likely each value of a fact is for the needs and, where it is known, the age.

    The first need that says something of the fact counts: who asks for food is likely poor.
    """
    for need in needs:
        by_need = population.by_need.get(need, {}).get(fact)
        if by_need is not None:
            return by_need
    if isinstance(age, int):
        for low, high, by_age in population.by_age.get(fact, ()):
            if low <= age <= high:
                return by_age
    return population.shares[fact]


def age_probability(population: Population, low: float, high: float, needs: Sequence[str]) -> float:
    """Give how likely an age lies from `low` to `high` years, both included, for the first need."""
    anybody = population.ages_of_anybody
    bands = population.ages.get(needs[0], anybody) if needs else anybody
    return sum(
        share * max(0.0, min(high, last) - max(low, first) + 1) / (last - first + 1)
        for first, last, share in bands
    )
