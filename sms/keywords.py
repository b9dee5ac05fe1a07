"""The words that carriers and Canadian rules reserve, understood as whole messages only."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal, TypeVar

from sms.inbound_message import OptOutType
from sms.normalizer import fold_sms, without_punctuation

T = TypeVar("T")


class Keyword(StrEnum):
    """What a reserved word asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class KeywordMatch:
    """A reserved word; the language to answer in, None where the word is the same in both."""

    keyword: Keyword
    language: Literal["en", "fr"] | None


_STOP = KeywordMatch(Keyword.STOP, "en")
_ARRET = KeywordMatch(Keyword.STOP, "fr")
# There is one word for it, offered to English and French speakers alike.
_START = KeywordMatch(Keyword.START, None)

# The carrier's default words, and the ones that Canadian short codes must know in both languages:
# https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
# https://support.infobip.com/docs/essentials/usa-and-canada-compliance/canadian-mandatory-keyword-responses
# YES starts again for some carriers but is an answer to a question for people: not here.
KEYWORDS: Mapping[str, KeywordMatch] = {
    "stop": _STOP,
    "stopall": _STOP,
    "stop all": _STOP,
    "unsubscribe": _STOP,
    "cancel": _STOP,
    "end": _STOP,
    "quit": _STOP,
    "revoke": _STOP,
    "optout": _STOP,
    "opt out": _STOP,
    "opt-out": _STOP,
    "arret": _ARRET,
    "arrete": _ARRET,
    "arrett": _ARRET,
    "start": _START,
    "unstop": _START,
    "help": KeywordMatch(Keyword.HELP, "en"),
    "aide": KeywordMatch(Keyword.HELP, "fr"),
    "info": KeywordMatch(Keyword.INFO, None),
}

# Words that must never be asked for as an answer: a carrier may act on them by itself.
RESERVED: frozenset[str] = frozenset({*KEYWORDS, "yes"})

_OF_THE_CARRIER: Mapping[OptOutType, frozenset[Keyword]] = {
    OptOutType.STOP: frozenset({Keyword.STOP}),
    OptOutType.START: frozenset({Keyword.START}),
    OptOutType.HELP: frozenset({Keyword.HELP, Keyword.INFO}),
}


def whole_message(body: str, table: Mapping[str, T]) -> T | None:
    """Return the table's entry for a message that is nothing but that word.

    Case, accents, spaces and one trailing punctuation mark don't matter; anything beside does.
    """
    said = without_punctuation(body)
    return next((value for word, value in table.items() if _folded(word) == said), None)


@cache
def _folded(word: str) -> str:
    """Fold a word of a table; what people write is never kept."""
    return fold_sms(word)


def carrier_keyword(body: str, opt_out_type: OptOutType | None = None) -> KeywordMatch | None:
    """Return the reserved word that a message is, or None.

    Where the carrier says what it took the message for, that wins (its list may hold words that
    ours does not); the language is still read from the word.
    """
    match = KEYWORDS.get(without_punctuation(body))
    if opt_out_type is None:
        return match
    if match is not None and match.keyword in _OF_THE_CARRIER[opt_out_type]:
        return match
    return KeywordMatch(Keyword(opt_out_type.value.lower()), match.language if match else None)
