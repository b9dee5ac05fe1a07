"""Tell who the help is for: the one who writes, or somebody else."""

from collections.abc import Iterable

from navigator.nlp.needs.age_extraction import ages_told
from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.negation import ParsedText, Subject

ENOUGH = 2.0  # hints for somebody else
NAMED_FIRST = 2.0  # hints, where a sentence begins with somebody: "Grandma repeats herself"

OWN_AGE = 2.0  # hints for the writer, where only the writer's age is told: "I am 81, my son ..."
MOST_SMALL = 3.0  # what single hints (he, she, I am) can add up to


def is_for_other(scene: ParsedText) -> bool:
    """Weigh the signs for somebody else against those for the writer."""
    if is_worker(scene):
        return True
    small = scene.lexicon.small
    others = [hit for hit in scene.of(EntryKind.OTHER) if _is_said(scene, hit)]
    own = [hit for hit in scene.of(EntryKind.SELF) if not _is_loss_of_another(hit, others)]
    other, self_ = _hints(others), _hints(own)
    if len(scene.words) > 2 and _begins_with_somebody(scene):
        other += NAMED_FIRST
    if {age.subject for age in ages_told(scene)} == {Subject.WRITER}:
        self_ += OWN_AGE
    if other > self_ and not small["first_person"] & set(scene.words.raw):
        return True
    return other >= ENOUGH and other > self_


def _is_said(scene: ParsedText, hit: LexiconMatch) -> bool:
    return not (scene.is_decoy(hit) or _steps_over_writer(scene, hit))


def _steps_over_writer(scene: ParsedText, hit: LexiconMatch) -> bool:
    """See a phrase that goes on about the writer: "mon mari, je cherche ..."."""
    own = {word for element in hit.entry.pattern for word in element.stems}
    writer = scene.lexicon.small["writer"] - own
    return hit.has_gap() and bool(writer & set(scene.words.raw[hit.start + 1 : hit.end]))


def _is_loss_of_another(hit: LexiconMatch, others: Iterable[LexiconMatch]) -> bool:
    """See a death that is told of in a text for somebody else: "Mom is alone since dad died"."""
    return "loss" in hit.entry.flags and any(
        other.entry.weight > 1 and (other.end <= hit.start or hit.end <= other.start)
        for other in others
    )


def _begins_with_somebody(scene: ParsedText) -> bool:
    """See "Grandma forgets ..." and "our boy, 10, worries ...", with nothing said of oneself."""
    words, classes, small = scene.words, scene.lexicon.classes, scene.lexicon.small
    if words.stems[0] in classes["kin"]:
        return scene.names_somebody(0)
    owned = words.raw[0] in small["belonging"] and words.stems[1] in classes["kin"]
    own = words.stems[1] in classes["partner"] or not small["writer"].isdisjoint(words.raw)
    return owned and not own


def is_worker(scene: ParsedText) -> bool:
    """Say whether a worker writes for a client."""
    return any(not scene.is_decoy(hit) for hit in scene.of(EntryKind.WORKER))


def _hints(hits: Iterable[LexiconMatch]) -> float:
    """Add the strongest sign, a little for further ones, and the small ones up to a bound."""
    strong = [hit.entry.weight for hit in hits if hit.entry.weight > 1]
    small = sum(hit.entry.weight for hit in hits if hit.entry.weight <= 1)
    first = max(strong, default=0.0)
    further = 0.5 * (len({hit.start for hit in hits if hit.entry.weight > 1}) - 1) if strong else 0
    return first + further + min(small * 0.6, MOST_SMALL)
