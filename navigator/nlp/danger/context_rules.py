"""Tell which phrases of danger stand, by what the words around them say: calm, denied, long ago.

After the ConText algorithm (Harkema and others 2009): negation and time, told by reviewed phrases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from navigator.nlp.danger.phrase_matcher import PhraseMatch

DENIAL_REACH = 5
"""Words that a denial may reach across: "not | going to | think about | killing"."""

CALMED_SHARE = 3
"""A phrase is calmed when one word in three is: "I feel like dying of hunger", but not where a
calming phrase only touches its rim."""

OVER_WHEN_PAST = frozenset({"medical", "unsafe"})
"""Kinds of danger that are over once they are past: a stroke last month is a need for care."""


@dataclass(frozen=True, slots=True)
class ContextMarks:
    """Know where the words stand that change what a phrase means."""

    places: dict[str, frozenset[int]]

    def at(self, mark: str) -> frozenset[int]:
        """Return the places of a mark."""
        return self.places.get(mark, frozenset())

    def has(self, *marks: str) -> bool:
        """Say whether one of some marks is there."""
        return any(mark in self.places for mark in marks)


@dataclass(frozen=True, slots=True)
class DangerPhrases:
    """Hold the phrases of danger in a text that nothing calms, and those of them that stand."""

    uncalmed: list[PhraseMatch]
    standing: list[PhraseMatch]
    some_taken_back: bool


def find_marks(matches: Iterable[PhraseMatch]) -> ContextMarks:
    """Gather the places of each mark."""
    places: dict[str, set[int]] = defaultdict(set)
    for match in matches:
        if match.group.mark:
            places[match.group.mark].update(match.places)
    return ContextMarks({mark: frozenset(found) for mark, found in places.items()})


def sort_out(matches: Iterable[PhraseMatch], marks: ContextMarks) -> DangerPhrases:
    """Take back the phrases of danger that are calmed, denied, or long ago."""
    matches = list(matches)
    calmed = _calmed_places(matches, marks)
    uncalmed = [match for match in matches if match.group.kind and not _is_calmed(match, calmed)]
    past = [set(match.places) for match in uncalmed if _is_past_or_subject(match, marks)]
    # A phrase inside one that lies in the past goes with it: "used to (want to die)".
    standing = [
        match
        for match in uncalmed
        if not _is_denied(match, marks)
        and not any(places.issuperset(match.places) for places in past)
    ]
    return DangerPhrases(uncalmed, standing, some_taken_back=bool(uncalmed or calmed))


def _calmed_places(matches: Iterable[PhraseMatch], marks: ContextMarks) -> set[int]:
    """Return the places of calming phrases; "my phone (I want to) die" calms nothing."""
    return {
        place
        for match in matches
        if match.group.calm and match.gaps().isdisjoint(marks.at("me"))
        for place in match.places
    }


def _is_calmed(match: PhraseMatch, calmed: set[int]) -> bool:
    """Tell whether calming phrases claim a good part of this one."""
    return CALMED_SHARE * len(calmed.intersection(match.places)) >= len(set(match.places))


def _is_denied(match: PhraseMatch, marks: ContextMarks) -> bool:
    """Tell whether "not", "never", "no" takes this back: "I am not going to kill myself"."""
    if not match.group.denial:
        return False
    # "won't stop hitting me" denies nothing.
    denials = {place for place in marks.at("not") if place + 1 not in marks.at("keeps_on")}
    if not match.gaps().isdisjoint(denials):
        return True
    place = match.start - 1
    while place in marks.at("bridge") and place >= match.start - DENIAL_REACH:
        place -= 1
    # "can not kill myself because of my kids", "why not die", "if I don't": no denial at all
    return place in denials and marks.at("no_denial").isdisjoint((place - 1, place - 2))


def _is_past_or_subject(match: PhraseMatch, marks: ContextMarks) -> bool:
    if match.group.strength == "topic" and marks.has("learning", "loss"):  # "suicide prevention"
        return True
    is_present = marks.has("again") or not marks.at("present").isdisjoint(match.places)
    if not match.group.past or is_present:
        return False
    is_over = marks.has("while_ago", "loss") and not marks.has("now")
    return (match.group.kind in OVER_WHEN_PAST and is_over) or _is_long_ago(match, marks)


def _is_long_ago(match: PhraseMatch, marks: ContextMarks) -> bool:
    """See "abused as a child", and that long ago doesn't reach across "and now I cut myself"."""
    turns = marks.at("turn")
    return any(
        turns.isdisjoint(range(min(place, match.start), max(place, match.start)))
        for place in marks.at("long_ago")
    )
