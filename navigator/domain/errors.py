"""What can go wrong by the rules; each error is a sentence for the person who caused it.

Trouble
├── WrongMove      a referral can't make this move from where it stands
├── Missing        a move lacks something that it must record
├── Stale          somebody else changed it meanwhile
├── NotFound       there is no such thing, or not for this person
└── NotAllowed     this role may not do it
"""


class Trouble(Exception):
    """Something that the rules forbid; `key` names the words to show."""

    key = "trouble"


class WrongMove(Trouble):
    """A referral can't make this move from where it stands."""

    key = "wrong_move"


class Missing(Trouble):
    """A move lacks something that it must record."""

    key = "missing"


class Stale(Trouble):
    """Somebody else changed it meanwhile."""

    key = "stale"


class NotFound(Trouble):
    """There is no such thing, or not for this person."""

    key = "not_found"


class NotAllowed(Trouble):
    """This role may not do it."""

    key = "not_allowed"
