"""Find the facts a text states about the person the help is for."""

from collections.abc import Iterator

from navigator.nlp.needs.age_extraction import find_age
from navigator.nlp.needs.beneficiary_detection import is_worker
from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.negation import ParsedText, Subject
from navigator.nlp.needs.place_extraction import find_municipality


def find_facts(scene: ParsedText, *, for_other: bool) -> dict[str, object]:
    """Give the facts by id; a fact that is not plainly stated is not there."""
    facts: dict[str, object] = {}
    age = find_age(scene, for_other=for_other)
    if age is not None:
        facts["age"] = age
    municipality = find_municipality(scene, for_other=for_other)
    if municipality is not None:
        facts["municipality"] = municipality
    for hit in _stated(scene, for_other=for_other):
        facts.setdefault(hit.entry.target, hit.entry.value)
    if for_other and is_worker(scene):
        facts["works_with_professional"] = True
    return facts


def _stated(scene: ParsedText, *, for_other: bool) -> Iterator[LexiconMatch]:
    """Give the statements that count, the most exact (longest) first."""
    hits = scene.of(EntryKind.FACT)
    ordered = sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start))
    for hit in ordered:
        same = (other for other in hits if other.entry.target == hit.entry.target)
        if any(other.covers(hit) for other in same):
            continue
        if _counts(scene, hit, for_other=for_other):
            yield hit


def _counts(scene: ParsedText, hit: LexiconMatch, *, for_other: bool) -> bool:
    entry = hit.entry
    if scene.taken_back(hit) or scene.is_decoy(hit):
        return False
    if entry.target in scene.lexicon.lasting_facts and scene.is_past(hit):
        return False
    if "writer" in entry.flags or "loved" in entry.flags:
        return True
    return _is_said_of_the_person(scene, hit, for_other=for_other)


def _is_said_of_the_person(scene: ParsedText, hit: LexiconMatch, *, for_other: bool) -> bool:
    """Leave out what is said of the writer in a text for somebody else, and the other way."""
    subject = _subject(scene, hit)
    if for_other:
        return subject is not Subject.WRITER
    return subject is not Subject.OTHER or hit.entry.target not in scene.lexicon.personal


def _subject(scene: ParsedText, hit: LexiconMatch) -> Subject:
    small = scene.lexicon.small["writer"]
    inside = scene.words.raw[hit.start : hit.end]
    if any(word in small for word in inside):
        return Subject.WRITER
    named = any(scene.names_somebody(at) for at in range(hit.start, hit.end))
    return Subject.OTHER if named else scene.subject(hit.start)
