"""Rank what a person is looking for, by the phrases found and by the classifier."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from directory_data.vocabulary.phrase_book import NeedImplication
from navigator.nlp.needs.classifier import NO_NEED
from navigator.nlp.needs.context_rules import (
    has_other_meaning,
    is_already_met,
    is_past,
    is_requested,
)
from navigator.nlp.needs.lexicon import VAGUE_WEIGHT, EntryKind, LexiconMatch
from navigator.nlp.needs.negation import is_negated
from navigator.nlp.needs.parsed_text import ParsedText

PAST_SHARE = 0.2
"""What is left of a need that was told of the past: "used to drink, now I am lonely"."""

ALREADY_MET_SHARE = 0.3  # ... and of one that is met: "already have a doctor, need a dentist"

REQUEST_BONUS = 0.4
"""Of what is missing to certainty, for what is asked for: "my dad died, looking for a lawyer"."""

OTHER_LANGUAGE_SHARE = 0.5
"""One word of the other language may be a chance likeness: French "coin" in an English text."""

MIN_SCORE, MAX_SCORE = 0.2, 0.99
"""A need below the first is not listed; by words alone nothing is certain."""

NOT_SMALL_TALK = 0.84
"""A text with a phrase as strong as this asks for something, whatever it sounds like: one strong
phrase that is asked for (0.8 and the bonus) is, "hi, how are you doing with the food" is not."""

CLEAR_SCORE, CLEAR_LEAD = 0.4, 0.06
"""The first need is clear when it is this strong, and this far before the second: after "I need
food and a dentist" the person is asked which comes first."""

MAX_NEEDS = 6  # more than anybody wants to choose from in a text message

MIN_HEARD_SHARE = 0.4
"""A phrase with less of its weight left is hidden from the classifier: "not a shelter, just food"
must not be classified by its "shelter". Vague words are never hidden: "no school" may be a need."""

PHRASE_LOG_ODDS = 2.0
"""What a phrase of weight 1 adds to the classifier's log-odds: seven to one."""

RANK_DECIMALS = 3  # likelihoods that differ by less are equal; the need named first comes first

NO_SCORE = (0.0, 0)


@dataclass(frozen=True, slots=True)
class RankedNeeds:
    """The needs, best first, each with its score from 0 to 1, and whether the first is clear."""

    needs: tuple[tuple[str, float], ...]
    clear: bool


PhraseScore = tuple[float, int]
"""How much the phrases say for a need, and at which token it is first named."""


def rank_needs(text: ParsedText, facts: Mapping[str, object]) -> RankedNeeds:
    """Rank the needs by phrases and classifier together.

    They agree on the order; a need is as sure as the surer of the two says, and never less sure
    than one that comes after.
    """
    by_phrases = _score_phrases(text)
    _add_implied(by_phrases, text.lexicon.implications, facts)
    likelihoods = _combine(text, by_phrases)
    strongest = max((score for score, _ in by_phrases.values()), default=0.0)
    no_need = likelihoods.pop(NO_NEED, 0.0)
    if no_need > max(likelihoods.values()) and strongest < NOT_SMALL_TALK:
        return RankedNeeds((), clear=False)
    needs = _rank(by_phrases, likelihoods)
    clear = bool(needs) and needs[0][1] >= CLEAR_SCORE
    return RankedNeeds(needs, clear and not _is_close(needs, by_phrases, likelihoods))


def _rank(
    by_phrases: Mapping[str, PhraseScore], likelihoods: Mapping[str, float]
) -> tuple[tuple[str, float], ...]:
    scores = {
        need: max(likelihood, by_phrases.get(need, NO_SCORE)[0])
        for need, likelihood in likelihoods.items()
    }
    order = sorted(
        (need for need, score in scores.items() if score >= MIN_SCORE),
        key=lambda need: (
            -round(likelihoods[need], RANK_DECIMALS),
            by_phrases.get(need, NO_SCORE)[1],
            need,
        ),
    )[:MAX_NEEDS]
    ranked: list[tuple[str, float]] = []
    at_least = 0.0
    for need in reversed(order):
        at_least = max(at_least, min(scores[need], MAX_SCORE))
        ranked.insert(0, (need, round(at_least, RANK_DECIMALS)))
    return tuple(ranked)


