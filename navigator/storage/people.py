"""People who asked to be contacted, and the consents that they gave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from navigator.domain.consent import FIELDS, PURPOSE, Consent
from navigator.storage.tables import ConsentRow, PersonRow
from navigator.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody who asked to be contacted, decrypted; empty after ERASE."""

    id: int
    name: str
    number: str
    language: str
    safe_contact: str


def add(
    uow: UnitOfWork,
    *,
    name: str,
    number: str,
    language: str,
    safe_contact: str,
    now: datetime,
) -> int:
    """Write down a person; give the id."""
    row = PersonRow(
        number_hash=uow.encryption.keyed_hash(number),
        number_sealed=uow.encryption.encrypt(number),
        name_sealed=uow.encryption.encrypt(name),
        language=language,
        safe_contact=safe_contact,
        created_at=now,
        erased_at=None,
    )
    uow.session.add(row)
    uow.session.flush()
    return row.id


def find(uow: UnitOfWork, person_id: int) -> PersonRecord:
    """Find a person by id."""
    row = uow.session.get_one(PersonRow, person_id)
    return PersonRecord(
        id=row.id,
        name=uow.encryption.decrypt(row.name_sealed),
        number=uow.encryption.decrypt(row.number_sealed),
        language=row.language,
        safe_contact=row.safe_contact,
    )


def list_ids_by_number(uow: UnitOfWork, number: str) -> tuple[int, ...]:
    """List the ids of the people who gave a number."""
    query = select(PersonRow.id).where(
        PersonRow.number_hash == uow.encryption.keyed_hash(number), PersonRow.erased_at.is_(None)
    )
    return tuple(uow.session.scalars(query))


def find_safe_contact(uow: UnitOfWork, number: str) -> str | None:
    """Give how it is safe to reach whoever has a number, as they said last; None if unsaid."""
    query = (
        select(PersonRow.safe_contact)
        .where(
            PersonRow.number_hash == uow.encryption.keyed_hash(number),
            PersonRow.erased_at.is_(None),
        )
        .order_by(PersonRow.id.desc())
    )
    return uow.session.scalars(query.limit(1)).first()


def erase(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """Forget who a person was: name, number and the words of their consents; counts stay."""
    nothing = uow.encryption.encrypt("")
    uow.session.execute(
        update(PersonRow)
        .where(PersonRow.id == person_id)
        .values(number_hash="", number_sealed=nothing, name_sealed=nothing, erased_at=now)
    )
    uow.session.execute(
        update(ConsentRow).where(ConsentRow.person_id == person_id).values(words_sealed=nothing)
    )


def add_consent(uow: UnitOfWork, person_id: int, consent: Consent) -> int:
    """Keep a consent as it was given; give its id."""
    row = ConsentRow(
        person_id=person_id,
        service_id=consent.service_id,
        recipient=consent.recipient,
        purpose=PURPOSE,
        fields={"shared": list(FIELDS)},
        words_sealed=uow.encryption.encrypt(consent.words),
        language=consent.language,
        answer=consent.answer,
        channel=consent.channel,
        given_at=consent.given_at,
        expires_at=consent.expires_at,
        withdrawn_at=None,
    )
    uow.session.add(row)
    uow.session.flush()
    return row.id


def withdraw_consents(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    """Write down that a person took all consents back."""
    uow.session.execute(
        update(ConsentRow)
        .where(ConsentRow.person_id == person_id, ConsentRow.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )


def is_consent_valid(uow: UnitOfWork, consent_id: int, *, now: datetime) -> bool:
    """Say whether a consent still counts: not withdrawn, not expired."""
    row = uow.session.get_one(ConsentRow, consent_id)
    return row.withdrawn_at is None and now < row.expires_at


def find_consent(uow: UnitOfWork, consent_id: int) -> Consent:
    """Find a consent by id."""
    row = uow.session.get_one(ConsentRow, consent_id)
    return Consent(
        service_id=row.service_id,
        recipient=row.recipient,
        words=uow.encryption.decrypt(row.words_sealed),
        language=row.language,
        answer=row.answer,
        channel=row.channel,
        given_at=row.given_at,
    )
