"""A referral: its statuses, the moves between them, who owns the next step, and the clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from navigator.domain.business_calendar import BusinessCalendar
from navigator.domain.errors import Missing, WrongMove
from navigator.domain.roles import Staff


class Status(StrEnum):
    """Where a referral stands (common language); overdue is a flag, never a status."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    NEEDS_INFO = "needs_info"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    COMPLETED = "completed"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    UNSUCCESSFUL = "unsuccessful"
    ENTERED_IN_ERROR = "entered_in_error"


CLOSED = frozenset(
    {
        Status.COMPLETED,
        Status.DECLINED,
        Status.REDIRECTED,
        Status.WITHDRAWN,
        Status.UNSUCCESSFUL,
        Status.ENTERED_IN_ERROR,
    }
)
OPEN = frozenset(Status) - CLOSED


class Owner(StrEnum):
    """Whose turn it is."""

    PERSON = "person"
    SENDER = "sender"
    RECEIVER = "receiver"
    NONE = "none"


class Move(StrEnum):
    """What can be done with a referral."""

    SEND = "send"
    TAKE = "take"
    ATTEMPT = "attempt"
    REACH = "reach"
    WAITLIST = "waitlist"
    COMPLETE = "complete"
    DECLINE = "decline"
    FAIL = "fail"
    WITHDRAW = "withdraw"
    MISTAKE = "mistake"


class Actor(StrEnum):
    """Who makes a move."""

    PERSON = "person"
    STAFF = "staff"


class Reason(StrEnum):
    """Why a referral was declined or did not work out: a closed list, a note beside it."""

    NOT_ELIGIBLE = "not_eligible"
    NO_CAPACITY = "no_capacity"
    LIST_CLOSED = "list_closed"
    WRONG_SERVICE = "wrong_service"
    NEEDS_MORE_SUPPORT = "needs_more_support_than_offered"
    ALREADY_CLIENT = "already_client"
    MISSING_INFORMATION = "missing_information"
    NOT_REACHED = "not_reached"
    NO_SHOW = "no_show"
    NO_RESPONSE = "no_response"
    PERSON_SAID_NO = "person_said_no"
    PERSON_FOUND_OTHER_HELP = "person_found_other_help"
    LISTING_WRONG = "service_closed_or_listing_wrong"
    LANGUAGE_OR_ACCESS = "language_or_access_not_available"
    COST = "cost"
    TRAVEL = "travel"
    MOVED_AWAY = "moved_away"
    DUPLICATE = "duplicate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MoveRule:
    """From where a move leads where, who may make it, and what stands next."""

    sources: frozenset[Status]
    target: Status
    next_owner: Owner = Owner.NONE
    next_action: str = ""
    within: timedelta | None = None
    """By when the next action is due."""
    business_days: bool = False
    """Whether `within` counts business days only."""
    by_person: bool = False
    """Whether the person may make it too, and not only staff."""
    needs_reason: bool = False
    needs_note: bool = False
    told: bool = False
    """Whether the person is told by text."""

    def allows(self, actor: Actor) -> bool:
        """Say whether somebody may make this move."""
        return actor is Actor.STAFF or self.by_person


