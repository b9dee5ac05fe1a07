"""Seal again all that is sealed, when the key changes."""

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute

from navigator.storage.database import Transaction
from navigator.storage.rows import Row
from navigator.vault import Vault


def sealed_columns() -> list[tuple[type[Row], str]]:
    """List every sealed column of every table: their names end in _sealed."""
    return [
        (mapper.class_, column.key)
        for mapper in Row.registry.mappers
        for column in mapper.column_attrs
        if column.key.endswith("_sealed")
    ]


def reseal_all(tx: Transaction, vault: Vault) -> int:
    """Seal every sealed text with the newest key; give how many there were."""
    count = 0
    for row, name in sealed_columns():
        keys = row.__mapper__.primary_key
        column: InstrumentedAttribute[str] = getattr(row, name)
        for *key, sealed in tx.execute(select(*keys, column)).all():
            if sealed is None:
                continue
            same = [one == value for one, value in zip(keys, key, strict=True)]
            tx.execute(update(row).where(*same).values({name: vault.reseal(sealed)}))
            count += 1
    return count
