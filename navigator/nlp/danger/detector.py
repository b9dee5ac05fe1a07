"""Recognise danger in what somebody wrote: is it an emergency, a crisis, or neither?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from navigator.nlp.danger import normalizer, phrase_matcher
from navigator.nlp.danger.classifier import DangerScores
from navigator.nlp.danger.lexicon import DangerLexicon
from navigator.nlp.danger.phrase_matcher import PhraseMatch

BRIDGES_BACK = 5  # "not | going to | think about | killing": words a denial may reach across
PERSON_BACK = 8  # how far back the person a danger is about may be named
CALMED_SHARE = 3  # one word in three
# Log-odds of the second reader, chosen by cross-validation (docs/safety.md): from here on it hears
# danger where the phrases found none, or found some and took it back; and an emergency
SURE, SURE_WHERE_TAKEN_BACK, SURE_OF_URGENCY = 0.0, 1.7, -0.4
SHORT, DOUBT_A_WORD = 8, 0.4  # each word less than eight must sound so much surer
# ... below which it is believed against a weak phrase of one, two or three words
SURE_OF_CALM = {1: -0.7, 2: -0.7, 3: -1.5}
NEVER = -99.0
# ... and where it lowers the level that a phrase says, or raises it
NOT_URGENT, MORE_URGENT = -1.5, 0.5
SAID_SO = 1.5  # what it counts for a kind that a phrase names it
WORRIES_FOR_CRISIS = 2  # one worrying remark is life; two of different kinds are a sign


class DangerLevel(StrEnum):
    """Say how soon help is needed."""

    NONE = "none"
    CRISIS = "crisis"
    EMERGENCY = "emergency"


class DangerKind(StrEnum):
    """Say what the danger is; where several are met at one level, the first here is named."""

    OVERDOSE = "overdose"
    CHILD = "child"
    SEXUAL_ASSAULT = "sexual_assault"
    TRAFFICKING = "trafficking"
    ELDER_ABUSE = "elder_abuse"
    SUICIDE = "suicide"
    ABUSE = "abuse"
    HARM_OTHERS = "harm_others"
    SELF_HARM = "self_harm"
    MEDICAL = "medical"
    UNSAFE = "unsafe"


PARTNERS = frozenset(
    "husband hubby wife boyfriend bf girlfriend gf partner fiance fiancee ex"
    " mari chum conjoint conjointe copain copine epoux epouse".split()
)
"""Who hits them is named so: the women's lines come first, not child protection."""

DangerSubject = Literal["self", "other"]
_OVER_WHEN_OVER = {DangerKind.MEDICAL, DangerKind.UNSAFE}  # a stroke last month is a need for care
_ORDER = {kind: place for place, kind in enumerate(DangerKind)}


@dataclass(frozen=True, slots=True)
class Danger:
    """Say what was recognised. `worker`: a professional writes about a client; don't stop them."""

    level: DangerLevel
    kind: DangerKind | None
    about: DangerSubject
    worker: bool


@dataclass(frozen=True, slots=True)
class _Marks:
    """Know where the words stand that change what a phrase means."""

    places: dict[str, frozenset[int]]

    def at(self, mark: str) -> frozenset[int]:
        return self.places.get(mark, frozenset())

    def has(self, mark: str) -> bool:
        return mark in self.places


