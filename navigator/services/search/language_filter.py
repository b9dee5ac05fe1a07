"""The language that a service should speak, where a query names one: "french speaking"."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.bilingual import Bilingual
from directory_data.records import ServiceRecord
from search_index.analyzer import STOP_WORDS, tokens

NAMES: Mapping[str, tuple[str, str, str]] = {
    "en": ("English", "anglais", "english anglais anglaise anglophone"),
    "fr": ("French", "français", "french francais francaise francophone francophones"),
    "ase": ("American Sign Language", "langue des signes", "asl"),
    "am": ("Amharic", "amharique", "amharic amharique"),
    "ar": ("Arabic", "arabe", "arabic arabe arabophone"),
    "bn": ("Bengali", "bengali", "bengali bangla"),
    "es": ("Spanish", "espagnol", "spanish espagnol espagnole hispanophone"),
    "fa": ("Farsi", "farsi", "farsi persian persan dari"),
    "gu": ("Gujarati", "gujarati", "gujarati"),
    "hi": ("Hindi", "hindi", "hindi"),
    "it": ("Italian", "italien", "italian italien italienne"),
    "ko": ("Korean", "coréen", "korean coreen coreenne"),
    "pa": ("Punjabi", "pendjabi", "punjabi panjabi pendjabi penjabi"),
    "pl": ("Polish", "polonais", "polish polonais polonaise"),
    "ps": ("Pashto", "pachto", "pashto pachto"),
    "pt": ("Portuguese", "portugais", "portuguese portugais portugaise"),
    "ru": ("Russian", "russe", "russian russe"),
    "so": ("Somali", "somali", "somali"),
    "ta": ("Tamil", "tamoul", "tamil tamoul"),
    "tl": ("Tagalog", "tagalog", "tagalog filipino"),
    "uk": ("Ukrainian", "ukrainien", "ukrainian ukrainien ukrainienne"),
    "ur": ("Urdu", "ourdou", "urdu ourdou"),
    "vi": ("Vietnamese", "vietnamien", "vietnamese vietnamien vietnamienne"),
    "zh": ("Chinese", "chinois", "chinese mandarin cantonese chinois chinoise cantonais"),
}
"""Code of a language -> its name in English and in French, and the words that name it, folded."""

_CODES = {word: code for code, (_, _, words) in NAMES.items() for word in words.split()}
_BEFORE = frozenset("in en speak speaks speaking parle parlent parlant parler".split())
_AFTER = frozenset("speaking speaker speakers speak".split())
_LEARNING = frozenset(
    "class classes course courses cours lesson lessons learn learning apprendre improve practice "
    "practise school ecole test exam tutor teacher food restaurant".split()
)
SPEAKS, WITH_INTERPRETER, OTHER = 1.2, 1.05, 0.6
"""Factors of the score: speaks it, says that there are interpreters or more languages, neither."""


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language that was asked for."""

    code: str
    label: Bilingual

    def factor(self, record: ServiceRecord) -> float:
        """Give the factor of a service's score."""
        if self.code in record.languages:
            return SPEAKS
        return WITH_INTERPRETER if record.languages_note else OTHER


def spoken_language_in(text: str) -> tuple[SpokenLanguage | None, str]:
    """Find the language that is asked for, and the text without it.

    "English" is only meant where it is said to be spoken; who wants to learn a language does not
    ask for a service in it.
    """
    words = tokens(text)
    is_learning = bool(_LEARNING.intersection(words))
    for place, word in enumerate(words):
        code = _CODES.get(word)
        if code is None:
            continue
        before, after = words[place - 1 : place], words[place + 1 : place + 2]
        is_spoken = bool(_BEFORE.intersection(before) or _AFTER.intersection(after))
        if is_spoken or not (is_learning or code == "en"):
            english, french, _ = NAMES[code]
            return SpokenLanguage(code, Bilingual(en=english, fr=french)), _without(text, code)
    return None, text


def _without(text: str, code: str) -> str:
    removed = {*NAMES[code][2].split(), *_AFTER, *_BEFORE - {"in", "en"}}
    pieces = [piece for piece in text.split() if not removed.issuperset(tokens(piece))]
    left = {word for piece in pieces for word in tokens(piece)}
    return "" if left <= STOP_WORDS else " ".join(pieces)
