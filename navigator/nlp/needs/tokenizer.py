"""Split a text into folded words, each with its stem, its sentence and its clause."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from search_index.analyzer import fold_text
from search_index.analyzer import stem as any_stem

MAX_TEXT_LENGTH = 1600
"""Characters: ten text messages, the longest that a carrier hands over. The rest is not read."""

Shorthand = Mapping[str, tuple[str, ...]]
"""Text-speak of one language and the words it stands for: "2nite" -> ("tonight",)."""

# English endings after an apostrophe, written out ("I'm" -> "I am"). A possessive 's is left away.
_CONTRACTIONS = {"m": " am", "re": " are", "ve": " have", "ll": " will", "d": " would"}
_IRREGULAR_NEGATIONS = {"can": "can not", "won": "will not", "shan": "shall not", "ain": "is not"}
# After these 's is "is" ("she's alone"); after others it is a possessive ("mom's rent").
_SUBJECTS = frozenset(("he", "she", "it", "that", "there", "who", "what", "where", "here"))
_APOSTROPHE = re.compile(r"([a-z]+)['’ʼ`´](m|re|ve|ll|d|s|t)\b", re.IGNORECASE)
_WORD_OR_PUNCTUATION = re.compile(r"[^\W_]+|[.!?;\n()]+|[,:–—/]|\s-\s", re.UNICODE)
_SENTENCE_END = re.compile(r"[.!?;\n()]")
_ABBREVIATION = re.compile(r"\b([a-z])\.(?=[a-z]\b)|\b(?<=\.)([a-z])\.", re.IGNORECASE)
# taking, moved: consonant, vowel, consonant before the ending take their e back.
_SHORT_VERB = re.compile(r"([bcdfghjklmnprstvwz][aeiou][bcdfgklmnprstvz])(?:ing|ed)")
_IRREGULAR_STEMS = {
    "using": "use",
    "used": "use",
    "dying": "die",
    "died": "die",
    "owed": "owe",
    # Being thrown out is not having been thrown out; a course is no court.
    **{word: word for word in ("kicking", "throwing", "cours", "bedding")},
}
# canne is not can, passed is not pas, sonne is not son: a stem must not become a stop word.
_OVERSTEMMED = {"can": "cann", "pas": "pass", "son": "sonn"}
_CHART_LETTERS = {"m": "male", "f": "female"}  # a worker's "45M"
_CHART_VERBS = frozenset(("dc", "od"))  # a worker's "dc'd from hospital"
_NUMBER_WITH_UNIT = re.compile(r"(\d{1,3})(yo|yrs?|y|ans|m|f|h)")
_VERB_AFTER_TO = re.compile(
    "sleep|stay|eat|go|live|talk|crash|get|find|pay|rent|be|see|stop|quit|work|leave|do"
)
_OBJECT_AFTER_FOR = re.compile("me|my|us|the|a|him|her|food|tonight|kids|2nite|free|help|rent|now")
_DIGIT_PREPOSITIONS = {"2": ("to", _VERB_AFTER_TO), "4": ("for", _OBJECT_AFTER_FOR)}


@dataclass(frozen=True, slots=True)
class Token:
    """One folded word, the number of the sentence and clause it stands in, and how it was written.

    `uppercase`: in capitals, in a text that is not all in capitals: OW, COAST.
    """

    word: str
    sentence: int
    clause: int
    uppercase: bool


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """The tokens of a text in columns, one entry a token, so that many are compared at once."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    uppercase: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)

    def without(self, positions: Collection[int]) -> "TokenizedText":
        """Give the tokens that do not stand at some positions."""
        if not positions:
            return self
        kept = [at for at in range(len(self)) if at not in positions]
        return TokenizedText(
            words=tuple(self.words[at] for at in kept),
            stems=tuple(self.stems[at] for at in kept),
            sentences=tuple(self.sentences[at] for at in kept),
            clauses=tuple(self.clauses[at] for at in kept),
            uppercase=tuple(self.uppercase[at] for at in kept),
        )


