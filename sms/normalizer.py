"""Folding a text to the plain form in which words are compared: no accents, case or odd spaces."""

import re
import unicodedata

# Skin tones, variation selectors, joiners and marks that change how a character looks, not what
# it says. The combining keycap is among them, so that a keycap emoji becomes its digit.
_LOOKS = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3🏻-🏿]")
_APOSTROPHES = re.compile("[’‘‛′ʼ´`]")
_SIGNATURE = re.compile(
    r"\s+(?:sent from my|sent from|sent with|envoye de mon|envoye depuis|get outlook for) "
    r"[a-z0-9 .,]{2,40}$"
)
_TRAILING_MARK = re.compile(r"\s*[.!?,;:…]$")
_WORDS = re.compile(r"\d+(?:-\d+)+|[a-z0-9]+|[^\x00-\x7f\s]")
_ELISION = re.compile(r"\b(l|d|j|n|s|m|t|c|qu|jusqu|lorsqu|puisqu)'(?=[a-z])")
_ENGLISH_ENDING = re.compile(r"(?<=[a-z])'(?=(?:t|m|s|re|ll|ve|d)\b)")
_RANGE = re.compile(r"(?<=\d)\s*(?:-|–|to|a|et|and)\s*(?=\d)")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


def fold_sms(text: str) -> str:
    """Return the text without accents, case, invisible characters or doubled spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    text = _APOSTROPHES.sub("'", _LOOKS.sub("", text.replace("Œ", "oe").replace("œ", "oe")))
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(_LOOKS.sub("", bare).casefold().split())


def without_punctuation(text: str) -> str:
    """Return the folded text without one trailing punctuation mark."""
    return _TRAILING_MARK.sub("", fold_sms(text), count=1)


def strip_phone_signature(folded: str) -> str:
    """Return a folded text without the line that some phones add ("Sent from my ...")."""
    return _SIGNATURE.sub("", folded)


def words(folded: str) -> tuple[str, ...]:
    """Return the words and emoji of a folded text, drawn-out letters ("yesss") shortened.

    English endings stay with their word ("don't" gives "dont"), French elisions are set apart
    ("l'autre" gives "l", "autre"); a range ("16 to 24") is one word.
    """
    apart = _ENGLISH_ENDING.sub("", _ELISION.sub(r"\1 ", folded))
    return tuple(_WORDS.findall(_RANGE.sub("-", _DRAWN_OUT.sub(r"\1", apart))))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that lists them with spaces between."""
    return frozenset(text.split())
