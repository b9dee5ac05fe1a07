"""Misspell like people do: seeded, one or two mistakes in each long word."""

import random
import re
from enum import StrEnum

LONG = 5  # letters from which a word is misspelt
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Keys beside each other on a Canadian keyboard.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}
# Spellings of one sound; the first found from a random place on is changed.
_SOUNDS = tuple(
    (spelling, other)
    for spelling, _, other in (
        pair.partition(">")
        for pair in (
            "ph>f f>ph ck>k qu>kw tion>shun ssion>tion c>k k>c ce>se se>ce ci>si s>c x>ks "
            "ie>ei ei>ie ea>ee ee>ea ou>oo ai>ay er>ar or>er a>e e>a i>e y>i o>u "
            "ll>l ss>s tt>t mm>m nn>n rr>r pp>p z>s j>g gh> th>t wh>w kn>n v>f"
        ).split()
    )
)


class Kind(StrEnum):
    """The ways to misspell."""

    INSERT = "insert"
    DELETE = "delete"
    SWAP = "swap"
    SUBSTITUTE = "substitute"
    PHONETIC = "phonetic"


def misspelt(text: str, chance: random.Random) -> str:
    """Put one or two mistakes, with equal chance, into every word of five letters or more."""
    return _WORD.sub(lambda found: _word(found.group(), chance), text)


def _word(word: str, chance: random.Random) -> str:
    if len(word) < LONG:
        return word
    wrong = word
    for _ in range(chance.choice((1, 2))):
        wrong = mistake(wrong, chance.choice(list(Kind)), chance)
    return wrong


def mistake(word: str, kind: Kind, chance: random.Random) -> str:
    """Make one mistake of a kind in a word of at least two letters."""
    place = chance.randrange(len(word))
    letter = word[place]
    if kind is Kind.INSERT:
        return word[:place] + chance.choice((letter, chance.choice(_LETTERS))) + word[place:]
    if kind is Kind.DELETE:
        return word[:place] + word[place + 1 :]
    if kind is Kind.SWAP:
        place = min(place, len(word) - 2)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind is Kind.SUBSTITUTE:
        return word[:place] + chance.choice(_BESIDE.get(letter.lower(), "e")) + word[place + 1 :]
    return _alike(word, chance)


def _alike(word: str, chance: random.Random) -> str:
    possible = [pair for pair in _SOUNDS if pair[0] in word.lower()]
    if not possible:
        return mistake(word, Kind.DELETE, chance)
    spelling, instead = chance.choice(possible)
    place = word.lower().index(spelling)
    return word[:place] + instead + word[place + len(spelling) :]
