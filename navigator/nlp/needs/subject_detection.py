"""Find who something is said of: the one who writes, or somebody else ("my mother, 84")."""

from enum import StrEnum

from navigator.nlp.needs.parsed_text import ParsedText

DETERMINER_REACH = 3  # "with my dear old mother"

SUBJECT_REACH = 60
"""Words between a person and what is said of them: two long sentences. It bounds what a text of
800 numbers costs, which would look back to its beginning from each."""

_IMPERSONAL_IL = frozenset(("y", "faut", "faudrait", "me"))
"""After these "il" is nobody: "il y a", "il me faut"."""


class Subject(StrEnum):
    """Who something is said of."""

    WRITER = "writer"
    OTHER = "other"
    NOBODY = "nobody"


def subject_at(text: ParsedText, at: int) -> Subject:
    """Find the person named last before a word, in its sentence or the one before it."""
    words, sentences = text.tokens.words, text.tokens.sentences
    lists = text.lexicon.function_words
    writer, plural_writers = lists["writer"], lists["plural_writers"]
    for here in range(at, max(at - SUBJECT_REACH, 0) - 1, -1):
        if sentences[at] - sentences[here] > 1:
            break
        if words[here] in writer:
            return Subject.WRITER
        if words[here] in plural_writers:
            return Subject.NOBODY
        if _is_third_person(text, here) or names_other_person(text, here):
            return Subject.OTHER
    return Subject.NOBODY


def names_other_person(text: ParsedText, at: int) -> bool:
    """Say whether a word names another person whom the text goes on about.

    "My mother ..." and "daughter 24 ..." do; "with my girlfriend" and "single mom" don't.
    """
    if text.is_in_class(at, "served"):
        return True
    if not text.is_in_class(at, "kin") or _is_former(text, at):
        return False
    before = [
        text.tokens.words[near]
        for near in range(max(at - DETERMINER_REACH, 0), at)
        if text.same_clause(near, at)
    ]
    lists = text.lexicon.function_words
    if not lists["beside"].isdisjoint(before):
        return False
    return not before or not lists["belonging"].isdisjoint(before)


def _is_former(text: ParsedText, at: int) -> bool:
    """See "ex" that is no person: "ex military", and not "my ex"."""
    return text.word(at) == "ex" and not text.has_word_of(at - 1, "belonging")


def _is_third_person(text: ParsedText, at: int) -> bool:
    if text.tokens.words[at] not in text.lexicon.function_words["third_person"]:
        return False
    if text.word(at) != "il":
        return True
    return text.word(at + 1) not in _IMPERSONAL_IL and text.word(at - 1) != "est"  # "est-il"
