"""One incoming message, read from what the carrier posted and made safe to store and show."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sms.phone_numbers import to_e164

LONGEST_BODY = 1600  # characters; the carrier's own limit
_LONGEST_FIELD = 64  # characters; a sid has 34, the longest sender ("whatsapp:+...") 25
_MOST_MEDIA = 10  # the carrier's limit for one message
# Characters; below this a long word can't be told from base64 ("helpmehelpmehelpme" is both).
_SHORTEST_BASE64 = 60
# Control characters but tab and line feed, byte-order marks, and marks that reverse the text.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")
_BASE64_PART = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_SID_FIELDS = ("MessageSid", "SmsMessageSid", "SmsSid")


class UnreadableMessage(ValueError):
    """What was posted is no message; this never holds anything of what was posted."""


class OptOutType(StrEnum):
    """What the carrier itself took a message for, and has answered already."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message that came in; the sender is in E.164 where it is a telephone number."""

    sid: str
    sender: str
    recipient: str
    body: str
    media_count: int
    opt_out_type: OptOutType | None
    segments: int


def read_inbound_message(params: Sequence[tuple[str, str]]) -> InboundMessage:
    """Read a message from posted fields; where a field is repeated the first one counts.

    The carrier's guess at a place (FromCity, FromZip...) comes from number allocation, not from
    where anybody is, and is left behind here. Raises UnreadableMessage without a sid or a sender.
    """
    fields: dict[str, str] = {}
    for name, value in params:
        fields.setdefault(name, value)
    sid = next((found for name in _SID_FIELDS if (found := _clean_field(fields.get(name)))), "")
    sender = _clean_field(fields.get("From"))
    if not sid:
        raise UnreadableMessage("a message without a sid")
    if not sender:
        raise UnreadableMessage("a message without a sender")
    recipient = _clean_field(fields.get("To"))
    return InboundMessage(
        sid=sid,
        sender=to_e164(sender) or sender,
        recipient=to_e164(recipient) or recipient,
        body=clean_body(fields.get("Body", "")),
        media_count=min(_count(fields.get("NumMedia"), least=0), _MOST_MEDIA),
        opt_out_type=_opt_out_type(fields.get("OptOutType")),
        segments=_count(fields.get("NumSegments"), least=1),
    )


def clean_body(raw: str) -> str:
    """Return a body as text: decoded, clean, composed (NFC), stripped, within LONGEST_BODY."""
    cleaned = clean_text(raw)
    return (_from_base64(cleaned) or cleaned).strip()[:LONGEST_BODY].rstrip()


def clean_text(text: str) -> str:
    """Return a text that can be stored, encoded and shown: no NUL, no lone surrogates.

    Halves of one emoji are put together again; what can't be read becomes U+FFFD.
    """
    if not text.isascii():
        paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = unicodedata.normalize("NFC", paired)
    return _HARMFUL.sub("", _LINE_ENDS.sub("\n", text))


def _from_base64(text: str) -> str | None:
    """Return what base64 parts say, or None where the text is no base64.

    Some routes deliver long messages as base64, each part padded for itself.
    """
    if len(text) < _SHORTEST_BASE64 or not text.isascii():
        return None
    joined = "".join(text.split())
    parts = _BASE64_PART.findall(joined)
    if "".join(parts) != joined or any(len(part) % 4 for part in parts):
        return None
    try:
        decoded = b"".join(base64.b64decode(part, validate=True) for part in parts).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    readable = clean_text(decoded)
    letters = sum(character.isascii() for character in readable)
    return readable if len(readable) == len(decoded) and letters * 2 > len(readable) else None


def _clean_field(value: str | None) -> str:
    return clean_text(value or "").strip()[:_LONGEST_FIELD]


def _count(value: str | None, *, least: int) -> int:
    digits = (value or "").strip()
    return max(int(digits), least) if re.fullmatch(r"[0-9]{1,4}", digits) else least


def _opt_out_type(value: str | None) -> OptOutType | None:
    name = (value or "").strip().upper()
    return OptOutType(name) if name in OptOutType.__members__ else None
