"""A navigator takes the word in a talk, writes, and gives it back; the bot is still meanwhile."""

from datetime import datetime
from enum import StrEnum

from navigator.domain.handover import Handover, next_speaker
from navigator.domain.roles import Staff
from navigator.storage import audit_log, conversations, outbox
from navigator.storage.conversations import Conversation
from navigator.storage.unit_of_work import UnitOfWork


class TakeoverAction(StrEnum):
    """What a navigator can do in a talk."""

    TAKE = "take"
    WRITE = "write"
    HAND_BACK = "hand_back"


def perform_takeover(
    uow: UnitOfWork,
    talk: Conversation,
    wanted: TakeoverAction,
    *,
    who: Staff,
    text: str,
    now: datetime,
) -> bool:
    """Do it, the talk being held by this transaction; False where the person opted out."""
    if wanted is TakeoverAction.WRITE and talk.opted_out:
        return False
    handover = Handover.HAND_BACK if wanted is TakeoverAction.HAND_BACK else Handover.TAKE
    conversations.set_speaker(uow, talk, next_speaker(talk.speaker, handover), now=now)
    if wanted is TakeoverAction.WRITE:
        # A person who answers somebody that waits for it is not held up by quiet hours.
        outbox.enqueue(uow, number=talk.number, body=text, kind="person", now=now, not_before=now)
    audit_log.record(uow, actor=who.name, act=f"talk-{wanted}", subject=f"talk {talk.id}", now=now)
    return True
