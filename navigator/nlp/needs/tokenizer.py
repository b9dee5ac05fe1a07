"""Turn a text into a row of comparable words that remembers its clauses."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from search_index.analyzer import fold_text
from search_index.analyzer import stem as any_stem

LONGEST_TEXT = 1600  # characters; ten text messages. The rest of a longer text is not read.

# The English endings after an apostrophe, written out. A possessive 's is left away.
_ENDINGS = {"m": " am", "re": " are", "ve": " have", "ll": " will", "d": " would"}
_SUBJECTS = frozenset(("he", "she", "it", "that", "there", "who", "what", "where", "here"))
_APOSTROPHE = re.compile(r"([a-z]+)['’ʼ`´](m|re|ve|ll|d|s|t)\b", re.IGNORECASE)
_PIECE = re.compile(r"[^\W_]+|[.!?;\n()]+|[,:–—/]|\s-\s", re.UNICODE)
# taking, moved: consonant, vowel, consonant before the ending take their e back.
_SHORT_VERB = re.compile(r"([bcdfghjklmnprstvwz][aeiou][bcdfgklmnprstvz])(?:ing|ed)")
_IRREGULAR = {
    "using": "use",
    "used": "use",
    "dying": "die",
    "died": "die",
    "owed": "owe",
    # Being thrown out is not having been thrown out; a course is no court.
    **{word: word for word in ("kicking", "throwing", "cours", "bedding")},
}
# canne is not can, passed is not pas, sonne is not son: a stem that is a little word of its own.
_TOO_SHORT = {"can": "cann", "pas": "pass", "son": "sonn"}
_CHARTED = {"m": "male", "f": "female"}  # a worker's "45M"
_CHART_VERBS = frozenset(("dc", "od"))  # "dc'd from hospital"
_NUMBER_AND_LETTERS = re.compile(r"(\d{1,3})(yo|yrs?|y|ans|m|f|h)")
_HARD = re.compile(r"[.!?;\n()]")
_ABBREVIATION = re.compile(r"\b([a-z])\.(?=[a-z]\b)|\b(?<=\.)([a-z])\.", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def light_stem(word: str) -> str:
    """Take the ending off a folded word; of nouns in -ment only the plural's s.

    Otherwise a placement would be a place, and a payment would be somebody who pays.
    """
    if word.endswith(("ment", "ments")):
        return word.removesuffix("s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    short = _SHORT_VERB.fullmatch(word)
    if short:
        return short.group(1) + "e"
    made = any_stem(word)
    return made if made == word else _TOO_SHORT.get(made, made)


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """Folded words, their stems, and the clause each stands in (`hard`: ended by a full stop)."""

    raw: tuple[str, ...]
    stems: tuple[str, ...]
    hard: tuple[int, ...]
    soft: tuple[int, ...]
    capital: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.raw)

    def without(self, places: Collection[int]) -> "TokenizedText":
        """Give the words that do not stand at some places."""
        if not places:
            return self
        kept = [at for at in range(len(self)) if at not in places]
        return TokenizedText(
            raw=tuple(self.raw[at] for at in kept),
            stems=tuple(self.stems[at] for at in kept),
            hard=tuple(self.hard[at] for at in kept),
            soft=tuple(self.soft[at] for at in kept),
            capital=tuple(self.capital[at] for at in kept),
        )


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it was written, folded, with the clauses that it stands in."""

    word: str
    hard: int
    soft: int
    capital: bool


def tokenize(text: str) -> list[Token]:
    """Split a text into folded words and count its clauses."""
    text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    text = text.replace("$", " dollars ").replace("%", " percent ")
    text = _APOSTROPHE.sub(_written_out, text)
    text = _ABBREVIATION.sub(lambda found: found.group(1) or found.group(2), text)
    shouting = text.isupper()
    found: list[Token] = []
    hard = soft = 0
    for piece in _PIECE.findall(text):
        if not piece[0].isalnum():
            soft += 1
            hard += bool(_HARD.search(piece))
            continue
        capital = len(piece) > 1 and piece.isupper() and not shouting
        found += [Token(word, hard, soft, capital) for word in _parts(fold_text(piece))]
    return found


def tokenized_text(row: list[Token], shorthand: Mapping[str, tuple[str, ...]]) -> TokenizedText:
    """Write shorthand out ("2nite" is tonight) and take the stems."""
    full: list[Token] = []
    for at, piece in enumerate(row):
        if piece.word == "one" and at and row[at - 1].word == "no":
            full[-1] = replace(full[-1], word="nobody")
            continue
        written = _as_preposition(row, at) or shorthand.get(piece.word) or (piece.word,)
        if written == (piece.word,):
            full.append(piece)
        else:
            full += [replace(piece, word=word) for word in written]
    return TokenizedText(
        raw=tuple(piece.word for piece in full),
        stems=tuple(light_stem(piece.word) for piece in full),
        hard=tuple(piece.hard for piece in full),
        soft=tuple(piece.soft for piece in full),
        capital=tuple(piece.capital for piece in full),
    )


_AFTER_TO = re.compile(
    "sleep|stay|eat|go|live|talk|crash|get|find|pay|rent|be|see|stop|quit|work|leave|do"
)
_AFTER_FOR = re.compile("me|my|us|the|a|him|her|food|tonight|kids|2nite|free|help|rent|now")


def _as_preposition(row: list[Token], at: int) -> tuple[str, ...] | None:
    """Read "2 sleep" as "to sleep" and "4 me" as "for me"."""
    if row[at].word not in {"2", "4"} or at + 1 == len(row):
        return None
    following = row[at + 1].word
    if row[at].word == "2":
        return ("to",) if _AFTER_TO.fullmatch(following) else None
    return ("for",) if _AFTER_FOR.fullmatch(following) else None


def _written_out(found: re.Match[str]) -> str:
    left, right = found.group(1), found.group(2).lower()
    if right == "t":
        return _not(left)
    if right == "d" and left.lower() in _CHART_VERBS:
        return f"{left}d"
    if right == "s":
        return f"{left} is" if left.lower() in _SUBJECTS else left
    if len(left) == 1 and left.lower() != "i":
        return found.group()
    return left + _ENDINGS[right]


def _not(left: str) -> str:
    irregular = {"can": "can not", "won": "will not", "shan": "shall not", "ain": "is not"}
    lowered = left.lower()
    if lowered in irregular:
        return irregular[lowered]
    return f"{left[:-1]} not" if lowered.endswith("n") else f"{left} t"


def _parts(word: str) -> list[str]:
    apart = _NUMBER_AND_LETTERS.fullmatch(word)
    if apart:
        number, letters = apart.groups()
        return [number, _CHARTED.get(letters, letters)]
    return word.split()
