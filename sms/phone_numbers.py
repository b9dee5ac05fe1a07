"""Telephone numbers as carriers write them: E.164, short codes and alphanumeric senders."""

import re
from enum import StrEnum

# What a carrier puts in place of a withheld number: the words RESTRICTED, BLOCKED, ANONYMOUS,
# UNKNOWN/UNAVAILABLE spelled on a keypad. Nobody can be texted there.
WITHHELD = frozenset({"+7378742833", "+2562533", "+266696687", "+8566696", "+86282452253"})

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_NORTH_AMERICAN = re.compile(r"1?([2-9][0-9]{9})")
_EXTENSION = re.compile(r"[\s,;]*(?:ext(?:ension)?\.?|poste|x|#)\s*[0-9]{1,6}\s*$", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015\u00a0/]+")
_SHORT_CODE = re.compile(r"[0-9]{3,6}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &_+\-]{1,11}")


class NumberKind(StrEnum):
    """Say what stands in a sender or recipient field."""

    PHONE = "phone"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    UNKNOWN = "unknown"


def to_e164(raw: str) -> str | None:
    """Return a telephone number as "+19055550100", or None where it is none.

    Ten digits are North American; an extension is dropped (a text can't reach one). Short codes,
    alphanumeric senders, withheld numbers and channel addresses ("whatsapp:...") give None.
    """
    digits = _PUNCTUATION.sub("", _EXTENSION.sub("", raw.strip()))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+"):
        return digits if _E164.fullmatch(digits) and _is_plausible(digits) else None
    match = _NORTH_AMERICAN.fullmatch(digits)
    return f"+1{match[1]}" if match else None


def _is_plausible(number: str) -> bool:
    if number in WITHHELD:
        return False
    return not number.startswith("+1") or _NORTH_AMERICAN.fullmatch(number[1:]) is not None


def number_kind(raw: str) -> NumberKind:
    """Say whether a sender can be a person's phone, a machine's short code or a mere name."""
    stripped = raw.strip()
    if to_e164(stripped):
        return NumberKind.PHONE
    if _SHORT_CODE.fullmatch(stripped):
        return NumberKind.SHORT_CODE
    if _ALPHANUMERIC.fullmatch(stripped):
        return NumberKind.ALPHANUMERIC
    return NumberKind.UNKNOWN


def format_number(number: str) -> str:
    """Return a North American E.164 number as people write it ("905-555-0100")."""
    match = _NORTH_AMERICAN.fullmatch(number.removeprefix("+"))
    if match is None or not number.startswith("+1"):
        return number
    digits = match[1]
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
