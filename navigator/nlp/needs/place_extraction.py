"""Find where the person is now, among the places that a text names."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory_data.vocabulary.loader import ELSEWHERE
from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.parsed_text import ParsedText
from navigator.nlp.needs.subject_detection import Subject, subject_at

SHORT_TEXT = 4
"""Tokens of a text in which a place can only be where the person is: "food bank toronto please"."""

PREPOSITION_REACH = 3
"""Words between a phrase like "live in" and the place: "live in a basement in Acton"."""

LEFT, NAMED, CURRENT = 0, 1, 2
"""The place was left or denied; it is named; the person is said to be there."""

_WRITER_IS, _OTHER_IS = frozenset(("am", "suis")), frozenset(("is", "are", "est", "sont"))


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that a text names, and what it is to the person."""

    municipality: str
    status: int
    at: int
    subject: Subject
    is_residence: bool
    """Plainly said: "I live in"; a place is often only where a thing is."""


def find_municipality(text: ParsedText, *, for_other: bool) -> str | None:
    """Give the municipality the person is in: the present one, the last where several are."""
    places = [
        place
        for place in (*_named_places(text), *_postal_codes(text))
        if place.status != LEFT and (place.municipality != ELSEWHERE or place.is_residence)
    ]
    not_of = Subject.WRITER if for_other else Subject.OTHER
    fitting = [place for place in places if place.subject is not not_of]
    if not fitting and not for_other:
        # Far away is where the other person is: "my kids live in Toronto".
        fitting = [place for place in places if place.municipality != ELSEWHERE]
    best = max(
        fitting, default=None, key=lambda place: (place.status + place.is_residence, place.at)
    )
    return None if best is None else best.municipality


def _named_places(text: ParsedText) -> Iterator[PlaceMention]:
    for place in text.matches_of(EntryKind.PLACE):
        lives_there = any(
            _leads_to(text, cue, place) and _is_said_of_person(text, cue)
            for cue in text.matches_of(EntryKind.HERE)
        )
        yield PlaceMention(
            municipality=str(place.entry.value),
            status=_status(text, place),
            at=place.start,
            subject=subject_at(text, place.start) if lives_there else Subject.NOBODY,
            is_residence=lives_there or len(text.tokens) <= SHORT_TEXT,
        )


def _postal_codes(text: ParsedText) -> Iterator[PlaceMention]:
    for at, word in enumerate(text.tokens.words):
        municipality = text.lexicon.postal_codes.get(word)
        if municipality is not None:
            yield PlaceMention(municipality, NAMED, at, subject_at(text, at), is_residence=False)


def _is_said_of_person(text: ParsedText, cue: LexiconMatch) -> bool:
    """Say whether somebody is there: "I live in", "she is in", but not "the office is in"."""
    if cue.end - cue.start > 1:
        return True
    verb = text.word(cue.start - 1)
    if verb not in _OTHER_IS or cue.start == 1:
        return verb in _WRITER_IS
    subject = cue.start - 2
    return text.has_word_of(subject, "third_person", "plural_writers") or text.is_in_class(
        subject, "kin", "served"
    )


def _status(text: ParsedText, place: LexiconMatch) -> int:
    """Weigh the phrases that lead to a place: the longer one is right ("not live in")."""
    if text.has_word_of(place.end, "streets"):  # Guelph Line is a street in Burlington
        return LEFT
    gone = _longest_cue(text, EntryKind.GONE, place)
    here = _longest_cue(text, EntryKind.HERE, place)
    if gone and gone >= here:
        return LEFT
    return CURRENT if here else NAMED


def _longest_cue(text: ParsedText, kind: EntryKind, place: LexiconMatch) -> int:
    """Give the length of the longest phrase of a kind that leads to a place; 0 for none."""
    cues = (cue for cue in text.matches_of(kind) if _leads_to(text, cue, place))
    return max((cue.end - cue.start for cue in cues), default=0)


def _leads_to(text: ParsedText, cue: LexiconMatch, place: LexiconMatch) -> bool:
    """Say whether a phrase leads to a place, with no other place between them."""
    reach = PREPOSITION_REACH if cue.end - cue.start > 1 else 0
    return (
        cue.end <= place.start <= cue.end + reach
        and text.same_clause(cue.start, place.start)
        and not any(
            cue.end <= other.start < place.start for other in text.matches_of(EntryKind.PLACE)
        )
    )
