"""What can go wrong by the rules; a page words each kind for the person who caused it.

DomainError
├── WrongMove      a referral can't make this move from where it stands
├── Missing        a move lacks something that it must record
├── Stale          somebody else changed it meanwhile
├── NotFound       there is no such thing, or not for this person
└── NotAllowed     this role may not do it
"""


class DomainError(Exception):
    """Something that the rules forbid."""


class WrongMove(DomainError):
    """A referral can't make this move from where it stands."""


class Missing(DomainError):
    """A move lacks something that it must record."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the {field} is missing")
        self.field = field


class Stale(DomainError):
    """Somebody else changed it meanwhile."""


class NotFound(DomainError):
    """There is no such thing, or not for this person."""


class NotAllowed(DomainError):
    """This role may not do it."""