def _is_close(
    needs: tuple[tuple[str, float], ...],
    by_phrases: Mapping[str, PhraseScore],
    likelihoods: Mapping[str, float],
) -> bool:
    """Say whether the second need may as well be the first, by phrases or by the classifier."""
    if len(needs) < 2:
        return False
    first, second = needs[0][0], needs[1][0]
    second_score = by_phrases.get(second, NO_SCORE)[0]
    lead = by_phrases.get(first, NO_SCORE)[0] - second_score
    as_strong = second_score >= CLEAR_SCORE and lead < CLEAR_LEAD
    return as_strong or likelihoods[first] - likelihoods[second] < CLEAR_LEAD


def _combine(text: ParsedText, by_phrases: Mapping[str, PhraseScore]) -> dict[str, float]:
    """Give how likely each need is by phrases and classifier together; all of them sum to 1."""
    meant = text.tokens.without(_unmeant_positions(text))
    odds = {
        need: exp(log_likelihood + PHRASE_LOG_ODDS * by_phrases.get(need, NO_SCORE)[0])
        for need, log_likelihood in text.lexicon.classifier.log_likelihoods(meant).items()
    }
    total = sum(odds.values())
    return {need: share / total for need, share in odds.items()}


def _unmeant_positions(text: ParsedText) -> set[int]:
    """Give the positions of words that are taken back or long past: "not a shelter"."""
    return {
        at
        for match in text.matches_of(EntryKind.NEED)
        if match.entry.weight > VAGUE_WEIGHT
        and _weight(text, match) < match.entry.weight * MIN_HEARD_SHARE
        for at in range(match.start, match.end)
    }


def _score_phrases(text: ParsedText) -> dict[str, PhraseScore]:
    """Score each need by its phrases; what independent phrases leave in doubt is multiplied."""
    matches = [
        match for match in text.matches_of(EntryKind.NEED) if not has_other_meaning(text, match)
    ]
    by_position: dict[int, list[LexiconMatch]] = {}
    for match in matches:
        for position in range(match.start, match.end):
            by_position.setdefault(position, []).append(match)
    by_need: dict[str, list[tuple[LexiconMatch, float]]] = {}
    for match in matches:
        if not any(_hides(longer, match) for longer in by_position[match.start]):
            weight = _weight(text, match)
            if weight:
                by_need.setdefault(match.entry.target, []).append((match, weight))
    return {
        need: (_join(found), min(match.start for match, _ in found))
        for need, found in by_need.items()
    }


def _join(found: list[tuple[LexiconMatch, float]]) -> float:
    """Give the score of one need's phrases together (noisy or); of overlapping ones the best."""
    doubt = 1.0
    counted: list[LexiconMatch] = []
    for match, weight in sorted(found, key=lambda weighted: -weighted[1]):
        if not any(match.overlaps(other) for other in counted):
            counted.append(match)
            doubt *= 1 - weight
    return 1 - doubt


def _hides(longer: LexiconMatch, match: LexiconMatch) -> bool:
    """Say whether a longer phrase says what a shorter one inside it only seems to say."""
    return (
        longer.covers(match)
        and longer.entry.target != match.entry.target
        and longer.entry.weight >= match.entry.weight
    )


def _weight(text: ParsedText, match: LexiconMatch) -> float:
    if is_negated(text, match):
        return 0.0
    weight = match.entry.weight
    if match.entry.language != text.language and match.end - match.start == 1:
        weight *= OTHER_LANGUAGE_SHARE
    if match.entry.target in text.lexicon.present_only_needs and is_past(text, match):
        return weight * PAST_SHARE
    if is_already_met(text, match):
        return weight * ALREADY_MET_SHARE
    if is_requested(text, match):
        weight += REQUEST_BONUS * (1 - weight)
    return weight


def _add_implied(
    by_phrases: dict[str, PhraseScore],
    implications: tuple[NeedImplication, ...],
    facts: Mapping[str, object],
) -> None:
    """Add the needs that others point to: a senior's food may be meals brought home."""
    named = dict(by_phrases)
    for implication in implications:
        if not _applies(implication, facts):
            continue
        for origin in implication.origin:
            if origin in named:
                score, at = named[origin]
                implied = (min(score * implication.share, MAX_SCORE), at)
                by_phrases[implication.to] = max(implied, by_phrases.get(implication.to, implied))
                if implication.instead:
                    by_phrases.pop(origin, None)


def _applies(implication: NeedImplication, facts: Mapping[str, object]) -> bool:
    age = facts.get("age")
    if implication.age is not None:
        youngest, oldest = implication.age
        if not (isinstance(age, int) and youngest <= age <= oldest):
            return False
    return all(facts.get(fact) == value for fact, value in implication.when.items())
