"""Whom the words of a query speak of: a man or a woman, a teen, an older person."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudienceTerm:
    """People of about one age; `ages` stand for them, and one of them is enough to be let in.

    `id` is the end of the key of its label in wording/search.yaml.
    """

    id: str
    words: frozenset[str]
    ages: tuple[int, ...]


TEEN = AudienceTerm(
    "teen",
    frozenset(
        "teen teens teenage teenager teenagers adolescent adolescents youth youths "
        "ado ados adolescente adolescentes jeune jeunes".split()
    ),
    (14, 16, 18, 20),
)
OLDER = AudienceTerm(
    "older",
    frozenset("senior seniors elderly aine aines ainee ainees agee agees".split()),
    (66, 75, 85),
)
AGE_GROUPS = (TEEN, OLDER)

_GENDER_WORDS = {
    "man": frozenset("man men mens male males guy guys gentleman homme hommes monsieur".split()),
    "woman": frozenset(
        "woman women womens female females lady ladies femme femmes dame dames".split()
    ),
}
_FIRST_PERSON = frozenset("i im me my mine myself we our je j moi mon ma mes nous notre".split())
_PREPOSITIONS = frozenset("by from of par contre his her ta sa".split())
_LOOK_BACK = 2
"""Words before a gender in which a preposition makes it another person's: "abused by her man"."""


def age_group_in(tokens: Sequence[str]) -> AudienceTerm | None:
    """Find the age group that folded words name; None where they name none, or two."""
    found = [group for group in AGE_GROUPS if group.words.intersection(tokens)]
    return found[0] if len(found) == 1 else None


def gender_in(tokens: Sequence[str]) -> str | None:
    """Find the gender that folded words name of the person, as a worker notes it: "homeless man".

    Who writes in the first person speaks of somebody else by it ("a man follows me"), and who is
    named after "by" is not the one to be helped.
    """
    if _FIRST_PERSON.intersection(tokens):
        return None
    named = {
        gender
        for gender, words in _GENDER_WORDS.items()
        for place, word in enumerate(tokens)
        if word in words
        and not _PREPOSITIONS.intersection(tokens[max(0, place - _LOOK_BACK) : place])
    }
    return named.pop() if len(named) == 1 else None
