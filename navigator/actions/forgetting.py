"""What is not needed any more is deleted: letters, silent talks, hand-off codes."""

from datetime import datetime, timedelta

from navigator.actions import handing_on
from navigator.storage import retention
from navigator.storage.database import Transaction
from navigator.vault import Vault

LETTERS_KEPT = timedelta(days=30)
TALKS_KEPT = timedelta(days=30)
"""Texts of a talk that went silent are kept so long, unless a referral of the number is open.

Our choice, from the reference's default: message bodies 30 days, then counters only.
"""


def forget_old(tx: Transaction, vault: Vault, *, now: datetime) -> int:
    """Delete all that has had its time; give how many letters and talks."""
    letters = retention.delete_letters(tx, before=now - LETTERS_KEPT)
    talks = retention.delete_silent_talks(tx, vault, before=now - TALKS_KEPT)
    handing_on.forget_expired(tx, now=now)
    return letters + talks
