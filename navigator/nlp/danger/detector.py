"""Recognise danger in what somebody wrote: is it an emergency, a crisis, or neither?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from navigator.nlp.danger.classifier import DangerScores
from navigator.nlp.danger.context_rules import (
    ContextMarks,
    DangerPhrases,
    find_marks,
    sort_out,
)
from navigator.nlp.danger.lexicon import DangerLexicon
from navigator.nlp.danger.normalizer import SENTENCE_END
from navigator.nlp.danger.phrase_matcher import PhraseMatch, find_phrases

# The limits of the classifier are log-odds, chosen by cross-validation and on texts by other
# writers (docs/safety.md, "What was measured").

CLASSIFIER_LIMIT, LIMIT_AFTER_PHRASES = 0.0, 1.7
"""From here on it says danger where no phrase was found, and where phrases were found and taken
back: after "not suicidal" it must be five to one."""

SHORT_TEXT, DOUBT_A_WORD = 8, 0.4
"""Each word less than eight must sound so much surer: "he is my brother" (four words, 1.6) sounds
like a story of violence that goes on."""

EMERGENCY_LIMIT = -0.4
"""From here on a danger that only the classifier sees is an emergency: silence costs more."""

LOWER_LIMIT, RAISE_LIMIT = -1.5, 0.5
"""Where it lowers an emergency that a phrase says, and raises a crisis: only when it is sure."""

WEAK_PHRASE_LIMITS = {1: -0.7, 2: -0.7, 3: -1.5}
"""By the words of a weak phrase: below, the whole text sounds so calm that the phrase is not
believed ("my son has autism and hes punching walls"). Longer phrases always stand."""

NAMED_KIND_BONUS = 1.5
"""Log-odds for a kind that a phrase names: "mon mari est violent" is abuse, however it sounds."""

MIN_WORRIES = 2
"""One worrying remark is life ("no point anymore"); two of different kinds are a sign."""

PERSON_REACH = 8
"""Words back to the person a danger is about: "my friend said last night she will end it"."""


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

_PRIORITY = {kind: place for place, kind in enumerate(DangerKind)}

DangerSubject = Literal["self", "other"]


@dataclass(frozen=True, slots=True)
class Danger:
    """Say what was recognised. `worker`: a professional writes about a client; don't stop them."""

    level: DangerLevel
    kind: DangerKind | None
    about: DangerSubject
    worker: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """Hold a phrase that stands, and the level it says."""

    level: DangerLevel
    match: PhraseMatch

    @property
    def kind(self) -> DangerKind:
        return DangerKind(self.match.group.kind or "")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Hold what is known of a text: its tokens, with and without stop words, and what was found."""

    all_tokens: list[str]
    tokens: list[str]
    marks: ContextMarks
    scores: DangerScores | None


def detect_danger(text: str, lexicon: DangerLexicon) -> Danger:
    """Return the danger in a text of any length; the first 4,000 characters are looked at."""
    all_tokens = lexicon.normalizer.tokenize(text)
    tokens = lexicon.normalizer.remove_stop_words(all_tokens)
    matches = find_phrases(tokens, lexicon)
    marks = find_marks(matches)
    scores = lexicon.classifier.score(all_tokens) if lexicon.classifier and all_tokens else None
    evidence = _Evidence(all_tokens, tokens, marks, scores)
    phrases = sort_out(matches, marks)
    signs = _find_signs(phrases, evidence)
    if signs:
        return _judge_by_phrases(signs, evidence)
    if _sounds_dangerous(evidence, phrases):
        return _judge_by_classifier(evidence, lexicon)
    worker = marks.has("worker")
    return Danger(DangerLevel.NONE, None, "other" if worker else "self", worker)


def _find_signs(phrases: DangerPhrases, evidence: _Evidence) -> list[_Sign]:
    """Return the phrases that are believed: plain ones, or worrying ones that add up."""
    standing = [match for match in phrases.standing if not _is_outweighed(match, evidence.scores)]
    plain = [
        _Sign(_level(match, evidence.marks), match)
        for match in standing
        if match.group.strength != "worry"
    ]
    worries = [match for match in standing if match.group.strength == "worry"]
    if plain or not _add_up(worries, phrases.uncalmed, standing):
        return plain
    return [_Sign(DangerLevel.CRISIS, match) for match in worries]


def _is_outweighed(match: PhraseMatch, scores: DangerScores | None) -> bool:
    """Tell whether the whole text sounds so calm that a short weak phrase in it is not believed."""
    if scores is None or match.group.strength not in {"weak", "worry"}:
        return False
    limit = WEAK_PHRASE_LIMITS.get(len(set(match.places)))
    return limit is not None and scores.danger < limit


def _level(match: PhraseMatch, marks: ContextMarks) -> DangerLevel:
    if match.group.past and marks.has("while_ago") and not marks.has("now"):
        return DangerLevel.CRISIS
    if match.group.rises and marks.has("now"):
        return DangerLevel.EMERGENCY
    if match.group.falls and marks.has("habit"):
        return DangerLevel.CRISIS
    return DangerLevel(match.group.level or DangerLevel.CRISIS)


def _add_up(
    worries: list[PhraseMatch], uncalmed: list[PhraseMatch], standing: list[PhraseMatch]
) -> bool:
    """Tell whether worries are a sign: two kinds, or one beside a danger that was denied."""
    kinds = {match.group.name for match in worries}
    some_denied = any(
        match.group.strength != "worry" and match not in standing for match in uncalmed
    )
    return len(kinds) >= MIN_WORRIES or (some_denied and bool(kinds))


def _judge_by_phrases(signs: list[_Sign], evidence: _Evidence) -> Danger:
    emergencies = [sign for sign in signs if sign.level is DangerLevel.EMERGENCY]
    named = min(emergencies or signs, key=lambda sign: _PRIORITY[sign.kind])
    told = _likeliest_kind(signs, evidence.scores) or named.kind
    kind = _by_partner(told, evidence)
    about = _subject(named.match, evidence) if kind is told else "self"
    worker = evidence.marks.has("worker") and about != "self"
    return Danger(
        _corrected_level(bool(emergencies), evidence.scores),
        kind,
        about or ("other" if worker else "self"),
        worker,
    )


def _corrected_level(emergency: bool, scores: DangerScores | None) -> DangerLevel:  # noqa: FBT001
    """Return the level that the phrases say, where the whole text does not sound otherwise."""
    if scores is not None:
        emergency = scores.emergency >= (LOWER_LIMIT if emergency else RAISE_LIMIT)
    return DangerLevel.EMERGENCY if emergency else DangerLevel.CRISIS


def _likeliest_kind(signs: Iterable[_Sign], scores: DangerScores | None) -> DangerKind | None:
    """Return the kind that fits the whole text best; one that a phrase names counts for more."""
    if scores is None:
        return None
    named = {sign.kind for sign in signs}
    return DangerKind(
        max(scores.kinds, key=lambda kind: scores.kinds[kind] + NAMED_KIND_BONUS * (kind in named))
    )


def _by_partner(kind: DangerKind, evidence: _Evidence) -> DangerKind:
    """Name a partner's violence as such, also where children or age are spoken of beside it."""
    by_partner = evidence.marks.has("me") and not PARTNERS.isdisjoint(evidence.all_tokens)
    is_family = kind in {DangerKind.CHILD, DangerKind.ELDER_ABUSE}
    return DangerKind.ABUSE if by_partner and is_family else kind


