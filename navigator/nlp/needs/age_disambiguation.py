"""Tell a number that is an age from one that only looks like it: a price, a room, a time."""

from collections.abc import Callable
from dataclasses import dataclass

from navigator.nlp.needs.lexicon import EntryKind
from navigator.nlp.needs.parsed_text import ParsedText

CERTAIN, PLAIN, LIKELY, POSSIBLE, NO_AGE = 4, 3, 2, 1, 0
"""How surely a number is an age: "17 years old", "17 ans", "I am 17", "..., 17, ...", "room 17"."""

LONG_NUMBER = 3
"""Digits of a neighbour that make a number a piece of a longer one: "905 555 01 34"."""

LEFT_REACH = 6  # words: "dropped out of school when I was 16"
PAST_AGE_REACH, SOON_REACH = 4, 3  # words: "when I was just 16"; "will be 18", "vais bientôt avoir"

_PAST_CONJUNCTIONS = frozenset(
    ("when", "quand", "lorsque", "till", "til", "until", "before", "since", "jusqu")
)
_PAST_VERBS = frozenset(("was", "were", "avais", "avait", "etais", "etait"))
_GOING_TO = frozenset(("vais", "va", "vas"))
_FRENCH_YEARS = frozenset(("ans", "an"))
_OLD = frozenset(("old", "yo"))
_BOUNDS_BEFORE_DE = frozenset(("plus", "moins", "partir", "bail"))
"""Before "de": "plus de 65 ans" is a bound, "un bail de 2 ans" a time."""

_COUNT_AFTER = frozenset(("plus", "step", "steps", "stop", "one", "hr", "hrs", "rue", "x"))
"""After a number that opens a text these make it a count: "24 hr line", "12 step group"."""


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a text, from token `start` up to, not including, token `end`."""

    text: ParsedText
    start: int
    end: int

    def before(self, words: int = 1) -> str:
        """Give the word so many places before the number."""
        return self.text.word(self.start - words)

    def after(self, words: int = 1) -> str:
        """Give the word so many places after the number."""
        return self.text.word(self.end - 1 + words)

    def words_before(self, count: int) -> tuple[str, ...]:
        """Give up to so many words before the number."""
        return self.text.tokens.words[max(self.start - count, 0) : self.start]

    def is_joined(self) -> bool:
        """Say whether the clause goes on after the number."""
        return self.end < len(self.text.tokens) and self.text.same_clause(self.end, self.end - 1)

    def begins_clause(self) -> bool:
        """Say whether the clause begins with the number."""
        return not self.start or not self.text.same_clause(self.start - 1, self.start)

    def is_after(self, *names: str) -> bool:
        """Say whether the word before the number stands in a list of function words."""
        return self.text.has_word_of(self.start - 1, *names)

    def is_before(self, *names: str) -> bool:
        """Say whether the word after the number stands in a list of function words."""
        return self.text.has_word_of(self.end, *names)


def age_confidence(number: NumberMention) -> int:
    """Give how surely a number is an age, from CERTAIN down to NO_AGE."""
    return next(confidence for rule in _RULES if (confidence := rule(number)) is not None)


def is_soon(number: NumberMention) -> bool:
    """See "turning 18", "will be 18", "bientôt 18 ans": not yet."""
    before = number.words_before(SOON_REACH)
    going_to = number.before() == "avoir" and not _GOING_TO.isdisjoint(before)
    return (
        number.is_after("age_soon")
        or before[-2:] == ("will", "be")
        or number.before() == "aurai"
        or going_to
    )


def is_past_age(number: NumberMention) -> bool:
    """See an age of long ago: "when I was 16", "quand j'avais 16 ans"."""
    before = number.words_before(PAST_AGE_REACH)
    return not _PAST_CONJUNCTIONS.isdisjoint(before) and not _PAST_VERBS.isdisjoint(before)


def _by_old(number: NumberMention) -> int | None:
    """Judge "17 yo", "17 years old"."""
    if number.after() in _OLD:
        return CERTAIN
    has_unit = number.is_before("age_units")
    return CERTAIN if has_unit and number.text.has_word_of(number.end + 1, "age_old") else None


def _by_english_unit(number: NumberMention) -> int | None:
    """Judge "am 17 years", and "2 years ago", which is no age."""
    if not (number.is_before("age_units") and number.is_joined()):
        return None
    is_age = number.is_after("age_be") and not number.text.has_word_of(number.end + 1, "span_ends")
    return LIKELY if is_age else NO_AGE


def _by_french_unit(number: NumberMention) -> int | None:
    """Judge "17 ans", and "il y a 17 ans", which is no age."""
    if number.after() not in _FRENCH_YEARS:
        return None
    return NO_AGE if _is_time_span(number) else PLAIN


def _by_person_of(number: NumberMention) -> int | None:
    """Judge "mother of 84"."""
    is_of = number.before() == "of" and number.text.has_word_of(number.start - 2, "age_people")
    return LIKELY if is_of else None


def _by_other_use(number: NumberMention) -> int | None:
    """Judge "17 kids", "twenty minutes", "room 17", "905 555 0134": no ages."""
    counts = number.is_joined() and number.is_before("counted")
    in_words = not number.text.word(number.start).isdecimal() and not number.is_after("age_be")
    other_use = counts or in_words or number.is_after("not_ages") or _is_part_of_number(number)
    return NO_AGE if other_use else None


def _by_sex(number: NumberMention) -> int | None:
    """Judge a chart's "45 male"."""
    return PLAIN if number.is_before("age_sex") and number.is_joined() else None


