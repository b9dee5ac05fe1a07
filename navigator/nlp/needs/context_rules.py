"""What the words around a found phrase make of it: another meaning, past, asked for, had already.

After the ConText algorithm (Harkema and others 2009), with rules for requests in two languages.
"""

from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.parsed_text import ParsedText

REQUEST_REACH = 7
"""Words from asking to what is asked for, less one: "looking for some kind of cheap dentist"."""

ALREADY_REACH = 2  # "already have a family doctor"
PAST_REACH = 1  # clauses: "when I was young, I drank"

_PRESENT = frozenset(("now", "today", "again", "but", "maintenant", "mais"))
"""Between a sign of the past and a phrase these end the past: "used to drink, now I am lonely"."""


def has_other_meaning(text: ParsedText, match: LexiconMatch) -> bool:
    """Say whether a phrase is part of one that means something else: "work permit".

    Also where only its end is: "need ... work" in "need a work permit".
    """
    return any(
        decoy.covers(match)
        or (match.has_gap() and match.start < decoy.start < match.end <= decoy.end)
        for decoy in text.matches_of(EntryKind.DECOY)
    )


def is_past(text: ParsedText, match: LexiconMatch) -> bool:
    """Say whether the sentence that a phrase stands in tells of the past."""
    clauses = text.tokens.clauses
    return any(
        text.same_sentence(cue.start, match.start)
        and abs(clauses[cue.start] - clauses[match.start]) <= PAST_REACH
        and not _turns_to_present(text, cue, match)
        for cue in text.matches_of(EntryKind.PAST)
    )


def is_requested(text: ParsedText, match: LexiconMatch) -> bool:
    """Say whether words of asking stand before a phrase in its sentence, or in it."""
    return any(
        match.start - REQUEST_REACH < cue.start < match.end
        and text.same_sentence(cue.start, match.start)
        for cue in text.matches_of(EntryKind.REQUEST)
    )


def is_already_met(text: ParsedText, match: LexiconMatch) -> bool:
    """Say whether the thing is there already: "I already have a doctor"."""
    return any(
        0 <= match.start - cue.end <= ALREADY_REACH for cue in text.matches_of(EntryKind.ALREADY)
    )


def _turns_to_present(text: ParsedText, cue: LexiconMatch, match: LexiconMatch) -> bool:
    first, last = sorted((cue.end, match.start))
    return not _PRESENT.isdisjoint(text.tokens.words[first:last])
