"""The analyzer: text in English or French -> folded tokens, content words and stems."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and an accent, and the apostrophes.
# l'aide -> l aide: what stands before is a stop word. But children's -> childrens, can't -> cant.
_FOLDED_CHARACTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ð": "d", "þ": "th"} | dict.fromkeys("’ʼ‘`´", "'")
)
SHORT_WORD = 3
"""Letters of a word that is never stemmed and never corrected: "cas", "ow", "id", "bus" have
neighbours of one edit everywhere."""

_ENGLISH_CLITIC = re.compile(r"'(?=s\b)|(?<=n)'(?=t\b)")
_DOTTED_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}(?=\W|$)|\b(?:[a-z]\.){1,}[a-z]\b")
_DIGIT_SEPARATOR = re.compile(r"(?<=\d)[-.](?=\d)")
_WORD = re.compile(r"[a-z0-9]+")

_ENGLISH_STOP_WORDS = """
a about all am an and any are as at be been but by can could d did do does find for from get got
had has have having he help her here hes him his how i id if im in into is it its ive just ll
looking m me my near need needs of on or our out please re s she shes so some t than that the
their them then there these they theyre this those to too up us ve very want was we were what
when where which who whom whose will with would you your youre
"""
_FRENCH_STOP_WORDS = """
ai aide as au aux avec besoin c ce ces cet cette cherche chez comme d dans de des du elle elles
en est et eu il ils j je l la le les leur leurs lui ma mais me mes mon n ne nos notre nous on
ont ou par pas pour qu que quel quelle quelles quels qui s sa sans se ses son sont suis sur ta
te tes toi ton trouver tu un une vos votre voudrais vous y
"""
STOP_WORDS = frozenset(_ENGLISH_STOP_WORDS.split()) | frozenset(_FRENCH_STOP_WORDS.split())

_FILLER_WORDS = """
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
FILLER_WORDS = frozenset(_FILLER_WORDS.split())
"""Words of conversation: they can be part of a phrase ("someone to talk to"), but say nothing of
what is looked for, and are never taken for a misspelling of something else."""

# Words that mean nothing of their own after one of these: "en cas de", "of course", "a cause de".
_FIXED_PHRASES = {
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
        lowered = lowered.translate(_FOLDED_CHARACTERS)
    if "'" in lowered:
        lowered = _ENGLISH_CLITIC.sub("", lowered).replace("'", " ")
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """Split into folded words; "A.A." is one word and so is "2-1-1"."""
    folded = fold_text(text)
    if "." in folded:
        folded = _DOTTED_ACRONYM.sub(lambda found: found.group().replace(".", ""), folded)
    if "." in folded or "-" in folded:
        folded = _DIGIT_SEPARATOR.sub("", folded)
    return _WORD.findall(folded)


def drop_fixed_phrases(words: list[str]) -> list[str]:
    """Leave out the words that only stand in a fixed phrase: "en cas de" is not about the CAS."""
    if _FIXED_PHRASES.keys().isdisjoint(words):
        return words
    return [
        word
        for previous, word in zip(("", *words), words, strict=False)
        if previous not in _FIXED_PHRASES.get(word, ())
    ]


def content_words(words: list[str]) -> list[str]:
    """Leave out the stop words, unless there is nothing else."""
    return [word for word in drop_fixed_phrases(words) if word not in STOP_WORDS] or words


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Take light English and French endings off a folded word: houses, housing -> hous.

    One rule for both languages, since a query says not which it is in. It is meant to bring the
    forms of a word together, not to be read.
    """
    if len(word) <= SHORT_WORD or not word.isalpha():
        return word
    word = _strip_ending(_PLURALS, word)
    word = _strip_ending(_ENDINGS, word)
    if len(word) > SHORT_WORD and word[-1] == word[-2]:
        return word[:-1]
    return word


def _strip_ending(table: tuple[tuple[str, str, int], ...], word: str) -> str:
    for ending, replacement, least_left in table:
        if word.endswith(ending):
            stem_length = len(word) - len(ending)
            return word[:stem_length] + replacement if stem_length >= least_left else word
    return word
