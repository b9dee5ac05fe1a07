"""What is not needed any more is deleted: letters, silent talks, hand-off codes."""

from datetime import datetime, timedelta

from navigator.services.interview import handoff_codes
from navigator.storage import retention
from navigator.storage.unit_of_work import UnitOfWork

LETTERS_KEPT = timedelta(days=30)
TALKS_KEPT = timedelta(days=30)
"""Texts of a talk that went silent are kept so long, unless a referral of the number is open.

Our choice, from the reference's default: message bodies 30 days, then counters only.
"""


def delete_expired_data(uow: UnitOfWork, *, now: datetime) -> int:
    """Delete all that has had its time; give how many letters and talks."""
    letters = retention.delete_finalized_messages(uow, before=now - LETTERS_KEPT)
    talks = retention.delete_silent_conversations(uow, before=now - TALKS_KEPT)
    handoff_codes.delete_expired_codes(uow, now=now)
    return letters + talks
