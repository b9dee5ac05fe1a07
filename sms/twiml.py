"""What a webhook answers with: TwiML for texts and for calls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree.ElementTree import tostring

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

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
    response = MessagingResponse()
    response.message(_writable(text))
    return _document(response)


def empty_response() -> bytes:
    """Return the answer that takes note and says nothing."""
    return _document(MessagingResponse())


def voice_say(spoken: Sequence[SpokenText]) -> bytes:
    """Return the answer that reads words to a caller and hangs up."""
    response = VoiceResponse()
    _say(response, spoken)
    response.hangup()
    return _document(response)


def voice_menu(
    spoken: Sequence[SpokenText],
    *,
    action: str,
    otherwise: Sequence[SpokenText] = (),
    seconds: int = 8,
) -> bytes:
    """Return the answer that reads words and waits for one key, which is posted to `action`.

    A key interrupts the reading. Without one, `otherwise` is read and the call ends. The carrier
    waits 5 seconds where nothing is said; 8 leave time to take the phone from the ear and look.
    """
    gather = Gather(input="dtmf", num_digits=1, timeout=seconds, action=action, method="POST")
    _say(gather, spoken)
    response = VoiceResponse()
    response.append(gather)
    _say(response, otherwise)
    response.hangup()
    return _document(response)


def voice_dial(
    number: str,
    *,
    otherwise: Sequence[SpokenText] = (),
    action: str | None = None,
    seconds: int = 25,
) -> bytes:
    """Return the answer that connects a caller with a number, rung for so many seconds.

    What became of it is posted to `action`, as DialCallStatus; without one, `otherwise` is read
    where nobody answers, and when the other side has hung up first. 25 seconds are four or five
    rings: after that many phones answer with a voice mailbox, which is nobody.
    """
    dial = Dial(timeout=seconds, action=action, method="POST" if action else None)
    dial.number(_writable(number))
    response = VoiceResponse()
    response.append(dial)
    _say(response, otherwise)
    response.hangup()
    return _document(response)


def _say(verb: Any, spoken: Sequence[SpokenText]) -> None:  # the library has no types
    for piece in spoken:
        verb.say(_writable(piece.text), language=piece.language)


def _writable(text: str) -> str:
    return _NOT_XML.sub("", text)


def _document(response: Any) -> bytes:
    # Not the library's to_xml(): it names UTF-8 but writes "&#233;" for "é".
    document: bytes = tostring(response.xml(), encoding="UTF-8", xml_declaration=True)
    return document