def _subject(match: PhraseMatch, evidence: _Evidence) -> DangerSubject | None:
    """Return whom the danger is about, or None when nobody is named near it."""
    if match.group.about in {"self", "other"}:
        return "self" if match.group.about == "self" else "other"
    marks = evidence.marks
    for places in (match.places, *((place,) for place in _places_before(match, evidence.tokens))):
        if not marks.at("me").isdisjoint(places):
            return "self"
        if not marks.at("they").isdisjoint(places):
            return "other"
    return "other" if marks.has("they") and not marks.has("me") else None


def _places_before(match: PhraseMatch, tokens: list[str]) -> Iterable[int]:
    """Yield the places before a phrase in its sentence, the nearest first."""
    for place in range(match.start - 1, max(match.start - 1 - PERSON_REACH, -1), -1):
        if tokens[place] == SENTENCE_END:
            return
        yield place


def _sounds_dangerous(evidence: _Evidence, phrases: DangerPhrases) -> bool:
    """Tell whether the classifier hears danger where the phrases say none."""
    limit = LIMIT_AFTER_PHRASES if phrases.some_taken_back else CLASSIFIER_LIMIT
    short = DOUBT_A_WORD * (SHORT_TEXT - len(evidence.all_tokens))
    return evidence.scores is not None and evidence.scores.danger >= max(limit, short)


def _judge_by_classifier(evidence: _Evidence, lexicon: DangerLexicon) -> Danger:
    scores = evidence.scores
    assert scores is not None
    marks = find_marks(find_phrases(evidence.tokens, lexicon, context_too=True))
    kind = _by_partner(DangerKind(scores.likeliest_kind()), replace(evidence, marks=marks))
    worker = marks.has("worker")
    other = worker or (marks.has("they") and not marks.has("me"))
    is_emergency = scores.emergency >= EMERGENCY_LIMIT
    return Danger(
        DangerLevel.EMERGENCY if is_emergency else DangerLevel.CRISIS,
        kind,
        "other" if other else "self",
        worker,
    )
