"""A navigator takes the word in a talk, writes, and gives it back; the bot is still meanwhile."""

from datetime import datetime
from enum import StrEnum

from navigator.domain.speaking import Handover, after
from navigator.domain.staff import Staff
from navigator.storage import conversations, history, outbox
from navigator.storage.conversations import Talk
from navigator.storage.database import Transaction
from navigator.vault import Vault


class Act(StrEnum):
    """What a navigator can do in a talk."""

    TAKE = "take"
    WRITE = "write"
    HAND_BACK = "hand_back"


def act(
    tx: Transaction, vault: Vault, talk: Talk, wanted: Act, *, who: Staff, text: str, now: datetime
) -> bool:
    """Do it, the talk being held by this transaction; False where the person opted out."""
    if wanted is Act.WRITE and talk.opted_out:
        return False
    handover = Handover.HAND_BACK if wanted is Act.HAND_BACK else Handover.TAKE
    conversations.turn_to(tx, talk, after(talk.speaker, handover), now=now)
    if wanted is Act.WRITE:
        # A person who answers somebody that waits for it is not held up by quiet hours.
        outbox.put(tx, vault, number=talk.number, body=text, kind="person", now=now, not_before=now)
    history.note(tx, actor=who.name, act=f"talk-{wanted}", subject=f"talk {talk.id}", now=now)
    return True
