"""Find how old the person is, and nothing that only looks like an age."""

from dataclasses import dataclass

from navigator.domain.understanding.grammar import Scene, Subject
from navigator.domain.understanding.numerals import numeral_at
from navigator.domain.understanding.words import Words

YOUNGEST, OLDEST = 1, 110
GROWN = 13  # younger ages count only with "years old" or "ans" after them

_UNITS = frozenset(("year", "years", "yo", "yr", "yrs", "y"))
_OLD = frozenset(("old", "o"))
_SPANS = frozenset(
    [
        "for",
        "since",
        "last",
        "past",
        "after",
        "in",
        "within",
        "over",
        "under",
        "about",
        "every",
        "another",
        "depuis",
        "pendant",
        "dans",
        "durant",
        "apres",
        "il",
        "avant",
        "encore",
        "plus",
        "moins",
        "pour",
        "behind",
        "sober",
        "clean",
        "than",
    ]
)
_SPAN_ENDS = frozenset(
    [
        "ago",
        "sober",
        "clean",
        "later",
        "wait",
        "of",
        "since",
        "married",
        "together",
        "now",
        "experience",
        "et",
        "and",
        "or",
        "ou",
        "plus",
        "older",
        "passes",
        "ensemble",
        "sobre",
        "mariage",
    ]
)
_COUNTED = frozenset(
    [
        "week",
        "weeks",
        "month",
        "months",
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
        "min",
        "km",
        "dollars",
        "dollar",
        "bucks",
        "percent",
        "pm",
        "am",
        "kids",
        "children",
        "people",
        "times",
        "th",
        "nd",
        "rd",
        "st",
        "semaines",
        "semaine",
        "mois",
        "jours",
        "jour",
        "heures",
        "heure",
        "h",
        "minutes",
        "enfants",
        "personnes",
        "fois",
        "e",
        "ieme",
        "piasses",
        "euros",
        "of",
        "cats",
        "dogs",
        "weeks",
        "nights",
        "nuits",
        "more",
        "blocks",
        "bedroom",
        "bedrooms",
        "grade",
        "credits",
        "friends",
        "months",
    ]
)
_NOT_AGES = frozenset(
    [
        "room",
        "unit",
        "apt",
        "apartment",
        "appart",
        "suite",
        "chambre",
        "route",
        "bus",
        "ext",
        "grade",
        "highway",
        "number",
        "no",
        "numero",
        "dollars",
        "line",
        "page",
        "than",
        "n4",
        "of",
        "at",
        "until",
        "gate",
        "rue",
        "call",
        "dial",
        "est",
        "fois",
    ]
)
_BE = frozenset(
    [
        "am",
        "is",
        "im",
        "was",
        "are",
        "age",
        "aged",
        "agee",
        "age's",
        "turned",
        "ages",
        "turn",
        "hes",
        "shes",
    ]
)
_SEX = frozenset(["m", "f", "male", "female", "man", "woman", "homme", "femme", "h"])
_SOON = frozenset(["turning", "turn", "bientot", "presque", "almost", "nearly"])
_LEFT_AT = frozenset(
    [
        "left",
        "moved",
        "dropped",
        "started",
        "began",
        "married",
        "kicked",
        "quit",
        "since",
        "arrived",
    ]
)


@dataclass(frozen=True, slots=True)
class Age:
    """A number that is an age, how plainly it is one, and of whom."""

    years: int
    plain: int
    subject: Subject


def find_age(scene: Scene, *, for_other: bool) -> int | None:
    """Give the age of the person the help is for; never the writer's for somebody else."""
    found = _ages(scene)
    not_of = Subject.WRITER if for_other else Subject.OTHER
    best = max((age for age in found if age.subject is not not_of), default=None, key=_plainness)
    return None if best is None else best.years


def _plainness(age: Age) -> int:
    return age.plain


def _ages(scene: Scene) -> list[Age]:
    words = scene.words
    found: list[Age] = []
    at = 0
    while at < len(words):
        number = numeral_at(words.raw, at)
        if number is None:
            at += 1
            continue
        value, end = number
        plain = _how_plain(words, at, end) if YOUNGEST <= value <= OLDEST else 0
        subject = _subject(scene, at, end)
        if plain and (plain >= 3 or value >= GROWN or subject is Subject.OTHER):
            years = value - 1 if _is_soon(words, at) else value
            found.append(Age(years, plain, subject))
        at = end
    return found


