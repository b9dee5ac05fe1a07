"""A unit of work: one database session, committed once, with the encryption of what it holds."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from navigator.encryption import Encryptor


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What storage functions take; a face opens it (Database.unit_of_work), services hand it on."""

    session: Session
    encryption: Encryptor
