"""Turn what people write, in English or French, into comparable words; imports nothing heavy."""

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ð": "d", "þ": "th"})
# l'aide -> l aide, and what stands before is a stop word; but children's -> childrens.
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))
SHORT = 3  # words up to this length are never stemmed and never corrected

_OWNER = re.compile(r"'s\b")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?=\W|$)|\b(?:[a-z]\.){1,}[a-z]\b")
_DIGITS_APART = re.compile(r"(?<=\d)[-.](?=\d)")
_WORD = re.compile(r"[a-z0-9]+")

_ENGLISH = """
a about all am an and any are as at be been but by can could d did do does for from get got had
has have having he her here him his how i if im in into is it its just ll m me my near need
needs of on or our out please re s she so some someone somewhere t than that the their them then
there these they this those to too up us ve very want was we were what when where which who whom
whose will with would you your looking find help
"""
_FRENCH = """
ai as au aux avec c ce ces cet cette chez comme d dans de des du elle elles en est et eu il ils
j je l la le les leur leurs lui ma mais me mes mon n ne nos notre nous on ont ou par pas pour qu
que quel quelle quels quelles qui s sa sans se ses son sont suis sur ta te tes toi ton tu un une
vos votre vous y besoin cherche aide trouver voudrais
"""
STOP_WORDS = frozenset(_ENGLISH.split()) | frozenset(_FRENCH.split())

# (ending, what replaces it, letters that must be left before it), the first that fits is taken.
_PLURALS = (
    ("eaux", "eau", 1),
    ("aux", "al", 3),
    ("sses", "ss", 2),
    ("ies", "y", 2),
    ("eux", "eu", 3),
    ("ss", "ss", 1),
    ("us", "us", 1),
    ("is", "is", 1),
    ("s", "", 3),
)
_ENDINGS = (
    ("ement", "", 4),
    ("ment", "", 4),
    ("ing", "", 4),
    ("ee", "", 4),
    ("ed", "", 4),
    ("e", "", 4),
)


def fold(text: str) -> str:
    """Write in small letters without accents or apostrophes: "L'Aidé" becomes "l aide"."""
    lowered = text.lower().translate(LIGATURES).translate(APOSTROPHES)
    lowered = _OWNER.sub("s", lowered).replace("'", " ")
    if lowered.isascii():
        return lowered
    apart = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """Split into folded words; "A.A." is one word and so is "2-1-1"."""
    folded = fold(text)
    if "." in folded:
        folded = _DOTTED.sub(lambda found: found.group().replace(".", ""), folded)
    return _WORD.findall(_DIGITS_APART.sub("", folded))


def content(words: list[str]) -> list[str]:
    """Leave out the stop words, unless there is nothing else."""
    return [word for word in words if word not in STOP_WORDS] or words


def stem(word: str) -> str:
    """Take light English and French endings off a folded word: houses, housing -> hous.

    One rule for both languages, since a query says not which it is in. It is meant to bring the
    forms of a word together, not to be read.
    """
    if len(word) <= SHORT or not word.isalpha():
        return word
    word = _without(_PLURALS, word)
    word = _without(_ENDINGS, word)
    if len(word) > SHORT and word[-1] == word[-2]:
        return word[:-1]
    return word


def _without(table: tuple[tuple[str, str, int], ...], word: str) -> str:
    for ending, instead, left in table:
        if word.endswith(ending):
            kept = len(word) - len(ending)
            return word[:kept] + instead if kept >= left else word
    return word
