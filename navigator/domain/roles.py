"""Who works here, and what each role may do; deny by default."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    """What somebody works as."""

    WORKER = "worker"
    NAVIGATOR = "navigator"
    COORDINATOR = "coordinator"


class Permission(StrEnum):
    """What a page or a move needs."""

    SEE_WORKSPACE = "see-workspace"
    SEE_REFERRALS = "see-referrals"
    MOVE_REFERRALS = "move-referrals"
    TALK = "talk"
    SEE_HISTORY = "see-history"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset({Permission.SEE_WORKSPACE}),
    Role.NAVIGATOR: frozenset(
        {
            Permission.SEE_WORKSPACE,
            Permission.SEE_REFERRALS,
            Permission.MOVE_REFERRALS,
            Permission.TALK,
        }
    ),
    Role.COORDINATOR: frozenset(Permission),
}

SESSION_IDLE = timedelta(minutes=30)
"""After this long without a click, a sign-in has ended."""

SESSION_LONGEST = timedelta(hours=10)
"""A working day: after this a sign-in has ended in any case."""

FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
"""At most 480 passwords a day are tried for a name, and a slip costs nobody their shift."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in."""

    id: int
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Say whether the role has a permission."""
        return permission in PERMISSIONS[self.role]