def detect_danger(text: str, lexicon: DangerLexicon) -> Danger:
    """Return the danger in a text of any length; the first 4,000 characters are looked at."""
    written = normalizer.normalize(text, lexicon.reading)
    said = normalizer.remove_stop_words(written, lexicon.reading)
    found = phrase_matcher.find_phrases(said, lexicon)
    marks = _marks(found)
    calmed = {
        place
        for hit in found
        if hit.group.calm and not _jumped(hit) & marks.at("me")
        for place in hit.places
    }
    dangers = [hit for hit in found if hit.group.kind and not _calmed(hit, calmed)]
    gone = [set(hit.places) for hit in dangers if _past_or_topic(hit, marks)]
    # a phrase inside one that lies in the past goes with it: "used to (want to die)"
    standing = [
        hit
        for hit in dangers
        if not _denied(hit, marks) and not any(at.issuperset(hit.places) for at in gone)
    ]
    heard = lexicon.learned.hear(written, lexicon.reading) if lexicon.learned and written else None
    standing = [hit for hit in standing if not _outweighed(hit, heard)]
    signs = [(_level(hit, marks), hit) for hit in standing if hit.group.strength != "worry"]
    if not signs and _worrying(dangers, standing):
        signs = [(DangerLevel.CRISIS, hit) for hit in standing if hit.group.strength == "worry"]
    if not signs:
        taken_back = bool(dangers or calmed)
        return _second(heard, written, said, lexicon, taken_back=taken_back) or _none(marks)
    urgent = [hit for level, hit in signs if level is DangerLevel.EMERGENCY]
    named = min(urgent or [hit for _, hit in signs], key=lambda hit: _ORDER[_kind(hit)])
    told = _heard_kind(signs, heard) or _kind(named)
    kind = _by_partner(told, written, marks)
    about = _about(named, marks, said) if kind is told else "self"
    worker = marks.has("worker") and about != "self"
    return Danger(
        _heard_level(bool(urgent), heard),
        kind,
        about or ("other" if worker else "self"),
        worker,
    )


def _kind(hit: PhraseMatch) -> DangerKind:
    return DangerKind(hit.group.kind or "")


def _heard_level(urgent: bool, heard: DangerScores | None) -> DangerLevel:  # noqa: FBT001
    """Return the level that the phrases say, where the whole text does not sound otherwise."""
    if heard is not None:
        urgent = heard.urgent >= (NOT_URGENT if urgent else MORE_URGENT)
    return DangerLevel.EMERGENCY if urgent else DangerLevel.CRISIS


def _heard_kind(
    signs: Iterable[tuple[DangerLevel, PhraseMatch]], heard: DangerScores | None
) -> DangerKind | None:
    """Return the kind that fits the whole text best; one that a phrase names counts for more."""
    if heard is None:
        return None
    said = {_kind(hit) for _, hit in signs}
    return DangerKind(
        max(heard.kinds, key=lambda kind: heard.kinds[kind] + SAID_SO * (kind in said))
    )


def _by_partner(kind: DangerKind, written: list[str], marks: _Marks) -> DangerKind:
    """Name a partner's violence as such, also where children or age are spoken of beside it."""
    told = marks.has("me") and not PARTNERS.isdisjoint(written)
    return DangerKind.ABUSE if told and kind in {DangerKind.CHILD, DangerKind.ELDER_ABUSE} else kind


def _none(marks: _Marks) -> Danger:
    worker = marks.has("worker")
    return Danger(DangerLevel.NONE, None, "other" if worker else "self", worker)


def _second(
    heard: DangerScores | None,
    written: list[str],
    said: list[str],
    lexicon: DangerLexicon,
    *,
    taken_back: bool,
) -> Danger | None:
    """Return the danger the second reader hears where the phrases say none."""
    sure = SURE_WHERE_TAKEN_BACK if taken_back else SURE
    if heard is None or heard.danger < max(sure, DOUBT_A_WORD * (SHORT - len(written))):
        return None
    marks = _marks(phrase_matcher.find_phrases(said, lexicon, calm_too=True))
    worker = marks.has("worker")
    other = worker or (marks.has("they") and not marks.has("me"))
    return Danger(
        DangerLevel.EMERGENCY if heard.urgent >= SURE_OF_URGENCY else DangerLevel.CRISIS,
        _by_partner(DangerKind(heard.kind), written, marks),
        "other" if other else "self",
        worker,
    )


