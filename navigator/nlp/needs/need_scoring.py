"""Weigh what a person is looking for."""

from collections.abc import Mapping
from math import exp

from directory_data.vocabulary.phrase_book import Lean
from navigator.nlp.needs.classifier import NOTHING
from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.negation import ParsedText

PAST_SHARE = 0.2  # what is left of a need that was told of the past
ALREADY_SHARE = 0.3
ASKED_SHARE = 0.4  # of what is missing to certainty, for a thing that is asked for
FOREIGN_SHARE = 0.5  # one word of the other language may be a chance likeness
LEAST, MOST = 0.2, 0.99
NO_SMALL_TALK = 0.84  # a text with a phrase as strong as this asks for something
SURE, APART = 0.4, 0.06  # the first need is this strong, and this far from the second
LISTED = 6

WORTH_HEARING = 0.4  # with less of its weight left a phrase is hidden from the second reader
QUIET_WORD = 0.22
PHRASE = 2.0  # how much a phrase adds to what was learnt (log-odds), times its weight

Score = tuple[float, int]  # how much, and at which word it is first named
Needs = tuple[tuple[str, float], ...]


def score_needs(scene: ParsedText, facts: Mapping[str, object]) -> tuple[Needs, bool]:
    """Give the needs, best first, and whether the first of them is clear.

    Two readers are heard: the phrases, and what was learnt from examples. They agree on the order;
    a need is as sure as the surer of the two says, and never less sure than one that comes after.
    """
    scores = _found(scene)
    _lean(scores, scene.lexicon.leans, facts)
    likely = _likely(scene, scores)
    plain = max((score for score, _ in scores.values()), default=0.0)
    if likely.pop(NOTHING, 0.0) > max(likely.values()) and plain < NO_SMALL_TALK:
        return (), False
    sureness = {need: max(share, scores.get(need, (0.0, 0))[0]) for need, share in likely.items()}
    ranked = sorted(
        (need for need, sure in sureness.items() if sure >= LEAST),
        key=lambda need: (-round(likely[need], 3), scores.get(need, (0.0, 0))[1], need),
    )[:LISTED]
    needs: list[tuple[str, float]] = []
    least = 0.0
    for need in reversed(ranked):
        least = max(least, min(sureness[need], MOST))
        needs.insert(0, (need, round(least, 3)))
    clear = bool(needs) and needs[0][1] >= SURE
    return tuple(needs), clear and not _is_close(needs, scores, likely)


def _is_close(
    needs: list[tuple[str, float]], scores: Mapping[str, Score], likely: Mapping[str, float]
) -> bool:
    """Say whether the second need may as well be the first for one of the two readers."""
    if len(needs) < 2:
        return False
    first, second = needs[0][0], needs[1][0]
    said = scores.get(second, (0.0, 0))[0]
    as_strong = said >= SURE and scores.get(first, (0.0, 0))[0] - said < APART
    return as_strong or likely[first] - likely[second] < APART


def _likely(scene: ParsedText, scores: Mapping[str, Score]) -> dict[str, float]:
    """Give how likely each need is for both readers together; all of them sum to 1."""
    learnt = scene.lexicon.taught.weigh(scene.words.without(_unsaid(scene)))
    odds = {
        need: exp(said + PHRASE * scores.get(need, (0.0, 0))[0]) for need, said in learnt.items()
    }
    whole = sum(odds.values())
    return {need: share / whole for need, share in odds.items()}


def _unsaid(scene: ParsedText) -> set[int]:
    """Give the places of words that are taken back or long past: "not a shelter"."""
    return {
        at
        for hit in scene.of(EntryKind.NEED)
        if hit.entry.weight > QUIET_WORD and _weight(scene, hit) < hit.entry.weight * WORTH_HEARING
        for at in range(hit.start, hit.end)
    }


def _found(scene: ParsedText) -> dict[str, Score]:
    hits = [hit for hit in scene.of(EntryKind.NEED) if not scene.is_decoy(hit)]
    scores: dict[str, Score] = {}
    by_need: dict[str, list[tuple[LexiconMatch, float]]] = {}
    for hit in hits:
        near = (longer for longer in hits if longer.start <= hit.start < longer.end)
        if any(_hides(longer, hit) for longer in near):
            continue
        weight = _weight(scene, hit)
        if weight:
            by_need.setdefault(hit.entry.target, []).append((hit, weight))
    for need, found in by_need.items():
        doubt = 1.0
        counted: list[LexiconMatch] = []
        for hit, weight in sorted(found, key=lambda item: -item[1]):
            if not any(hit.start < other.end and other.start < hit.end for other in counted):
                counted.append(hit)
                doubt *= 1 - weight
        scores[need] = (1 - doubt, min(hit.start for hit, _ in found))
    return scores


def _hides(longer: LexiconMatch, hit: LexiconMatch) -> bool:
    """Say whether a longer phrase says what a shorter one inside it only seems to say."""
    return (
        longer.covers(hit)
        and longer.entry.target != hit.entry.target
        and longer.entry.weight >= hit.entry.weight
    )


def _weight(scene: ParsedText, hit: LexiconMatch) -> float:
    if scene.taken_back(hit):
        return 0.0
    weight = hit.entry.weight
    if hit.entry.language != scene.language and hit.end - hit.start == 1:
        weight *= FOREIGN_SHARE
    if hit.entry.target in scene.lexicon.lasting and scene.is_past(hit):
        return weight * PAST_SHARE
    if scene.had_already(hit):
        return weight * ALREADY_SHARE
    if scene.is_asked_for(hit):
        weight += ASKED_SHARE * (1 - weight)
    return weight


def _lean(scores: dict[str, Score], leans: tuple[Lean, ...], facts: Mapping[str, object]) -> None:
    said = dict(scores)
    for lean in leans:
        if not _holds(lean, facts):
            continue
        for origin in lean.origin:
            if origin in said:
                score = (min(said[origin][0] * lean.share, MOST), said[origin][1])
                scores[lean.to] = max(score, scores.get(lean.to, score))
                if lean.instead:
                    scores.pop(origin, None)


def _holds(lean: Lean, facts: Mapping[str, object]) -> bool:
    age = facts.get("age")
    if lean.age is not None and not (isinstance(age, int) and lean.age[0] <= age <= lean.age[1]):
        return False
    return all(facts.get(fact) == value for fact, value in lean.when.items())
