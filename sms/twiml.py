"""What a webhook answers with: TwiML for texts and for calls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from sms.inbound_message import LONGEST_BODY

CONTENT_TYPE = "text/xml; charset=utf-8"

# What XML 1.0 can't hold, even escaped; one such character would lose the whole answer.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class SpokenText:
    """Words to be read to a caller, in one language."""

    text: str
    language: Literal["en-CA", "fr-CA"]


def message_response(text: str) -> bytes:
    """Return the answer that sends one text back; raises ValueError over 1,600 characters."""
    if len(text) > LONGEST_BODY:
        raise ValueError(f"a text of {len(text)} characters can't be sent")
    response = Element("Response")
    SubElement(response, "Message").text = _writable(text)
    return _written(response)


def empty_response() -> bytes:
    """Return the answer that takes note and says nothing."""
    return _written(Element("Response"))


def voice_say(spoken: Sequence[SpokenText]) -> bytes:
    """Return the answer that reads words to a caller and hangs up."""
    response = Element("Response")
    _say(response, spoken)
    SubElement(response, "Hangup")
    return _written(response)


def voice_menu(
    spoken: Sequence[SpokenText],
    *,
    action: str,
    otherwise: Sequence[SpokenText] = (),
    seconds: int = 8,
) -> bytes:
    """Return the answer that reads words and waits for one key, which is posted to `action`.

    A key interrupts the reading. Without one, `otherwise` is read and the call ends.
    """
    response = Element("Response")
    gather = SubElement(
        response,
        "Gather",
        {
            "input": "dtmf",
            "numDigits": "1",
            "timeout": str(seconds),
            "action": action,
            "method": "POST",
        },
    )
    _say(gather, spoken)
    _say(response, otherwise)
    SubElement(response, "Hangup")
    return _written(response)


def voice_dial(
    number: str,
    *,
    spoken: Sequence[SpokenText] = (),
    otherwise: Sequence[SpokenText] = (),
    action: str = "",
    seconds: int = 25,
) -> bytes:
    """Return the answer that connects a caller with a number, rung for so many seconds.

    What became of it is posted to `action`, as DialCallStatus; without one, `otherwise` is read
    where nobody answers, and when the other side has hung up first.
    """
    response = Element("Response")
    _say(response, spoken)
    dial = SubElement(response, "Dial", {"timeout": str(seconds)})
    if action:
        dial.set("action", action)
        dial.set("method", "POST")
    SubElement(dial, "Number").text = _writable(number)
    _say(response, otherwise)
    SubElement(response, "Hangup")
    return _written(response)


def _say(parent: Element, spoken: Sequence[SpokenText]) -> None:
    for piece in spoken:
        SubElement(parent, "Say", {"language": piece.language}).text = _writable(piece.text)


def _writable(text: str) -> str:
    return _NOT_XML.sub("", text)


def _written(response: Element) -> bytes:
    document: bytes = tostring(response, encoding="UTF-8", xml_declaration=True)
    return document
