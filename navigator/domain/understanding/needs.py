"""Weigh what a person is looking for."""

from collections.abc import Mapping

from directory_data.vocabulary.phrases import Lean
from navigator.domain.understanding.grammar import Scene
from navigator.domain.understanding.lexicon import Hit, Kind

PAST_SHARE = 0.2  # what is left of a need that was told of the past
ALREADY_SHARE = 0.3
ASKED_SHARE = 0.4  # of what is missing to certainty, for a thing that is asked for
FOREIGN_SHARE = 0.5  # one word of the other language may be a chance likeness
LEAST, MOST = 0.2, 0.99
SURE, APART = 0.4, 0.06  # the first need is this strong, and this far from the second
LISTED = 6

Score = tuple[float, int]  # how much, and at which word it is first named


def weigh_needs(
    scene: Scene, facts: Mapping[str, object]
) -> tuple[tuple[tuple[str, float], ...], bool]:
    """Give the needs, best first, and whether the first of them is clear."""
    scores = _found(scene)
    _lean(scores, scene.lexicon.leans, facts)
    ranked = sorted(
        ((need, score) for need, score in scores.items() if score[0] >= LEAST),
        key=lambda item: (-round(item[1][0], 2), item[1][1], item[0]),
    )[:LISTED]
    needs = tuple((need, round(min(score[0], MOST), 3)) for need, score in ranked)
    clear = bool(needs) and needs[0][1] >= SURE
    return needs, clear and (len(needs) == 1 or needs[0][1] - needs[1][1] >= APART)


def _found(scene: Scene) -> dict[str, Score]:
    hits = [hit for hit in scene.of(Kind.NEED) if not scene.is_decoy(hit)]
    scores: dict[str, Score] = {}
    by_need: dict[str, list[tuple[Hit, float]]] = {}
    for hit in hits:
        near = (longer for longer in hits if longer.start <= hit.start < longer.end)
        if any(_hides(longer, hit) for longer in near):
            continue
        weight = _weight(scene, hit)
        if weight:
            by_need.setdefault(hit.entry.target, []).append((hit, weight))
    for need, found in by_need.items():
        doubt = 1.0
        counted: list[Hit] = []
        for hit, weight in sorted(found, key=lambda item: -item[1]):
            if not any(hit.start < other.end and other.start < hit.end for other in counted):
                counted.append(hit)
                doubt *= 1 - weight
        scores[need] = (1 - doubt, min(hit.start for hit, _ in found))
    return scores


def _hides(longer: Hit, hit: Hit) -> bool:
    """Say whether a longer phrase says what a shorter one inside it only seems to say."""
    return (
        longer.covers(hit)
        and longer.entry.target != hit.entry.target
        and longer.entry.weight >= hit.entry.weight
    )


def _weight(scene: Scene, hit: Hit) -> float:
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
