"""Hand-off codes: an interview left for another device or a worker, sealed, for some days."""

from datetime import datetime

from sqlalchemy import delete, func, select

from navigator.encryption import Encryptor
from navigator.storage.tables import HandoffRow, WrongCodeRow
from navigator.storage.unit_of_work import UnitOfWork


def add(uow: UnitOfWork, code: str, state: str, *, now: datetime, expires_at: datetime) -> None:
    """Keep a state under the keyed hash of its code; the code itself is written nowhere."""
    uow.session.add(
        HandoffRow(
            code_hash=_hash(uow.encryption, code),
            state_sealed=uow.encryption.encrypt(state),
            created_at=now,
            expires_at=expires_at,
        )
    )
    uow.session.flush()


def find(uow: UnitOfWork, code: str, *, now: datetime) -> str | None:
    """Give the state kept under a code; None where there is none, or it has expired."""
    row = uow.session.get(HandoffRow, _hash(uow.encryption, code))
    if row is None or row.expires_at <= now:
        return None
    return uow.encryption.decrypt(row.state_sealed)


def delete_code(uow: UnitOfWork, code: str) -> None:
    """Delete what is kept under a code."""
    uow.session.execute(
        delete(HandoffRow).where(HandoffRow.code_hash == _hash(uow.encryption, code))
    )


def delete_expired(uow: UnitOfWork, *, now: datetime) -> int:
    """Delete what has expired; give how many there were."""
    expired = list(
        uow.session.scalars(select(HandoffRow.code_hash).where(HandoffRow.expires_at <= now))
    )
    uow.session.execute(delete(HandoffRow).where(HandoffRow.code_hash.in_(expired)))
    return len(expired)


def count_since(uow: UnitOfWork, moment: datetime) -> int:
    """Count the codes made since a moment that are still kept."""
    query = select(func.count()).select_from(HandoffRow).where(HandoffRow.created_at > moment)
    return uow.session.scalar(query) or 0


def add_wrong_code(uow: UnitOfWork, *, now: datetime) -> None:
    """Count a code that opened nothing: when, and nothing else."""
    uow.session.add(WrongCodeRow(at=now))


def count_wrong_since(uow: UnitOfWork, moment: datetime) -> int:
    """Count the wrong codes since a moment."""
    query = select(func.count()).select_from(WrongCodeRow).where(WrongCodeRow.at > moment)
    return uow.session.scalar(query) or 0


def delete_wrong_codes(uow: UnitOfWork, *, before: datetime) -> None:
    """Forget wrong codes from before a moment."""
    uow.session.execute(delete(WrongCodeRow).where(WrongCodeRow.at <= before))


def _hash(encryption: Encryptor, code: str) -> str:
    return encryption.keyed_hash(f"handoff {code}")
