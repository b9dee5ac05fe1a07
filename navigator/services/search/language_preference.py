"""The language that a service should speak, where a query names one: "french speaking"."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory_data.bilingual import Bilingual
from directory_data.records import ServiceRecord
from navigator.wording.language_names import language_name
from search_index.analyzer import STOP_WORDS, tokens

WORDS: Mapping[str, str] = {
    "en": "english anglais anglaise anglophone",
    "fr": "french francais francaise francophone francophones",
    "ase": "asl",
    "am": "amharic amharique",
    "ar": "arabic arabe arabophone",
    "bn": "bengali bangla",
    "es": "spanish espagnol espagnole hispanophone",
    "fa": "farsi persian persan dari",
    "gu": "gujarati",
    "hi": "hindi",
    "it": "italian italien italienne",
    "ko": "korean coreen coreenne",
    "pa": "punjabi panjabi pendjabi penjabi",
    "pl": "polish polonais polonaise",
    "ps": "pashto pachto",
    "pt": "portuguese portugais portugaise",
    "ru": "russian russe",
    "so": "somali",
    "ta": "tamil tamoul",
    "tl": "tagalog filipino",
    "uk": "ukrainian ukrainien ukrainienne",
    "ur": "urdu ourdou",
    "vi": "vietnamese vietnamien vietnamienne",
    "zh": "chinese mandarin cantonese chinois chinoise cantonais",
}
"""ISO 639 code of a language -> the words that name it in a search, folded."""

_CODES = {word: code for code, words in WORDS.items() for word in words.split()}
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
            label = Bilingual(en=language_name(code, "en"), fr=language_name(code, "fr"))
            return SpokenLanguage(code, label), _without(text, code)
    return None, text


def _without(text: str, code: str) -> str:
    removed = {*WORDS[code].split(), *_AFTER, *_BEFORE - {"in", "en"}}
    pieces = [piece for piece in text.split() if not removed.issuperset(tokens(piece))]
    left = {word for piece in pieces for word in tokens(piece)}
    return "" if left <= STOP_WORDS else " ".join(pieces)
