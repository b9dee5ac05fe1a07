"""Seal again all that is sealed, when the key changes."""

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute

from navigator.storage.tables import TableRow
from navigator.storage.unit_of_work import UnitOfWork


def encrypted_columns() -> list[tuple[type[TableRow], str]]:
    """List every sealed column of every table: their names end in _sealed."""
    return [
        (mapper.class_, column.key)
        for mapper in TableRow.registry.mappers
        for column in mapper.column_attrs
        if column.key.endswith("_sealed")
    ]


def reencrypt_all(uow: UnitOfWork) -> int:
    """Seal every sealed text with the newest key; give how many there were."""
    count = 0
    for row, name in encrypted_columns():
        keys = row.__mapper__.primary_key
        column: InstrumentedAttribute[str] = getattr(row, name)
        for *key, sealed in uow.session.execute(select(*keys, column)).all():
            if sealed is None:
                continue
            same = [one == value for one, value in zip(keys, key, strict=True)]
            uow.session.execute(
                update(row).where(*same).values({name: uow.encryption.reencrypt(sealed)})
            )
            count += 1
    return count