def _by_verb(number: NumberMention) -> int | None:
    """Judge "I am 17", "turning 18"."""
    is_told = number.is_after("age_be") or is_soon(number)
    return LIKELY if is_told and not number.begins_clause() else None


def _by_isolation(number: NumberMention) -> int | None:
    """Judge a number that stands alone between commas, or beside a place."""
    alone = number.begins_clause() and not number.is_joined()
    return POSSIBLE if alone or _is_beside_place(number) else None


def _by_turning_point(number: NumberMention) -> int | None:
    """Judge "at 17" at the end of a clause, and "left home at 16", which is past."""
    if number.is_joined() or number.before() not in {"at", "a"}:
        return None
    return NO_AGE if _has_turning_point(number) else POSSIBLE


def _by_neighbours(number: NumberMention) -> int:
    """Judge "17 homeless", "my son 17 ..."."""
    goes_on = number.begins_clause() and (number.is_before("age_after") or _opens_text(number))
    return POSSIBLE if goes_on or number.is_after("age_people") else NO_AGE


_RULES: tuple[Callable[[NumberMention], int | None], ...] = (
    _by_old,
    _by_english_unit,
    _by_french_unit,
    _by_person_of,
    _by_other_use,
    _by_sex,
    _by_verb,
    _by_isolation,
    _by_turning_point,
    _by_neighbours,
)
"""The first rule that has an answer decides; those for a number with a unit come first."""


def _is_time_span(number: NumberMention) -> bool:
    """Say whether "10 ans" is a time that passed, or a bound, and not an age."""
    if number.words_before(2) == ("y", "a") or number.is_after("spans"):
        return True
    if number.before() == "a" and _has_turning_point(number):
        return True
    if number.before() == "de" and number.before(2) in _BOUNDS_BEFORE_DE:
        return True
    is_end = number.text.has_word_of(number.end + 1, "span_ends_fr")
    pair = f"{number.after(2)} {number.after(3)}".rstrip()
    return is_end or pair in number.text.lexicon.function_words["span_pairs"]


def _is_part_of_number(number: NumberMention) -> bool:
    """See a piece of a longer number: a telephone number, a date, a price."""
    return any(
        word.isdecimal() and len(word) >= LONG_NUMBER for word in (number.before(), number.after())
    )


def _has_turning_point(number: NumberMention) -> bool:
    """See the age at which something ended or will: "left home at 16", "je sors à 18 ans"."""
    turning_points = number.text.lexicon.function_words["age_left_at"]
    return not turning_points.isdisjoint(number.words_before(LEFT_REACH))


def _is_beside_place(number: NumberMention) -> bool:
    """See "77 milton" and "burlington 17", with nothing else on that side of the number."""
    text, start, end = number.text, number.start, number.end
    is_last = end == len(text.tokens)
    return any(
        (place.end == start and (is_last or not text.same_sentence(end, start)))
        or (place.start == end and (not start or place.end == len(text.tokens)))
        for place in text.matches_of(EntryKind.PLACE)
    )


def _opens_text(number: NumberMention) -> bool:
    """See "17 couch surfing" and "19 no job": a text that begins with an age, not with a count."""
    following = number.after()
    if number.start or following.endswith("s") or following in _COUNT_AFTER:
        return False
    streets = number.text.lexicon.function_words["streets"]
    return streets.isdisjoint(number.text.tokens.words[1:3])
