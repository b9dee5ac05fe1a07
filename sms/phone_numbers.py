"""Telephone numbers as carriers write them: E.164, short codes and alphanumeric senders."""

import re
from enum import StrEnum

import phonenumbers
from phonenumbers import (
    NumberFormat,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
)

# What a carrier puts in place of a withheld number: the words RESTRICTED, BLOCKED, ANONYMOUS,
# UNKNOWN/UNAVAILABLE spelled on a keypad. Nobody can be texted there.
WITHHELD = frozenset({"+7378742833", "+2562533", "+266696687", "+8566696", "+86282452253"})

REGION = "CA"
"""Where a number without a country code is dialled."""

NORTH_AMERICA = 1
"""The country code that Canada shares with the United States and most of the Caribbean."""

LONGEST_NUMBER = 60
"""Characters that are read: "+1 (905) 555-0100 extension 12345" has 32, and people add spaces."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_NATIONAL = re.compile(r"1?[2-9][0-9]{9}")
_EXTENSION = re.compile(r"[\s,;]*(?:ext(?:ension)?\.?|poste|x|#)\s*[0-9]{1,6}\s*$", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015\u00a0/]+")
_SHORT_CODE = re.compile(r"[0-9]{3,6}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &_+\-]{1,11}")

# Three groups with hyphens, as the directory prints numbers; the library's own national form is
# "(905) 555-0100", which costs two characters more in a text.
_HYPHENS = [NumberFormat(pattern=r"(\d{3})(\d{3})(\d{4})", format=r"\1-\2-\3")]


class NumberKind(StrEnum):
    """What stands in a sender or recipient field."""

    PHONE = "phone"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    UNKNOWN = "unknown"


def to_e164(raw: str) -> str | None:
    """Return a telephone number as "+19055550100", or None where it is none.

    Ten digits are North American; an extension is dropped (a text can't reach one). Short codes,
    alphanumeric senders, withheld numbers and channel addresses ("whatsapp:...") give None.
    """
    if len(raw) > LONGEST_NUMBER:
        return None
    dialled = _PUNCTUATION.sub("", _EXTENSION.sub("", raw.strip()))
    if dialled.startswith("00"):
        dialled = "+" + dialled[2:]
    if dialled.startswith("+"):
        # Kept digit for digit as the carrier wrote it: a number's hash is made from this, so a
        # tidier form would be somebody whom we have never heard of.
        return dialled if dialled not in WITHHELD and _parse(dialled) else None
    if not _NATIONAL.fullmatch(dialled):
        return None
    number = _parse(dialled)
    return None if number is None else phonenumbers.format_number(number, PhoneNumberFormat.E164)


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
    parsed = _parse(number) if number.startswith("+") else None
    if parsed is None or parsed.country_code != NORTH_AMERICA:
        return number
    return phonenumbers.format_by_pattern(parsed, PhoneNumberFormat.NATIONAL, _HYPHENS)


def _parse(dialled: str) -> PhoneNumber | None:
    """Return the parts of a number that can be dialled, None of any other.

    Possible is enough, valid is not asked for: 555-01xx is reserved for fiction, so that demo and
    tests can't ring anybody, and new area codes come faster than new releases of the library.
    Abroad the carrier's word is taken for the length: it still writes Mexican mobiles with a 1
    ("+52155...") that the library has forgotten, and nobody should be refused for that.
    """
    if dialled.startswith("+") and not _E164.fullmatch(dialled):
        return None
    try:
        number = phonenumbers.parse(dialled, REGION)
    except NumberParseException:
        return None
    if number.country_code != NORTH_AMERICA:
        return number
    # North American area codes begin with 2 to 9, which a count of digits does not see. The other
    # "possible" of the library is a number that can be dialled in its own town only.
    has_area_code = _NATIONAL.fullmatch(dialled.removeprefix("+")) is not None
    reason = phonenumbers.is_possible_number_with_reason(number)
    return number if has_area_code and reason == ValidationResult.IS_POSSIBLE else None