def _marks(found: Iterable[PhraseMatch]) -> _Marks:
    places: dict[str, set[int]] = {}
    for hit in found:
        if hit.group.mark:
            places.setdefault(hit.group.mark, set()).update(hit.places)
    return _Marks({mark: frozenset(at) for mark, at in places.items()})


def _jumped(hit: PhraseMatch) -> set[int]:
    """Return the places a phrase jumped over; "my phone (I want to) die" calms nothing."""
    return set(range(hit.places[0], hit.places[-1])).difference(hit.places)


def _calmed(hit: PhraseMatch, calmed: set[int]) -> bool:
    """Tell whether a calming phrase claims a good part of this hit, not just a word at its rim."""
    return CALMED_SHARE * len(calmed.intersection(hit.places)) >= len(set(hit.places))


def _denied(hit: PhraseMatch, marks: _Marks) -> bool:
    """Tell whether "not", "never", "no" takes this hit back: "I am not going to kill myself"."""
    if not hit.group.denial:
        return False
    nots = {at for at in marks.at("not") if at + 1 not in marks.at("keeps_on")}
    if _jumped(hit) & nots:
        return True
    at = hit.start - 1
    while at in marks.at("bridge") and at >= hit.start - BRIDGES_BACK:
        at -= 1
    # "can not kill myself because of my kids", "why not die", "if I don't": no denial at all
    return at in nots and not {at - 1, at - 2} & marks.at("no_denial")


def _outweighed(hit: PhraseMatch, heard: DangerScores | None) -> bool:
    """Tell whether the whole text sounds so calm that a short weak phrase in it is not believed."""
    if heard is None or hit.group.strength not in {"weak", "worry"}:
        return False
    return heard.danger < SURE_OF_CALM.get(len(set(hit.places)), NEVER)


def _past_or_topic(hit: PhraseMatch, marks: _Marks) -> bool:
    if hit.group.strength == "topic" and (marks.has("learning") or marks.has("loss")):
        return True
    if not hit.group.past or marks.has("again") or marks.at("present").intersection(hit.places):
        return False
    over = marks.has("while_ago") or marks.has("loss")
    if hit.group.kind in _OVER_WHEN_OVER and over and not marks.has("now"):
        return True
    # "abused as a child and now I cut myself": long ago doesn't reach across the "now"
    turns = marks.at("turn")
    return any(
        not turns.intersection(range(min(at, hit.start), max(at, hit.start)))
        for at in marks.at("long_ago")
    )


def _level(hit: PhraseMatch, marks: _Marks) -> DangerLevel:
    if hit.group.past and marks.has("while_ago") and not marks.has("now"):
        return DangerLevel.CRISIS
    if hit.group.rises and marks.has("now"):
        return DangerLevel.EMERGENCY
    if hit.group.falls and marks.has("habit"):
        return DangerLevel.CRISIS
    return DangerLevel(hit.group.level or DangerLevel.CRISIS)


def _worrying(dangers: list[PhraseMatch], standing: list[PhraseMatch]) -> bool:
    """Tell whether worries add up: two kinds, or one beside a danger that was denied."""
    worries = {hit.group.name for hit in standing if hit.group.strength == "worry"}
    denied = any(h.group.strength != "worry" and h not in standing for h in dangers)
    return len(worries) >= WORRIES_FOR_CRISIS or (denied and bool(worries))


def _about(hit: PhraseMatch, marks: _Marks, said: list[str]) -> DangerSubject | None:
    """Return whom the danger is about, or None when nobody is named near it."""
    if hit.group.about in {"self", "other"}:
        return "self" if hit.group.about == "self" else "other"
    here = set(hit.places)
    if here & marks.at("me"):
        return "self"
    if here & marks.at("they"):
        return "other"
    for at in range(hit.start - 1, max(hit.start - 1 - PERSON_BACK, -1), -1):
        if said[at] == normalizer.STOP:
            break
        if at in marks.at("me"):
            return "self"
        if at in marks.at("they"):
            return "other"
    return "other" if marks.has("they") and not marks.has("me") else None
