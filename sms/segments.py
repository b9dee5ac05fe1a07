"""How many parts a text is sent and billed as, and how to word it so that they are few."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Units of a text that stands alone, and of each part of a longer one, which has a header of 6 or 7:
# 3GPP TS 23.040, 140 bytes a message.
GSM_SINGLE = 160
GSM_PART = 153
UCS2_SINGLE = 70
UCS2_PART = 67
# Canadian carriers take 136 GSM-7 characters in one part: https://www.twilio.com/en/guidelines/ca/sms
CANADA_SINGLE = 136

# 3GPP TS 23.038: the basic alphabet, and what takes two units (an escape and a character).
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_GSM7 = _BASIC | _EXTENDED

_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LOOK_ALIKES = str.maketrans(
    dict.fromkeys("’‘‛′ʼ´`‚‹›", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−•‣◦·", "-")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("\u2028\u2029", "\n")
    | dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", "")
    | {"…": "...", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "×": "x", "÷": "/", "→": "->"}
    | {"≥": ">=", "≤": "<=", "½": "1/2", "¼": "1/4", "¾": "3/4", "№": "No", "™": "TM", "©": "(c)"}
)
_INNER_SPACE = re.compile(r"«\s+|\s+»")


class Encoding(StrEnum):
    """The alphabet a text is sent in; one character outside GSM-7 makes all of it UCS-2."""

    GSM7 = "gsm-7"
    UCS2 = "ucs-2"


@dataclass(frozen=True, slots=True)
class MessageSize:
    """What a text weighs: units are septets in GSM-7 and UTF-16 units in UCS-2."""

    encoding: Encoding
    units: int
    segments: int


def is_gsm7(text: str) -> bool:
    """Say whether a text can be sent in the small alphabet."""
    return _GSM7.issuperset(text)


def measure(text: str) -> MessageSize:
    """Return encoding, units and segments of a text; an empty one has no segment."""
    if is_gsm7(text):
        widths = [2 if character in _EXTENDED else 1 for character in text]
        return _size(Encoding.GSM7, widths, single=GSM_SINGLE, part=GSM_PART)
    widths = [2 if ord(character) > 0xFFFF else 1 for character in text]
    return _size(Encoding.UCS2, widths, single=UCS2_SINGLE, part=UCS2_PART)


def fits_segments(text: str, *, segments: int) -> bool:
    """Say whether a text stays within so many segments; one segment is Canada's, of 136."""
    size = measure(text)
    if segments == 1 and size.encoding is Encoding.GSM7:
        return size.units <= CANADA_SINGLE
    return size.segments <= segments


def to_gsm7(text: str) -> str:
    """Return the text with look-alikes of GSM-7 in place of curly quotes, dashes, ê, œ and such.

    What has no look-alike (an emoji, another script) stays as it is.
    """
    composed = unicodedata.normalize("NFC", text)
    if is_gsm7(composed):
        return composed
    unspaced = _INNER_SPACE.sub(lambda match: match[0].strip(), composed)
    return "".join(map(_plain_character, unspaced.translate(_LOOK_ALIKES)))


def _plain_character(character: str) -> str:
    if is_gsm7(character):
        return character
    apart = unicodedata.normalize("NFKD", character)
    letters = "".join(piece for piece in apart if not unicodedata.combining(piece))
    return letters if letters and is_gsm7(letters) else character


def _size(encoding: Encoding, widths: Iterable[int], *, single: int, part: int) -> MessageSize:
    """Count parts as they are filled: a character of two units is never split between two."""
    units = used = 0
    parts = 1
    for width in widths:
        units += width
        if used + width > part:
            parts, used = parts + 1, 0
        used += width
    segments = (1 if units else 0) if units <= single else parts
    return MessageSize(encoding, units, segments)
