"""A number wants no more texts: it is written down, and what waits to be sent is stopped."""

from datetime import datetime

from navigator.storage import conversations, outbox
from navigator.storage.outbox import OutboxMessage, OutboxState
from navigator.storage.unit_of_work import UnitOfWork

REASON = "opted_out"


def opt_out(
    uow: UnitOfWork, number: str, *, now: datetime, refused: OutboxMessage | None = None
) -> None:
    """Opt a number out, however it was learnt: by STOP, or by the carrier's refusal of a message.

    `refused` is that message; it counts as stopped, not as failed.
    """
    if refused is not None:
        outbox.finalize(
            uow,
            refused.id,
            OutboxState.STOPPED,
            now=now,
            carrier_sid=refused.carrier_sid,
            reason=REASON,
        )
    conversation = conversations.find_by_number(uow, number, hold=True)
    if conversation is not None:
        conversations.set_opted_out(uow, conversation.id, now)
    outbox.cancel_waiting(uow, number, reason=REASON, now=now)
