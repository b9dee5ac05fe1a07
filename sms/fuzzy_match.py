"""How far a word may be misspelled and still be taken for another: the longer, the farther."""

from rapidfuzz.distance import OSA

from sms.answer_synonyms import Phrase

# Letters of a phrase that may stand for all of it: "burl" is Burlington, "bur" may be burgers.
_SHORTEST_START = 4
# (letters, edits allowed, edits allowed where the first letter is right): people seldom miss that.
# "burlingtn" and "oakvile" are near; "mitten" is not "milton" (two edits in six letters).
_WHOLE_MESSAGE = ((12, 2, 3), (9, 2, 2), (7, 1, 2), (6, 1, 1), (4, 0, 1))
# Stricter inside a sentence, where there are more words to be taken for a misspelling of ours.
_IN_SENTENCE = ((9, 1, 2), (6, 0, 1))


def is_like(said: Phrase, meant: Phrase) -> bool:
    """Say whether a whole message is a misspelling of a phrase, or the start of it."""
    ours, theirs = "".join(meant), "".join(said)
    if len(theirs) >= _SHORTEST_START and ours.startswith(theirs):
        return True
    return _is_near(theirs, ours, _WHOLE_MESSAGE)


def is_like_in_sentence(said: str, meant: str) -> bool:
    """Say whether a word of a sentence is a word of ours: the same, its plural, or near."""
    return (
        said == meant or _singular(said) == _singular(meant) or _is_near(said, meant, _IN_SENTENCE)
    )


def _is_near(said: str, meant: str, limits: tuple[tuple[int, int, int], ...]) -> bool:
    if not said or not meant or said.isdecimal() or meant.isdecimal():
        return False
    for letters, edits, same_start in limits:
        if len(meant) >= letters:
            allowed = same_start if said[0] == meant[0] else edits
            return OSA.distance(said, meant, score_cutoff=allowed) <= allowed
    return said == meant


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= 4 and word.endswith("s") else word
