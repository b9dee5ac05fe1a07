"""A referral: its statuses, the moves between them, who owns the next step, and the clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from navigator.domain.errors import Missing, WrongMove


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
    actors: frozenset[Actor]
    next_owner: Owner
    next_action: str
    within: timedelta | None
    business_days: bool = False
    needs_reason: bool = False
    told: bool = False
    """Whether the person is told by text."""


def _rule(
    sources: set[Status] | frozenset[Status],
    target: Status,
    *,
    owner: Owner = Owner.NONE,
    action: str = "",
    days: int | None = None,
    business: bool = False,
    by_person: bool = False,
    reason: bool = False,
    told: bool = False,
) -> MoveRule:
    return MoveRule(
        sources=frozenset(sources),
        target=target,
        actors=frozenset(Actor) if by_person else frozenset({Actor.STAFF}),
        next_owner=owner,
        next_action=action,
        within=timedelta(days=days) if days is not None else None,
        business_days=business,
        needs_reason=reason,
        told=told,
    )


S = Status
MOVES: Mapping[Move, MoveRule] = {
    # Clocks: our choice, from the reference's defaults: acknowledge in 2 business days, first
    # contact in 7 days, ask for the outcome after 14, reconfirm a waiting list after 30.
    Move.SEND: _rule(
        {S.DRAFT},
        S.SENT,
        owner=Owner.RECEIVER,
        action="take",
        days=2,
        business=True,
        by_person=True,
    ),
    Move.TAKE: _rule(
        {S.SENT, S.ACKNOWLEDGED, S.NEEDS_INFO},
        S.ACCEPTED,
        owner=Owner.RECEIVER,
        action="contact",
        days=7,
        told=True,
    ),
    Move.ATTEMPT: _rule(
        {S.ACCEPTED, S.CONNECTING, S.WAITLISTED},
        S.CONNECTING,
        owner=Owner.RECEIVER,
        action="try_again",
        days=2,
        business=True,
    ),
    Move.REACH: _rule(
        {S.ACCEPTED, S.CONNECTING, S.WAITLISTED},
        S.CONNECTED,
        owner=Owner.SENDER,
        action="ask_outcome",
        days=14,
    ),
    Move.WAITLIST: _rule(
        {S.ACCEPTED, S.CONNECTING},
        S.WAITLISTED,
        owner=Owner.RECEIVER,
        action="reconfirm",
        days=30,
        told=True,
    ),
    Move.COMPLETE: _rule({S.CONNECTED}, S.COMPLETED, told=True),
    Move.DECLINE: _rule({S.SENT, S.ACKNOWLEDGED}, S.DECLINED, reason=True, told=True),
    Move.FAIL: _rule(
        {S.ACCEPTED, S.CONNECTING, S.WAITLISTED, S.CONNECTED},
        S.UNSUCCESSFUL,
        reason=True,
        told=True,
    ),
    Move.WITHDRAW: _rule(OPEN, S.WITHDRAWN, by_person=True),
    Move.MISTAKE: _rule(frozenset(S) - {S.ENTERED_IN_ERROR}, S.ENTERED_IN_ERROR),
}


@dataclass(frozen=True, slots=True)
class ReferralState:
    """Where a referral stands after a move: status, whose turn, what, by when."""

    status: Status
    next_owner: Owner
    next_action: str
    due_at: datetime | None


def apply_move(
    status: Status, move: Move, *, actor: Actor, now: datetime, reason: str = ""
) -> ReferralState:
    """Make a move; raise WrongMove from the wrong status or actor, Missing without its reason."""
    rule = MOVES[move]
    if status not in rule.sources or actor not in rule.actors:
        raise WrongMove(f"{move} is not possible for a referral that is {status}")
    if rule.needs_reason and reason not in set(Reason):
        raise Missing("a reason")
    due = None
    if rule.within is not None:
        due = (
            business_days_after(now, rule.within.days) if rule.business_days else now + rule.within
        )
    return ReferralState(rule.target, rule.next_owner, rule.next_action, due)


ENDING = frozenset({Move.DECLINE, Move.FAIL, Move.WITHDRAW, Move.MISTAKE, Move.COMPLETE})
"""Moves that close a referral: one more click keeps a slip from ending it."""


def possible_moves(status: Status) -> tuple[Move, ...]:
    """List the moves that staff can make from a status."""
    return tuple(
        move
        for move, rule in MOVES.items()
        if status in rule.sources and Actor.STAFF in rule.actors
    )


def business_days_after(moment: datetime, days: int) -> datetime:
    """Go on by whole days, weekends not counted; public holidays are not known here."""
    day = moment
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5  # Monday is 0
    return day
