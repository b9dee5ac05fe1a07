"""Tell who the help is for: the one who writes, or somebody else."""

from collections.abc import Collection, Iterable

from navigator.nlp.needs.age_extraction import find_ages
from navigator.nlp.needs.context_rules import has_other_meaning
from navigator.nlp.needs.lexicon import EntryFlag, EntryKind, LexiconMatch
from navigator.nlp.needs.parsed_text import ParsedText
from navigator.nlp.needs.subject_detection import Subject, names_other_person

MIN_OTHER_SCORE = 2.0
"""Where the writer speaks of themselves too, somebody else must be named plainly: "he" alone in
"I need food, he left" is not enough, "for my mother" (3) is."""

BEGINS_WITH_PERSON_SCORE = 2.0  # a sentence that begins with somebody: "Grandma repeats herself"
OWN_AGE_SCORE = 2.0  # only the writer's age is told: "I am 81, my son ..."

STRONG_WEIGHT = 1.0
"""Phrases above this are signs by themselves ("for my mother"); the others are small words (he)."""

FURTHER_SIGN_SCORE = 0.5  # each strong sign after the first: they often say the same thing again
SMALL_SIGN_SHARE, MAX_SMALL_SCORE = 0.6, 3.0
"""Many a "he" in a long story adds up, but never to more than one strong sign."""


def is_for_other(text: ParsedText) -> bool:
    """Weigh the signs for somebody else against those for the writer."""
    if is_worker(text):
        return True
    signs_of_other = [match for match in text.matches_of(EntryKind.OTHER) if _is_meant(text, match)]
    signs_of_writer = [
        match
        for match in text.matches_of(EntryKind.SELF)
        if not _is_loss_of_another(match, signs_of_other)
    ]
    other, writer = _score(signs_of_other), _score(signs_of_writer)
    if len(text.tokens) > 2 and _begins_with_person(text):
        other += BEGINS_WITH_PERSON_SCORE
    if {age.subject for age in find_ages(text)} == {Subject.WRITER}:
        writer += OWN_AGE_SCORE
    first_person = text.lexicon.function_words["first_person"]
    if other > writer and first_person.isdisjoint(text.tokens.words):
        return True
    return other >= MIN_OTHER_SCORE and other > writer


def is_worker(text: ParsedText) -> bool:
    """Say whether a worker writes for a client."""
    return any(not has_other_meaning(text, match) for match in text.matches_of(EntryKind.WORKER))


def _is_meant(text: ParsedText, match: LexiconMatch) -> bool:
    return not (has_other_meaning(text, match) or _steps_over_writer(text, match))


def _steps_over_writer(text: ParsedText, match: LexiconMatch) -> bool:
    """See a phrase that goes on about the writer: "mon mari, je cherche ..."."""
    if not match.has_gap():
        return False
    named = {stem for element in match.entry.pattern for stem in element.stems}
    writer = text.lexicon.function_words["writer"] - named
    return not writer.isdisjoint(text.tokens.words[match.start + 1 : match.end])


def _is_loss_of_another(match: LexiconMatch, signs_of_other: Iterable[LexiconMatch]) -> bool:
    """See a death that is told of in a text for somebody else: "Mom is alone since dad died"."""
    return EntryFlag.BEREAVEMENT in match.entry.flags and any(
        sign.entry.weight > STRONG_WEIGHT and not sign.overlaps(match) for sign in signs_of_other
    )


def _begins_with_person(text: ParsedText) -> bool:
    """See "Grandma forgets ..." and "our boy, 10, worries ...", with nothing said of oneself."""
    if text.is_in_class(0, "kin"):
        return names_other_person(text, 0)
    is_owned = text.has_word_of(0, "belonging") and text.is_in_class(1, "kin")
    writer = text.lexicon.function_words["writer"]
    return is_owned and not text.is_in_class(1, "partner") and writer.isdisjoint(text.tokens.words)


def _score(signs: Collection[LexiconMatch]) -> float:
    """Add the strongest sign, a little for further ones, and the small ones up to a bound."""
    strong = [sign for sign in signs if sign.entry.weight > STRONG_WEIGHT]
    small = sum(sign.entry.weight for sign in signs if sign.entry.weight <= STRONG_WEIGHT)
    score = max((sign.entry.weight for sign in strong), default=0.0)
    if strong:
        score += FURTHER_SIGN_SCORE * (len({sign.start for sign in strong}) - 1)
    return score + min(small * SMALL_SIGN_SHARE, MAX_SMALL_SCORE)
