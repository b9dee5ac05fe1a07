"""Tell a number that is an age from one that only looks like it: a price, a room, a time."""

from navigator.nlp.needs.lexicon import EntryKind
from navigator.nlp.needs.negation import ParsedText
from navigator.nlp.needs.tokenizer import TokenizedText

CERTAIN, PLAIN, LIKELY, POSSIBLE, NO_AGE = 4, 3, 2, 1, 0
LONG_NUMBER = 3  # digits of a neighbour that make a number a piece of a longer one
LEFT_REACH = 6

_THEN = frozenset(("when", "quand", "lorsque", "till", "til", "until", "before", "since", "jusqu"))
_NO_AGE_AFTER = frozenset(("plus", "step", "steps", "stop", "one", "hr", "hrs", "rue", "x"))
_WAS = frozenset(("was", "were", "avais", "avait", "etais", "etait"))


def how_plain(scene: ParsedText, start: int, end: int) -> int:
    """Give 4 for "17 years old", 3 for "17 ans", 2 for "I am 17", 1 for "..., 17, ...", or 0."""
    words, small = scene.words, scene.lexicon.small
    before = words.raw[start - 1] if start else ""
    after = words.raw[end : end + 3]
    first = after[0] if after else ""
    joined = end < len(words) and words.soft[end] == words.soft[end - 1]
    unit = first in small["age_units"]
    if first in {"old", "yo"} or (unit and _second(after) in small["age_old"]):
        return CERTAIN
    if unit and joined:
        is_age = before in small["age_be"] and _second(after) not in small["span_ends"]
        return LIKELY if is_age else NO_AGE
    if first in {"ans", "an"}:
        return NO_AGE if _is_span(scene, start, after) else PLAIN
    if before == "of" and start > 1 and words.raw[start - 2] in small["age_people"]:
        return LIKELY
    counted = joined and first in small["counted"]
    in_words = not words.raw[start].isdecimal() and before not in small["age_be"]
    if counted or in_words or before in small["not_ages"] or _is_piece(words, start, end):
        return NO_AGE
    return _bare(scene, start, end)


def is_soon(scene: ParsedText, start: int) -> bool:
    """See "turning 18", "will be 18", "bientôt 18 ans": not yet."""
    before = scene.words.raw[max(start - 3, 0) : start]
    if not before:
        return False
    going_to = before[-1] == "avoir" and bool({"vais", "va", "vas"} & set(before))
    return (
        before[-1] in scene.lexicon.small["age_soon"]
        or before[-2:] == ("will", "be")
        or before[-1] == "aurai"
        or going_to
    )


def was_then(scene: ParsedText, start: int) -> bool:
    """See an age of long ago: "when I was 16", "quand j'avais 16 ans"."""
    before = set(scene.words.raw[max(start - 4, 0) : start])
    return bool(before & _THEN) and bool(before & _WAS)


def _second(after: tuple[str, ...]) -> str:
    return after[1] if len(after) > 1 else ""


def _is_span(scene: ParsedText, start: int, after: tuple[str, ...]) -> bool:
    """Say whether "10 ans" is a time that passed, or a bound, and not an age."""
    words, small = scene.words, scene.lexicon.small
    before = words.raw[max(start - 2, 0) : start]
    last = before[-1] if before else ""
    if before == ("y", "a") or last in small["spans"]:
        return True
    if last == "a" and _left_then(scene, start):
        return True
    if last == "de" and before[0] in {"plus", "moins", "partir", "bail"}:
        return True
    return _second(after) in small["span_ends_fr"] or " ".join(after[1:3]) in small["span_pairs"]


def _is_piece(words: TokenizedText, start: int, end: int) -> bool:
    """See a piece of a longer number: a telephone number, a date, a price."""
    near = (*words.raw[max(start - 1, 0) : start], *words.raw[end : end + 1])
    return any(word.isdecimal() and len(word) >= LONG_NUMBER for word in near)


def _left_then(scene: ParsedText, start: int) -> bool:
    """See the age at which something ended or will: "left home at 16", "je sors à 18 ans"."""
    before = scene.words.raw[max(start - LEFT_REACH, 0) : start]
    return bool(scene.lexicon.small["age_left_at"] & set(before))


def _beside_a_place(scene: ParsedText, start: int, end: int) -> bool:
    """See "77 milton" and "burlington 17", with nothing else on that side of the number."""
    words = scene.words
    last, first = end == len(words), not start
    return any(
        (hit.end == start and (last or words.hard[end] != words.hard[start]))
        or (hit.start == end and (first or hit.end == len(words)))
        for hit in scene.of(EntryKind.PLACE)
    )


def _bare(scene: ParsedText, start: int, end: int) -> int:
    """Judge a number that stands without a unit."""
    words, small = scene.words, scene.lexicon.small
    before = words.raw[start - 1] if start else ""
    after = words.raw[end] if end < len(words) else ""
    begins = not start or words.soft[start - 1] != words.soft[start]
    ends = end == len(words) or words.soft[end] != words.soft[end - 1]
    if after in small["age_sex"] and not ends:
        return PLAIN
    if not begins and (before in small["age_be"] or is_soon(scene, start)):
        return LIKELY
    if (begins and ends) or _beside_a_place(scene, start, end):
        return POSSIBLE
    if ends and before in {"at", "a"}:
        return NO_AGE if _left_then(scene, start) else POSSIBLE
    goes_on = begins and (after in small["age_after"] or _opens(scene, start, after))
    return POSSIBLE if goes_on or before in small["age_people"] else NO_AGE


def _opens(scene: ParsedText, start: int, after: str) -> bool:
    """See "17 couch surfing" and "19 no job": a text that begins with an age, not with a count."""
    counts = after.endswith("s") or after in _NO_AGE_AFTER
    return not (start or counts or scene.lexicon.small["streets"] & {*scene.words.raw[1:3]})
