"""Delete what is not needed any more: messages that were sent, conversations gone silent."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update

from navigator.domain.referral import OPEN
from navigator.storage.outbox import OutboxState
from navigator.storage.tables import (
    ConversationRow,
    DeliveryReportRow,
    InboundMessageRow,
    OutboxMessageRow,
    PersonRow,
    ReferralRow,
)
from navigator.storage.unit_of_work import UnitOfWork

UNFINISHED = (OutboxState.WAITING, OutboxState.TAKEN)


def delete_finalized_messages(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete messages finalized before a moment, with what the carrier told; give how many."""
    old = (OutboxMessageRow.settled_at < before) & OutboxMessageRow.state.not_in(UNFINISHED)
    sids = select(OutboxMessageRow.carrier_sid).where(
        old, OutboxMessageRow.carrier_sid.is_not(None)
    )
    uow.session.execute(delete(DeliveryReportRow).where(DeliveryReportRow.carrier_sid.in_(sids)))
    return len(
        uow.session.execute(
            delete(OutboxMessageRow).where(old).returning(OutboxMessageRow.id)
        ).all()
    )


def delete_silent_conversations(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete conversations silent since a moment without an open referral; give how many.

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
    uow.session.execute(
        delete(InboundMessageRow).where(InboundMessageRow.conversation_id.in_(emptied))
    )
    uow.session.execute(
        update(ConversationRow).where(left).values(state_sealed=uow.encryption.encrypt(""))
    )
    deleted = select(ConversationRow.id).where(gone)
    uow.session.execute(
        delete(InboundMessageRow).where(InboundMessageRow.conversation_id.in_(deleted))
    )
    return len(
        uow.session.execute(delete(ConversationRow).where(gone).returning(ConversationRow.id)).all()
    )