def _how_plain(words: Words, start: int, end: int) -> int:
    """Give 4 for "17 years old", 3 for "17 ans", 2 for "I am 17", 1 for "..., 17, ..."."""
    before = words.raw[start - 1] if start else ""
    after = words.raw[end : end + 3]
    same = end < len(words) and words.soft[end] == words.soft[end - 1]
    first = after[0] if after else ""
    if first in _UNITS and (len(after) > 1 and after[1] in _OLD):
        return 4
    if first in {"yo", "yr"} and before not in _SPANS:
        return 4 if first == "yo" else 2
    if first in {"year", "years"} and same:
        return _years_plain(before, after)
    if first in {"ans", "an"}:
        return 0 if _is_span(words, start, after) else 3
    if first in _OLD and first == "old":
        return 4
    if (same and first in _COUNTED) or before in _NOT_AGES or _joined(words, start, end):
        return 0
    if words.raw[start:end] and not words.raw[start].isdigit() and before not in _BE:
        return 0
    return _bare(words, start, end)


def _years_plain(before: str, after: tuple[str, ...]) -> int:
    following = after[1] if len(after) > 1 else ""
    if following in {"old", "o"}:
        return 4
    return 2 if before in _BE and following not in _SPAN_ENDS else 0


def _is_span(words: Words, start: int, after: tuple[str, ...]) -> bool:
    """Say whether "10 ans" is a time that passed, and not an age."""
    before = words.raw[max(start - 3, 0) : start]
    last = before[-1] if before else ""
    ending = after[1] if len(after) > 1 else ""
    if last == "a" and len(before) > 1 and before[-2] == "y":
        return True
    if (
        last == "de"
        and words.raw[start - 2 : start - 1]
        and words.raw[start - 2]
        in {
            "plus",
            "moins",
            "partir",
            "bail",
        }
    ):
        return True
    return last in _SPANS or (
        ending in {"et", "de", "sobre", "sans"}
        and after[1:3] != ("de", "la")
        and (ending == "sobre" or after[1:3] in {("et", "plus"), ("de", "mariage"), ("de", "vie")})
    )


def _joined(words: Words, start: int, end: int) -> bool:
    """See a piece of a longer number: a telephone number, a date, a price."""
    near = (*words.raw[max(start - 1, 0) : start], *words.raw[end : end + 1])
    return any(word.isdigit() and len(word) >= 3 for word in near)


def _bare(words: Words, start: int, end: int) -> int:
    before = words.raw[start - 1] if start else ""
    after = words.raw[end] if end < len(words) else ""
    begins = not start or words.soft[start - 1] != words.soft[start]
    ends = end == len(words) or words.soft[end] != words.soft[end - 1]
    if after in _SEX and not ends:
        return 3
    if not begins and (before in _BE or before in _SOON or _will_be(words, start)):
        return 2
    if begins and ends:
        return 1
    if ends and before == "at":
        return 0 if _LEFT_AT & set(words.raw[max(start - 6, 0) : start]) else 1
    kin_before = before in {"mom", "mother", "dad", "father", "son", "daughter", "client"}
    return int((begins and after in {"in", "from", "and", "living", "homeless", "a"}) or kin_before)


def _will_be(words: Words, start: int) -> bool:
    return start >= 2 and words.raw[start - 2 : start] == ("will", "be")


def _is_soon(words: Words, start: int) -> bool:
    """See "turning 18", "will be 18", "bientôt 18 ans": not yet."""
    before = words.raw[max(start - 3, 0) : start]
    if not before:
        return False
    return (
        before[-1] in _SOON
        or _will_be(words, start)
        or (before[-1] == "avoir" and bool({"vais", "va", "vas"} & set(before)))
    )


def _belongs_to_kin(scene: Scene, start: int) -> bool:
    """See "fils de 4 ans", "son is 8", "daughter 24": the number belongs to the word before it."""
    between = {"de", "d", "age", "agee", "is", "s", "who", "a", "has", "aged", "just", "turned"}
    for at in range(start - 1, max(start - 4, -1), -1):
        if scene.words.raw[at] not in between:
            if scene.words.soft[at] != scene.words.soft[start] and not scene.names_somebody(at):
                return False
            return scene.words.stems[at] in scene.lexicon.classes["kin"]
    return False


def _subject(scene: Scene, start: int, end: int) -> Subject:
    """Say whose age it is: "84 year old mother" names the person after the number."""
    words = scene.words
    classes = scene.lexicon.classes
    if _belongs_to_kin(scene, start):
        return Subject.OTHER
    for at in range(end, min(end + 4, len(words))):
        if words.soft[at] != words.soft[end - 1]:
            break
        if words.raw[at] in scene.lexicon.small["writer"]:
            break
        if words.stems[at] in classes["kin"] | classes["served"]:
            return Subject.OTHER
    return scene.subject(start)
