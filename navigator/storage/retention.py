"""Delete what is not needed any more: letters that were sent, and texts of talks gone silent."""

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

UNSETTLED = (OutboxState.WAITING, OutboxState.TAKEN)


def delete_letters(uow: UnitOfWork, *, before: datetime) -> int:
    """Delete letters that were settled before a moment, with what the carrier told of them."""
    old = (OutboxMessageRow.settled_at < before) & OutboxMessageRow.state.not_in(UNSETTLED)
    sids = select(OutboxMessageRow.carrier_sid).where(
        old, OutboxMessageRow.carrier_sid.is_not(None)
    )
    uow.session.execute(delete(DeliveryReportRow).where(DeliveryReportRow.carrier_sid.in_(sids)))
    return len(
        uow.session.execute(
            delete(OutboxMessageRow).where(old).returning(OutboxMessageRow.id)
        ).all()
    )


def delete_silent_talks(uow: UnitOfWork, *, before: datetime) -> int:
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
