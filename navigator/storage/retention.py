"""Delete what is not needed any more: letters that were sent, and texts of talks gone silent."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update

from navigator.domain.referral import OPEN
from navigator.storage.database import Transaction
from navigator.storage.outbox import LetterState
from navigator.storage.rows import (
    ConversationRow,
    DeliveryRow,
    IncomingRow,
    LetterRow,
    PersonRow,
    ReferralRow,
)
from navigator.vault import Vault

UNSETTLED = (LetterState.WAITING, LetterState.TAKEN)


def delete_letters(tx: Transaction, *, before: datetime) -> int:
    """Delete letters that were settled before a moment, with what the carrier told of them."""
    old = (LetterRow.settled_at < before) & LetterRow.state.not_in(UNSETTLED)
    sids = select(LetterRow.carrier_sid).where(old, LetterRow.carrier_sid.is_not(None))
    tx.execute(delete(DeliveryRow).where(DeliveryRow.carrier_sid.in_(sids)))
    return len(tx.execute(delete(LetterRow).where(old).returning(LetterRow.id)).all())


def delete_silent_talks(tx: Transaction, vault: Vault, *, before: datetime) -> int:
    """Delete talks silent since a moment that no open referral belongs to; give how many.

    Of a number that opted out, the fact that it did is kept, and nothing else.
    """
    referred = exists().where(
        PersonRow.number_hash == ConversationRow.number_hash,
        ReferralRow.person_id == PersonRow.id,
        ReferralRow.status.in_(OPEN),
    )
    silent = (ConversationRow.heard_at < before) & ~referred
    left = silent & ConversationRow.opted_out_at.is_not(None)
    gone = silent & ConversationRow.opted_out_at.is_(None)
    emptied = select(ConversationRow.id).where(left)
    tx.execute(delete(IncomingRow).where(IncomingRow.conversation_id.in_(emptied)))
    tx.execute(update(ConversationRow).where(left).values(state_sealed=vault.seal("")))
    deleted = select(ConversationRow.id).where(gone)
    tx.execute(delete(IncomingRow).where(IncomingRow.conversation_id.in_(deleted)))
    return len(tx.execute(delete(ConversationRow).where(gone).returning(ConversationRow.id)).all())
