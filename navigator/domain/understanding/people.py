"""Tell who the help is for: the one who writes, or somebody else."""

from collections.abc import Iterable

from navigator.domain.understanding.grammar import Scene
from navigator.domain.understanding.lexicon import Hit, Kind

ENOUGH = 2.0  # hints for somebody else
NAMED_FIRST = 2.0  # hints, where a sentence begins with somebody: "Grandma repeats herself"

MOST_SMALL = 3.0  # what single hints (he, she, I am) can add up to


def is_for_other(scene: Scene) -> bool:
    """Weigh the signs for somebody else against those for the writer."""
    if is_worker(scene):
        return True
    other, self_ = _hints(scene.of(Kind.OTHER)), _hints(scene.of(Kind.SELF))
    if len(scene.words) > 2 and _begins_with_somebody(scene):
        other += NAMED_FIRST
    if other > self_ and not scene.lexicon.small["first_person"] & set(scene.words.raw):
        return True
    return other >= ENOUGH and other > self_


def _begins_with_somebody(scene: Scene) -> bool:
    kin = scene.lexicon.classes["kin"]
    return scene.words.stems[0] in kin and scene.names_somebody(0)


def is_worker(scene: Scene) -> bool:
    """Say whether a worker writes for a client."""
    return bool(scene.of(Kind.WORKER))


def _hints(hits: Iterable[Hit]) -> float:
    """Add the strongest sign, a little for further ones, and the small ones up to a bound."""
    strong = [hit.entry.weight for hit in hits if hit.entry.weight > 1]
    small = sum(hit.entry.weight for hit in hits if hit.entry.weight <= 1)
    first = max(strong, default=0.0)
    further = 0.5 * (len({hit.start for hit in hits if hit.entry.weight > 1}) - 1) if strong else 0
    return first + further + min(small * 0.6, MOST_SMALL)
