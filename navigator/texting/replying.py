"""Answer a text in the webhook's response; what can't be handled now is kept on disk."""

import logging

from navigator.parts import Parts
from navigator.texting.catching_up import take_in_spooled
from navigator.texting.handling import handle
from navigator.texting.spooling import Spool, spooled_reply
from sms.incoming import Incoming

LOG = logging.getLogger(__name__)


def reply(parts: Parts, incoming: Incoming, *, language: str = "en") -> str:
    """Answer a text; empty means silence."""
    spool = Spool(parts.settings.home, parts.vault)
    try:
        if spool.holds(incoming):
            # First come, first served: earlier texts of this number are still on disk.
            take_in_spooled(parts, of=incoming)
        return handle(parts, incoming, language=language)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the text must not be lost
        LOG.error("a text is kept on disk (%s)", type(error).__name__)
        return spool.add(incoming, spooled_reply(incoming, parts.danger), now=parts.now())
