"""Answer a text in the webhook's response; what can't be handled now is kept on disk."""

import logging

from navigator.container import Container
from navigator.encryption import Undecryptable
from navigator.messaging.inbound.disk_spool import DiskSpool, spooled_reply
from navigator.messaging.inbound.message_handler import Overtaken, handle_message
from navigator.messaging.inbound.reconciliation import take_in_spooled
from navigator.storage.database import Unreachable
from navigator.storage.inbound_messages import find_reply
from sms.inbound_message import InboundMessage

LOG = logging.getLogger(__name__)


def reply_to_webhook(
    container: Container, incoming: InboundMessage, *, language: str = "en"
) -> str:
    """Answer a text; empty means silence."""
    spool = DiskSpool(container.settings.home, container.encryption)
    try:
        return _in_order(container, incoming, spool, language)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the text must not be lost
        answered = _answered(container, incoming)
        if answered is not None:
            return answered
        LOG.error("a text is kept on disk (%s)", type(error).__name__)
        reply = spooled_reply(incoming, container.danger, container.region.policy)
        return spool.add(incoming, reply, now=container.now())


def _in_order(
    container: Container, incoming: InboundMessage, spool: DiskSpool, language: str
) -> str:
    """First come, first served: texts of this number that lie on disk go before this one."""
    try:
        if spool.holds(incoming):
            take_in_spooled(container, of=incoming)
        return handle_message(container, incoming, language=language, spool=spool)
    except Overtaken:
        # Perhaps by a copy of this very text, which was answered by what is on disk.
        take_in_spooled(container, of=incoming)
        return handle_message(container, incoming, language=language, spool=spool)


def _answered(container: Container, incoming: InboundMessage) -> str | None:
    """Give the reply that a copy of a text had from a process that waited with more luck."""
    try:
        with container.database.read_only_unit_of_work() as uow:
            return find_reply(uow, incoming.sid)
    except (Unreachable, Undecryptable):
        return None
