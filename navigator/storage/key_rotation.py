"""Key rotation: everything that is encrypted is encrypted again with the newest key."""

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute

from navigator.storage.tables import TableRow
from navigator.storage.unit_of_work import UnitOfWork


def encrypted_columns() -> list[tuple[type[TableRow], str]]:
    """List every encrypted column of every table: their names end in _sealed."""
    return [
        (mapper.class_, column.key)
        for mapper in TableRow.registry.mappers
        for column in mapper.column_attrs
        if column.key.endswith("_sealed")
    ]


def reencrypt_all(uow: UnitOfWork) -> int:
    """Encrypt every text again with the newest key; give how many there were."""
    count = 0
    for row, name in encrypted_columns():
        keys = row.__mapper__.primary_key
        encrypted: InstrumentedAttribute[str] = getattr(row, name)
        for *key, sealed in uow.session.execute(select(*keys, encrypted)).all():
            if sealed is None:
                continue
            same_row = [column == value for column, value in zip(keys, key, strict=True)]
            uow.session.execute(
                update(row).where(*same_row).values({name: uow.encryption.reencrypt(sealed)})
            )
            count += 1
    return count
