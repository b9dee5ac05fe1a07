"""Numbers as people text them: digits, keycaps, words and ordinals, in English and French."""

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from sms.normalizer import fold_sms, strip_phone_signature, word_set, words

_CARDINALS: Mapping[str, int] = {
    word: number
    for number, spelled in enumerate(
        (
            "zero",
            "one un une",
            "two deux",
            "three trois",
            "four quatre",
            "five cinq",
            "six",
            "seven sept",
            "eight huit",
            "nine neuf",
            "ten dix 🔟",
            "eleven onze",
            "twelve douze",
        )
    )
    for word in spelled.split()
}
_ORDINALS: Mapping[str, int] = {
    word: number
    for number, spelled in enumerate(
        (
            "first premier premiere",
            "second deuxieme seconde",
            "third troisieme",
            "fourth quatrieme",
            "fifth cinquieme",
            "sixth sixieme",
            "seventh septieme",
            "eighth huitieme",
            "ninth neuvieme",
            "tenth dixieme",
        ),
        start=1,
    )
    for word in spelled.split()
}
_LAST = frozenset({"last", "dernier", "derniere"})
_PRONOUNS = frozenset({"one", "ones", "option", "choice", "choix"})

# What may stand beside a number without changing it. Anything else does: "I have 2 kids".
_BESIDE_ALL = word_set(
    "option opt options number num numero choice choix answer reponse reply please pls plz svp stp"
    " thanks thx merci ok okay hi hello bonjour salut le la l um uh euh definitely probably"
    " pick choose select choisis prends reponds"
)
_BESIDE_DIGITS = _BESIDE_ALL | word_set(
    "the i id ill want would like go going with it its is my lets do say think guess that thats"
    " take sure je j ai veux voudrais vais c est ce mon ma dirais crois pense serait sera you u"
    " thank"
)
_SHORTEST_MISSPELLED = 5  # letters from which on a wrong one is forgiven ("thrid", not "tent")
_NO_ORDINAL = ("s", "ty")  # endings of other words: seconds, fifty
_NUMERIC_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e|er|ere|re|eme|ieme|nde)")
_GLUED = re.compile(r"(?:option|opt|number|num|numero|choice|choix|answer|reponse|no|n)(\d{1,2})")
_NUMBER_SIGN = re.compile(r"(?:\bno\.?|\bn ?[°º]|#)\s*(?=\d)")
# A time, a price, a range, a fraction: a digit that counts something, and chooses nothing.
_NO_CHOICE = re.compile(r"\d\s*[.,:/\-–]\s*\d|[$€%]|\d{3,}")


def number_of(body: str) -> int | None:
    """Return the number that a message is, where it is nearly nothing else.

    "2", "#2", "2)", a keycap, "two please", "the second one", "la 2e"; None for "I have 2 kids",
    for two numbers, and for a time, a price or a range.
    """
    folded = strip_phone_signature(fold_sms(body))
    if _NO_CHOICE.search(folded):
        return None
    found = _numbers(words(_NUMBER_SIGN.sub("", folded)))
    return next(iter(found)) if len(found) == 1 else None


def is_last(body: str) -> bool:
    """Say whether a message means the last of a list ("the last one", "le dernier")."""
    said = set(words(strip_phone_signature(fold_sms(body))))
    return bool(said & _LAST) and said <= _LAST | _PRONOUNS | _BESIDE_DIGITS


def _numbers(said: tuple[str, ...]) -> set[int]:
    """Return the different numbers said; none at all where another word stands beside them."""
    found: set[int] = set()
    beside: set[str] = set()
    is_spelled = after_ordinal = False
    for word in said:
        ordinal = _ordinal(word)
        digits = _GLUED.sub(r"\1", word)
        if ordinal is not None:
            found.add(ordinal)
        elif after_ordinal and word in _PRONOUNS:
            pass
        elif digits.isdecimal() and len(digits) <= 2:
            found.add(int(digits))
        elif word in _CARDINALS:
            found.add(_CARDINALS[word])
            is_spelled = True
        else:
            beside.add(word)
        after_ordinal = ordinal is not None
    return found if beside <= (_BESIDE_ALL if is_spelled else _BESIDE_DIGITS) else set()


def _ordinal(word: str) -> int | None:
    """Return what an ordinal counts; a long one may be misspelled by a letter ("thrid")."""
    numeric = _NUMERIC_ORDINAL.fullmatch(word)
    if numeric:
        return int(numeric[1])
    if word in _ORDINALS or len(word) < _SHORTEST_MISSPELLED or word.endswith(_NO_ORDINAL):
        return _ORDINALS.get(word)
    near = {
        number
        for ordinal, number in _ORDINALS.items()
        if ordinal[0] == word[0] and OSA.distance(word, ordinal, score_cutoff=1) == 1
    }
    return near.pop() if len(near) == 1 else None