# Clocks: our choice, from the reference's defaults: acknowledge in 2 business days, first contact
# in 7 days, try again after 2 business days, ask for the outcome after 14 days, reconfirm a
# waiting list after 30.
S = Status
MOVES: Mapping[Move, MoveRule] = {
    Move.SEND: MoveRule(
        sources=frozenset({S.DRAFT}),
        target=S.SENT,
        next_owner=Owner.RECEIVER,
        next_action="take",
        within=timedelta(days=2),
        business_days=True,
        by_person=True,
    ),
    Move.TAKE: MoveRule(
        sources=frozenset({S.SENT, S.ACKNOWLEDGED, S.NEEDS_INFO}),
        target=S.ACCEPTED,
        next_owner=Owner.RECEIVER,
        next_action="contact",
        within=timedelta(days=7),
        told=True,
    ),
    Move.ATTEMPT: MoveRule(
        sources=frozenset({S.ACCEPTED, S.CONNECTING, S.WAITLISTED}),
        target=S.CONNECTING,
        next_owner=Owner.RECEIVER,
        next_action="try_again",
        within=timedelta(days=2),
        business_days=True,
        needs_note=True,
    ),
    Move.REACH: MoveRule(
        sources=frozenset({S.ACCEPTED, S.CONNECTING, S.WAITLISTED}),
        target=S.CONNECTED,
        next_owner=Owner.SENDER,
        next_action="ask_outcome",
        within=timedelta(days=14),
        needs_note=True,
    ),
    Move.WAITLIST: MoveRule(
        sources=frozenset({S.ACCEPTED, S.CONNECTING}),
        target=S.WAITLISTED,
        next_owner=Owner.RECEIVER,
        next_action="reconfirm",
        within=timedelta(days=30),
        told=True,
    ),
    Move.COMPLETE: MoveRule(sources=frozenset({S.CONNECTED}), target=S.COMPLETED, told=True),
    Move.DECLINE: MoveRule(
        sources=frozenset({S.SENT, S.ACKNOWLEDGED}),
        target=S.DECLINED,
        needs_reason=True,
        told=True,
    ),
    Move.FAIL: MoveRule(
        sources=frozenset({S.ACCEPTED, S.CONNECTING, S.WAITLISTED, S.CONNECTED}),
        target=S.UNSUCCESSFUL,
        needs_reason=True,
        told=True,
    ),
    Move.WITHDRAW: MoveRule(sources=OPEN, target=S.WITHDRAWN, by_person=True),
    Move.MISTAKE: MoveRule(sources=frozenset(S) - {S.ENTERED_IN_ERROR}, target=S.ENTERED_IN_ERROR),
}

ENDING = frozenset({Move.DECLINE, Move.FAIL, Move.WITHDRAW, Move.MISTAKE, Move.COMPLETE})
"""Moves that close a referral: one more click keeps a slip from ending it."""


@dataclass(frozen=True, slots=True)
class MoveCommand:
    """A move that somebody wants to make with a referral as they saw it."""

    move: Move
    at: datetime
    expected_version: int = 0
    """The version that was seen; 0 for a referral that is not written down yet."""
    staff: Staff | None = None
    """Who of the staff makes it; None where the person does."""
    reason: str = ""
    note: str = ""

    @property
    def actor(self) -> Actor:
        """Give the side that makes the move."""
        return Actor.PERSON if self.staff is None else Actor.STAFF


@dataclass(frozen=True, slots=True)
class ReferralState:
    """Where a referral stands after a move: status, whose turn, what, by when."""

    status: Status
    next_owner: Owner
    next_action: str
    due_at: datetime | None


def apply_move(status: Status, command: MoveCommand, calendar: BusinessCalendar) -> ReferralState:
    """Give where a move leads from a status.

    Raises Missing without the note or the reason that it must record, WrongMove from a status or
    by an actor that it is not for. The version is for storage to compare.
    """
    rule = MOVES[command.move]
    if rule.needs_note and not command.note.strip():
        raise Missing("note")
    if status not in rule.sources or not rule.allows(command.actor):
        raise WrongMove(f"{command.move} is not possible for a referral that is {status}")
    if rule.needs_reason and command.reason not in set(Reason):
        raise Missing("reason")
    due_at = _due_at(rule, command.at, calendar)
    return ReferralState(rule.target, rule.next_owner, rule.next_action, due_at)


def possible_moves(status: Status) -> tuple[Move, ...]:
    """List the moves that staff can make from a status."""
    return tuple(move for move, rule in MOVES.items() if status in rule.sources)


def _due_at(rule: MoveRule, at: datetime, calendar: BusinessCalendar) -> datetime | None:
    if rule.within is None:
        return None
    if rule.business_days:
        return calendar.business_days_after(at, rule.within.days)
    return at + rule.within
