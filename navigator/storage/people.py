"""People who asked to be contacted, and the consents that they gave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from navigator.domain.consent import FIELDS, PURPOSE, Consent
from navigator.storage.database import Transaction
from navigator.storage.rows import ConsentRow, PersonRow
from navigator.vault import Vault


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asked to be contacted, opened; empty after ERASE."""

    id: int
    name: str
    number: str
    language: str
    safe_contact: str


def add(
    tx: Transaction,
    vault: Vault,
    *,
    name: str,
    number: str,
    language: str,
    safe_contact: str,
    now: datetime,
) -> int:
    """Write down a person; give the id."""
    row = PersonRow(
        number_hash=vault.hash(number),
        number_sealed=vault.seal(number),
        name_sealed=vault.seal(name),
        language=language,
        safe_contact=safe_contact,
        created_at=now,
        erased_at=None,
    )
    tx.add(row)
    tx.flush()
    return row.id


def find(tx: Transaction, vault: Vault, person_id: int) -> Person:
    """Find a person by id."""
    row = tx.get_one(PersonRow, person_id)
    return Person(
        id=row.id,
        name=vault.open(row.name_sealed),
        number=vault.open(row.number_sealed),
        language=row.language,
        safe_contact=row.safe_contact,
    )


def with_number(tx: Transaction, vault: Vault, number: str) -> tuple[int, ...]:
    """List the ids of the people who gave a number."""
    query = select(PersonRow.id).where(
        PersonRow.number_hash == vault.hash(number), PersonRow.erased_at.is_(None)
    )
    return tuple(tx.scalars(query))


def erase(tx: Transaction, vault: Vault, person_id: int, *, now: datetime) -> None:
    """Forget who a person was: name, number and the words of their consents; counts stay."""
    nothing = vault.seal("")
    tx.execute(
        update(PersonRow)
        .where(PersonRow.id == person_id)
        .values(number_hash="", number_sealed=nothing, name_sealed=nothing, erased_at=now)
    )
    tx.execute(
        update(ConsentRow).where(ConsentRow.person_id == person_id).values(words_sealed=nothing)
    )


def add_consent(tx: Transaction, vault: Vault, person_id: int, consent: Consent) -> int:
    """Keep a consent as it was given; give its id."""
    row = ConsentRow(
        person_id=person_id,
        service_id=consent.service_id,
        recipient=consent.recipient,
        purpose=PURPOSE,
        fields={"shared": list(FIELDS)},
        words_sealed=vault.seal(consent.words),
        language=consent.language,
        answer=consent.answer,
        channel=consent.channel,
        given_at=consent.given_at,
        expires_at=consent.expires_at,
        withdrawn_at=None,
    )
    tx.add(row)
    tx.flush()
    return row.id


def withdraw_consents(tx: Transaction, person_id: int, *, now: datetime) -> None:
    """Write down that a person took all consents back."""
    tx.execute(
        update(ConsentRow)
        .where(ConsentRow.person_id == person_id, ConsentRow.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )


def consent_counts(tx: Transaction, consent_id: int, *, now: datetime) -> bool:
    """Say whether a consent still counts: not withdrawn, not expired."""
    row = tx.get_one(ConsentRow, consent_id)
    return row.withdrawn_at is None and now < row.expires_at


def consent(tx: Transaction, vault: Vault, consent_id: int) -> Consent:
    """Find a consent by id."""
    row = tx.get_one(ConsentRow, consent_id)
    return Consent(
        service_id=row.service_id,
        recipient=row.recipient,
        words=vault.open(row.words_sealed),
        language=row.language,
        answer=row.answer,
        channel=row.channel,
        given_at=row.given_at,
    )
