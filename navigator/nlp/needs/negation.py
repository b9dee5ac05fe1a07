"""Tell whether a found phrase is taken back: "not a shelter", "I don't drink", "pas besoin de"."""

from navigator.nlp.needs.lexicon import EntryKind, LexiconMatch
from navigator.nlp.needs.parsed_text import ParsedText

NEED_REACH, FACT_REACH = 5, 3
"""Words back in the clause that a negation reaches: "I do not really need any food" (four);
facts are short statements: "my husband is not violent"."""

INSTEAD_REACH = 2  # "instead of (a big) shelter"
SETTLED_REACH = 1  # "food (really) is fine"

_UNABLE = frozenset(("can", "could", "peux", "peut"))
"""Before a "not" these tell of a trouble and deny none: "can not cook" needs meals."""

_FRENCH_NEGATORS_AFTER_VERB = frozenset(("pas", "jamais"))
_FRENCH_BEFORE_VERB = frozenset(("ne", "n", "je", "j", "il", "elle", "on"))


def is_negated(text: ParsedText, match: LexiconMatch) -> bool:
    """Say whether a phrase is taken back by the words around or inside it."""
    return (
        _is_replaced(text, match)
        or _is_settled(text, match)
        or _is_negated_before(text, match)
        or _is_negated_after(text, match)
        or _is_negated_inside(text, match)
    )


def _is_replaced(text: ParsedText, match: LexiconMatch) -> bool:
    """See "food instead of a shelter"."""
    return any(
        0 <= match.start - cue.end <= INSTEAD_REACH for cue in text.matches_of(EntryKind.INSTEAD)
    )


def _is_settled(text: ParsedText, match: LexiconMatch) -> bool:
    """See "housing is not the problem"."""
    return any(
        0 <= cue.start - match.end <= SETTLED_REACH and text.same_sentence(cue.start, match.start)
        for cue in text.matches_of(EntryKind.SETTLED)
    )


def _is_negated_before(text: ParsedText, match: LexiconMatch) -> bool:
    negators = text.lexicon.function_words["negators"]
    stoppers = text.lexicon.function_words["stoppers"]
    reach = NEED_REACH if match.entry.kind is EntryKind.NEED else FACT_REACH
    for at in range(match.start - 1, max(match.start - 1 - reach, -1), -1):
        word = text.tokens.words[at]
        if not text.same_clause(at, match.start) or word in stoppers:
            return False
        if word in negators:
            return _negates(text, at, match)
    return False


def _negates(text: ParsedText, at: int, match: LexiconMatch) -> bool:
    """Judge one negator before a phrase: it tells of a thing unwanted, missing or not so."""
    lists = text.lexicon.function_words
    between = text.tokens.words[at + 1 : match.start]
    if not lists["unwanted"].isdisjoint(between):  # "do not need food"
        return True
    goes_on = text.has_word_of(at - 1, "keeps_on") or not lists["not_negating"].isdisjoint(
        between[:1]
    )
    if goes_on or _belongs_to_other_need(text, at, match):  # "il arrête pas de", "not only"
        return False
    if match.entry.kind is EntryKind.NEED and match.entry.target in text.lexicon.object_needs:
        return _refuses_object(text, at, match)
    return text.word(at - 1) not in _UNABLE


def _refuses_object(text: ParsedText, at: int, match: LexiconMatch) -> bool:
    """Tell "not a shelter" from "no shelter" and "do not have food": a missing thing is wanted."""
    lists = text.lexicon.function_words
    negator, before = text.word(at), text.word(at - 1)
    between = text.tokens.words[at + 1 : match.start]
    if not text.lexicon.fillers.issuperset(between):
        return False
    lacking = lists["lacking_fr" if negator in lists["negators_fr"] else "lacking_en"]
    if negator == "pas" and not between and before not in lacking:  # "pas refuge"
        return True
    return (lacking | lists["without"]).isdisjoint((negator, before, *between[:2]))


def _belongs_to_other_need(text: ParsedText, at: int, match: LexiconMatch) -> bool:
    """Say whether a negator is part of another phrase ("no food", "can't cook")."""
    return any(
        other.start <= at < other.end
        for other in text.matches_of(EntryKind.NEED)
        if other.entry.target != match.entry.target and not other.covers(match)
    )


def _is_negated_after(text: ParsedText, match: LexiconMatch) -> bool:
    """See the French "je ne bois pas", "je bois pas"."""
    if match.entry.language != "fr" or match.entry.target in text.lexicon.object_needs:
        return False
    if text.word(match.end) not in _FRENCH_NEGATORS_AFTER_VERB:
        return False
    before = text.tokens.words[max(match.start - 2, 0) : match.start + 1]
    return not _FRENCH_BEFORE_VERB.isdisjoint(before)


def _is_negated_inside(text: ParsedText, match: LexiconMatch) -> bool:
    """See a "not" that the phrase steps over: "my husband is not violent"."""
    negators = text.lexicon.function_words["negators"]
    named = {stem for element in match.entry.pattern for stem in element.stems}
    return any(
        text.tokens.words[at] in negators and text.tokens.stems[at] not in named
        for at in range(match.start + 1, match.end - 1)
    )
