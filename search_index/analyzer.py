"""Turn what people write, in English or French, into comparable words; imports nothing heavy."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and an accent, and the apostrophes.
# l'aide -> l aide: what stands before is a stop word. But children's -> childrens, can't -> cant.
_SIGNS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ð": "d", "þ": "th"} | dict.fromkeys("’ʼ‘`´", "'")
)
SHORT = 3  # words up to this length are never stemmed and never corrected

_ENGLISH_END = re.compile(r"'(?=s\b)|(?<=n)'(?=t\b)")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?=\W|$)|\b(?:[a-z]\.){1,}[a-z]\b")
_DIGITS_APART = re.compile(r"(?<=\d)[-.](?=\d)")
_WORD = re.compile(r"[a-z0-9]+")

_ENGLISH = """
a about all am an and any are as at be been but by can could d did do does find for from get got
had has have having he help her here hes him his how i id if im in into is it its ive just ll
looking m me my near need needs of on or our out please re s she shes so some t than that the
their them then there these they theyre this those to too up us ve very want was we were what
when where which who whom whose will with would you your youre
"""
_FRENCH = """
ai aide as au aux avec besoin c ce ces cet cette cherche chez comme d dans de des du elle elles
en est et eu il ils j je l la le les leur leurs lui ma mais me mes mon n ne nos notre nous on
ont ou par pas pour qu que quel quelle quelles quels qui s sa sans se ses son sont suis sur ta
te tes toi ton trouver tu un une vos votre voudrais vous y
"""
STOP_WORDS = frozenset(_ENGLISH.split()) | frozenset(_FRENCH.split())

# Words of conversation: they can be part of a phrase ("someone to talk to"), but say nothing of
# what is looked for, and are never taken for a misspelling of something else.
_CHATTER = """
2 4 able again alle aller alors already also always ans anybody anymore anyone anything anywhere
apres around asap assez aucun aucune aussi autre autres avaient avais avait avant avoir back
beaucoup because being better bien bon bonjour both bring ca call came cannot cant car cela
chose come coming cos cuz deja depuis devoir didnt dire dit doesnt doing dois doit donc done
dont each else encore entre es etaient etais etait etes etre even ever every everyone everything
faire fais fait faut feel feeling few first gave gets getting give given go goes going gone
gonna good gotta great guess hadnt hasnt havent hello hey hi ici idk instead isnt jamais juste
keep keeps kind knew know known la least less let lets like little loin lot lots made maintenant
make makes making many may maybe mean meme merci might mine moi moins more most much must n
never new next no nobody non none nor not nothing nouveau now nowhere off ok okay once one only
other others oui parce parler pendant people person personne peu peut peux pls plus plz possible
pourquoi pouvoir prendre pris put quand quelqu quelque quelques quoi r rather really rien right
said sais salut same saw say says see seem seen sera should si since somebody someone something
sometimes somewhere sommes soon sorry sous still stp stuff such sure svp take taken taking talk
tell thank thanks thing things think though thru till today told tonight took toujours tous tout
toute toutes tres tried trop try trying u until ur use using va vais vas vers veut veux voila
voir vraiment wanna wants wasnt way well went werent while why without wont wouldnt yeah yes yet
"""
CHATTER = frozenset(_CHATTER.split())

# Words that mean nothing of their own after one of these: "en cas de", "of course", "a cause de".
_PHRASES = {
    "cas": frozenset({"au", "ce", "en", "tout"}),
    "case": frozenset({"in"}),
    "cause": frozenset({"a"}),
    "course": frozenset({"of"}),
    "lieu": frozenset({"au", "ont"}),
}

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
    ("ee", "e", 2),
    ("ed", "", 4),
    ("e", "", 4),
)


def fold_text(text: str) -> str:
    """Write in small letters without accents or apostrophes: "L'Aidé" becomes "l aide"."""
    lowered = text.lower()
    if not lowered.isascii() or "`" in lowered:
        lowered = lowered.translate(_SIGNS)
    if "'" in lowered:
        lowered = _ENGLISH_END.sub("", lowered).replace("'", " ")
    if lowered.isascii():
        return lowered
    apart = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """Split into folded words; "A.A." is one word and so is "2-1-1"."""
    folded = fold_text(text)
    if "." in folded:
        folded = _DOTTED.sub(lambda found: found.group().replace(".", ""), folded)
    if "." in folded or "-" in folded:
        folded = _DIGITS_APART.sub("", folded)
    return _WORD.findall(folded)


def telling_words(words: list[str]) -> list[str]:
    """Leave out the words that only stand in a phrase: "en cas de" is not about the CAS."""
    if _PHRASES.keys().isdisjoint(words):
        return words
    before = ("", *words)
    return [
        word
        for last, word in zip(before, words, strict=False)
        if last not in _PHRASES.get(word, ())
    ]


def content_words(words: list[str]) -> list[str]:
    """Leave out the stop words, unless there is nothing else."""
    return [word for word in telling_words(words) if word not in STOP_WORDS] or words


@lru_cache(maxsize=16_384)
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
