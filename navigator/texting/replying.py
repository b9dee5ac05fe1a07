"""Answer a text in the webhook's response; what can't be handled now is kept on disk."""

import logging

from navigator.parts import Parts
from navigator.storage.database import Unreachable
from navigator.storage.incoming import reply_to
from navigator.texting.catching_up import take_in_spooled
from navigator.texting.handling import Overtaken, handle
from navigator.texting.spooling import Spool, spooled_reply
from navigator.vault import Sealed
from sms.incoming import Incoming

LOG = logging.getLogger(__name__)


def reply(parts: Parts, incoming: Incoming, *, language: str = "en") -> str:
    """Answer a text; empty means silence."""
    spool = Spool(parts.settings.home, parts.vault)
    try:
        return _in_order(parts, incoming, spool, language)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the text must not be lost
        answered = _answered(parts, incoming)
        if answered is not None:
            return answered
        LOG.error("a text is kept on disk (%s)", type(error).__name__)
        return spool.add(incoming, spooled_reply(incoming, parts.danger), now=parts.now())


def _in_order(parts: Parts, incoming: Incoming, spool: Spool, language: str) -> str:
    """First come, first served: texts of this number that lie on disk go before this one."""
    try:
        if spool.holds(incoming):
            take_in_spooled(parts, of=incoming)
        return handle(parts, incoming, language=language, spool=spool)
    except Overtaken:
        # Perhaps by a copy of this very text, which was answered by what is on disk.
        take_in_spooled(parts, of=incoming)
        return handle(parts, incoming, language=language, spool=spool)


def _answered(parts: Parts, incoming: Incoming) -> str | None:
    """Give the reply that a copy of a text had from a process that waited with more luck."""
    try:
        with parts.database.glance() as tx:
            return reply_to(tx, parts.vault, incoming.sid)
    except (Unreachable, Sealed):
        return None
