"""Whom the words of a search speak of: a man or a woman, a teen, an older person."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory_data.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class AudienceTerm:
    """People of about one age; `ages` stand for them, and one of them is enough to be let in."""

    label: Bilingual
    words: frozenset[str]
    ages: tuple[int, ...]


TEEN = AudienceTerm(
    Bilingual(en="a teen", fr="un ado"),
    frozenset("teen teens teenage teenager teenagers adolescent adolescents youth youths "
              "ado ados adolescente adolescentes jeune jeunes".split()),
    (14, 16, 18, 20),
)  # fmt: skip
OLDER = AudienceTerm(
    Bilingual(en="an older person", fr="une personne âgée"),
    frozenset("senior seniors elderly aine aines ainee ainees agee agees".split()),
    (66, 75, 85),
)
GROUPS = (TEEN, OLDER)

_MAN = frozenset("man men mens male males guy guys gentleman homme hommes monsieur".split())
_WOMAN = frozenset("woman women womens female females lady ladies femme femmes dame dames".split())
_WRITER = frozenset("i im me my mine myself we our je j moi mon ma mes nous notre".split())
_BY = frozenset("by from of par contre his her ta sa".split())
_LOOK_BACK = 2


def age_group_in(said: Sequence[str]) -> AudienceTerm | None:
    """Find the one group that folded words name; None where they name none, or two."""
    found = [group for group in GROUPS if group.words.intersection(said)]
    return found[0] if len(found) == 1 else None


def gender_in(said: Sequence[str]) -> str | None:
    """Find the gender that folded words say of the person, as a worker notes it: "homeless man".

    Who writes in the first person speaks of somebody else by it ("a man follows me"), and who is
    named after "by" is not the one to be helped.
    """
    if _WRITER.intersection(said):
        return None
    named = {
        gender
        for gender, words in (("man", _MAN), ("woman", _WOMAN))
        for place, word in enumerate(said)
        if word in words and not _BY.intersection(said[max(0, place - _LOOK_BACK) : place])
    }
    return named.pop() if len(named) == 1 else None