def tokenize(text: str) -> list[Token]:
    """Split a text into folded words and count its sentences and clauses."""
    text = unicodedata.normalize("NFC", text[:MAX_TEXT_LENGTH])
    text = text.replace("$", " dollars ").replace("%", " percent ")
    text = _APOSTROPHE.sub(_expand_contraction, text)
    text = _ABBREVIATION.sub(lambda found: found.group(1) or found.group(2), text)
    shouting = text.isupper()
    tokens: list[Token] = []
    sentence = clause = 0
    for piece in _WORD_OR_PUNCTUATION.findall(text):
        if not piece[0].isalnum():
            clause += 1
            sentence += bool(_SENTENCE_END.search(piece))
            continue
        uppercase = len(piece) > 1 and piece.isupper() and not shouting
        tokens += [
            Token(word, sentence, clause, uppercase) for word in _split_number(fold_text(piece))
        ]
    return tokens


def expand_and_stem(tokens: list[Token], shorthand: Shorthand) -> TokenizedText:
    """Write shorthand out ("2nite" is tonight) and take the stems."""
    expanded: list[Token] = []
    for at, token in enumerate(tokens):
        if token.word == "one" and at and tokens[at - 1].word == "no":
            expanded[-1] = replace(expanded[-1], word="nobody")
            continue
        words = _as_preposition(tokens, at) or shorthand.get(token.word) or (token.word,)
        if words == (token.word,):
            expanded.append(token)
        else:
            expanded += [replace(token, word=word) for word in words]
    return TokenizedText(
        words=tuple(token.word for token in expanded),
        stems=tuple(light_stem(token.word) for token in expanded),
        sentences=tuple(token.sentence for token in expanded),
        clauses=tuple(token.clause for token in expanded),
        uppercase=tuple(token.uppercase for token in expanded),
    )


@lru_cache(maxsize=16_384)
def light_stem(word: str) -> str:
    """Take the ending off a folded word; of nouns in -ment only the plural's s.

    Otherwise a placement would be a place, and a payment would be somebody who pays.
    """
    if word.endswith(("ment", "ments")):
        return word.removesuffix("s")
    if word in _IRREGULAR_STEMS:
        return _IRREGULAR_STEMS[word]
    short_verb = _SHORT_VERB.fullmatch(word)
    if short_verb:
        return short_verb.group(1) + "e"
    stem = any_stem(word)
    return stem if stem == word else _OVERSTEMMED.get(stem, stem)


def _as_preposition(tokens: list[Token], at: int) -> tuple[str, ...] | None:
    """Read "2 sleep" as "to sleep" and "4 me" as "for me"."""
    if tokens[at].word not in _DIGIT_PREPOSITIONS or at + 1 == len(tokens):
        return None
    preposition, may_follow = _DIGIT_PREPOSITIONS[tokens[at].word]
    return (preposition,) if may_follow.fullmatch(tokens[at + 1].word) else None


def _expand_contraction(found: re.Match[str]) -> str:
    left, ending = found.group(1), found.group(2).lower()
    if ending == "t":
        return _expand_negation(left)
    if ending == "d" and left.lower() in _CHART_VERBS:
        return f"{left}d"
    if ending == "s":
        return f"{left} is" if left.lower() in _SUBJECTS else left
    if len(left) == 1 and left.lower() != "i":
        return found.group()
    return left + _CONTRACTIONS[ending]


def _expand_negation(left: str) -> str:
    lowered = left.lower()
    if lowered in _IRREGULAR_NEGATIONS:
        return _IRREGULAR_NEGATIONS[lowered]
    return f"{left[:-1]} not" if lowered.endswith("n") else f"{left} t"


def _split_number(word: str) -> list[str]:
    """Set a number apart from its unit: 45m, 17yo, 80ans."""
    found = _NUMBER_WITH_UNIT.fullmatch(word)
    if found:
        number, unit = found.groups()
        return [number, _CHART_LETTERS.get(unit, unit)]
    return word.split()
