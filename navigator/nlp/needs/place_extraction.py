"""Find where the person is now, among the places that a text names."""

from dataclasses import dataclass

from directory_data.vocabulary.loader import ELSEWHERE
from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.negation import ParsedText, Subject

SHORT = 4  # words of a text in which a place can only be where the person is
REACH = 3  # words between "live in" and the place


@dataclass(frozen=True, slots=True)
class _Named:
    municipality: str
    rank: int
    at: int
    subject: Subject
    lived_in: bool  # plainly said: "I live in"; a place is often only where a thing is


def find_municipality(scene: ParsedText, *, for_other: bool) -> str | None:
    """Give the municipality the person is in: the present one, the last where several are."""
    named = [_named(scene, hit) for hit in scene.of(EntryKind.PLACE)]
    named += _by_postal_code(scene)
    named = [place for place in named if place.municipality != ELSEWHERE or place.lived_in]
    not_of = Subject.WRITER if for_other else Subject.OTHER
    fitting = [place for place in named if place.rank > 0 and place.subject is not not_of]
    if not fitting and not for_other:
        # Far away is where the other person is: "my kids live in Toronto".
        fitting = [place for place in named if place.rank > 0 and place.municipality != ELSEWHERE]
    best = max(fitting, default=None, key=lambda place: (place.rank + place.lived_in, place.at))
    return None if best is None else best.municipality


def _named(scene: ParsedText, hit: LexiconMatch) -> _Named:
    lived_in = any(
        _leads_to(scene, cue, hit) and _is_said(scene, cue) for cue in scene.of(EntryKind.HERE)
    )
    subject = scene.subject(hit.start) if lived_in else Subject.NOBODY
    lived_in = lived_in or len(scene.words) <= SHORT
    return _Named(str(hit.entry.value), _rank(scene, hit), hit.start, subject, lived_in)


def _is_said(scene: ParsedText, cue: LexiconMatch) -> bool:
    """Say whether somebody is there: "I live in", "she is in", but not "the office is in"."""
    if cue.end - cue.start > 1:
        return True
    words, small, classes = scene.words, scene.lexicon.small, scene.lexicon.classes
    before = words.raw[cue.start - 1] if cue.start else ""
    if before not in {"is", "are", "est", "sont"} or cue.start == 1:
        return before in {"am", "suis"}
    who = cue.start - 2
    persons = small["third"] | small["plural_writers"]
    return words.raw[who] in persons or words.stems[who] in classes["kin"] | classes["served"]


def _rank(scene: ParsedText, hit: LexiconMatch) -> int:
    """Give 0 for a place that was left or denied, 2 where the person is said to be, else 1."""
    words = scene.words
    if hit.end < len(words) and words.raw[hit.end] in scene.lexicon.small["streets"]:
        return 0
    gone = [cue for cue in scene.of(EntryKind.GONE) if _leads_to(scene, cue, hit)]
    here = [cue for cue in scene.of(EntryKind.HERE) if _leads_to(scene, cue, hit)]
    longest_gone = max((cue.end - cue.start for cue in gone), default=0)
    longest_here = max((cue.end - cue.start for cue in here), default=0)
    if longest_gone and longest_gone >= longest_here:
        return 0
    return 2 if longest_here else 1


def _leads_to(scene: ParsedText, cue: LexiconMatch, hit: LexiconMatch) -> bool:
    return (
        cue.end <= hit.start <= cue.end + (REACH if cue.end - cue.start > 1 else 0)
        and scene.words.soft[cue.start] == scene.words.soft[hit.start]
        and not any(
            cue.end <= other.start < hit.start
            for other in scene.of(EntryKind.PLACE)
            if other is not hit
        )
    )


def _by_postal_code(scene: ParsedText) -> list[_Named]:
    words = scene.words
    return [
        _Named(scene.lexicon.postal[word], 1, at, scene.subject(at), lived_in=False)
        for at, word in enumerate(words.raw)
        if word in scene.lexicon.postal
    ]
