"""The fields of an entry and what a word in each of them is worth."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """`weight`: what one occurrence counts; `length`: how much a long text dilutes it, 0 to 1.

    `stops`: whether stop words are kept (a service may be called "Our House").
    """

    name: str
    weight: float
    length: float
    stops: bool = False


# The position in this table is the bit of the field in a posting's mask.
FIELDS = (
    FieldWeight("name", 5.0, 0.5, stops=True),
    FieldWeight("alternates", 4.5, 0.3, stops=True),
    FieldWeight("acronyms", 6.0, 0.0, stops=True),
    FieldWeight("former", 4.0, 0.3, stops=True),  # filled by old names, see formernames.py
    FieldWeight("organization", 2.5, 0.4, stops=True),
    FieldWeight("needs", 2.0, 0.6),
    FieldWeight("places", 1.5, 0.2),
    FieldWeight("description", 1.0, 0.6),
    FieldWeight("access", 0.5, 0.6),
)
BITS = {field.name: 1 << position for position, field in enumerate(FIELDS)}
NAMES = BITS["name"] | BITS["alternates"] | BITS["acronyms"]


@cache
def fields_in(mask: int) -> tuple[str, ...]:
    """Name the fields of a posting's mask, the weightiest first."""
    return tuple(name for name, bit in BITS.items() if mask & bit)
