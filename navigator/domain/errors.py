"""What can go wrong by the rules; each error is a sentence for the person who caused it.

Trouble
├── WrongMove      a referral can't make this move from where it stands
├── Missing        a move lacks something that it must record
├── Stale          somebody else changed it meanwhile
├── NotFound       there is no such thing, or not for this person
└── NotAllowed     this role may not do it
"""


class DomainError(Exception):
    """Something that the rules forbid; `key` names the words to show."""

    key = "trouble"


class WrongMove(DomainError):
    """A referral can't make this move from where it stands."""

    key = "wrong_move"


class Missing(DomainError):
    """A move lacks something that it must record."""

    key = "missing"


class Stale(DomainError):
    """Somebody else changed it meanwhile."""

    key = "stale"


class NotFound(DomainError):
    """There is no such thing, or not for this person."""

    key = "not_found"


class NotAllowed(DomainError):
    """This role may not do it."""

    key = "not_allowed"
