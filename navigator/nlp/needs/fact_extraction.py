"""Find the facts a text states about the person the help is for."""

from collections.abc import Iterator

from navigator.nlp.needs.age_extraction import find_age
from navigator.nlp.needs.beneficiary_detection import is_worker
from navigator.nlp.needs.context_rules import has_other_meaning, is_past
from navigator.nlp.needs.lexicon import EntryFlag, EntryKind, LexiconMatch
from navigator.nlp.needs.negation import is_negated
from navigator.nlp.needs.parsed_text import ParsedText
from navigator.nlp.needs.place_extraction import find_municipality
from navigator.nlp.needs.subject_detection import Subject, names_other_person, subject_at

_OF_ANYBODY = frozenset((EntryFlag.OF_WRITER, EntryFlag.OF_LOVED_ONE))


def find_facts(text: ParsedText, *, for_other: bool) -> dict[str, object]:
    """Give the facts by id; a fact that is not plainly stated is not there."""
    facts: dict[str, object] = {}
    age = find_age(text, for_other=for_other)
    if age is not None:
        facts["age"] = age
    municipality = find_municipality(text, for_other=for_other)
    if municipality is not None:
        facts["municipality"] = municipality
    for match in _stated_facts(text, for_other=for_other):
        facts.setdefault(match.entry.target, match.entry.value)
    if for_other and is_worker(text):
        facts["works_with_professional"] = True
    return facts


def _stated_facts(text: ParsedText, *, for_other: bool) -> Iterator[LexiconMatch]:
    """Give the statements that count, the most exact (longest) first."""
    matches = text.matches_of(EntryKind.FACT)
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        is_covered = any(
            other.covers(match) for other in matches if other.entry.target == match.entry.target
        )
        if not is_covered and _is_stated(text, match, for_other=for_other):
            yield match


def _is_stated(text: ParsedText, match: LexiconMatch, *, for_other: bool) -> bool:
    entry = match.entry
    if is_negated(text, match) or has_other_meaning(text, match):
        return False
    if entry.target in text.lexicon.present_only_facts and is_past(text, match):
        return False
    return not entry.flags.isdisjoint(_OF_ANYBODY) or _is_of_person(
        text, match, for_other=for_other
    )


def _is_of_person(text: ParsedText, match: LexiconMatch, *, for_other: bool) -> bool:
    """Leave out what is said of the writer in a text for somebody else, and the other way."""
    subject = _subject(text, match)
    if for_other:
        return subject is not Subject.WRITER
    return subject is not Subject.OTHER or match.entry.target not in text.lexicon.personal_facts


def _subject(text: ParsedText, match: LexiconMatch) -> Subject:
    writer = text.lexicon.function_words["writer"]
    if not writer.isdisjoint(text.tokens.words[match.start : match.end]):
        return Subject.WRITER
    is_other = any(names_other_person(text, at) for at in range(match.start, match.end))
    return Subject.OTHER if is_other else subject_at(text, match.start)
