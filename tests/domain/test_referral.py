"""The moves of a referral as a table: from where to where, who may, what is needed, by when."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from navigator.domain.errors import Missing, WrongMove
from navigator.domain.referral import (
    CLOSED,
    ENDING,
    MOVES,
    OPEN,
    Move,
    MoveCommand,
    Owner,
    Reason,
    Status,
    apply_move,
    possible_moves,
)
from navigator.domain.roles import Role, Staff
from tests.makers import CALENDAR, MONDAY_NOON

ROBIN = Staff(1, "Robin", Role.NAVIGATOR)

STILL_OPEN = "draft sent acknowledged needs_info accepted waitlisted connecting connected"
OVER = "completed declined redirected withdrawn unsuccessful"

LEADS: Mapping[Move, tuple[str, Status]] = {
    Move.SEND: ("draft", Status.SENT),
    Move.TAKE: ("sent acknowledged needs_info", Status.ACCEPTED),
    Move.ATTEMPT: ("accepted connecting waitlisted", Status.CONNECTING),
    Move.REACH: ("accepted connecting waitlisted", Status.CONNECTED),
    Move.WAITLIST: ("accepted connecting", Status.WAITLISTED),
    Move.COMPLETE: ("connected", Status.COMPLETED),
    Move.DECLINE: ("sent acknowledged", Status.DECLINED),
    Move.FAIL: ("accepted connecting waitlisted connected", Status.UNSUCCESSFUL),
    Move.WITHDRAW: (STILL_OPEN, Status.WITHDRAWN),
    Move.MISTAKE: (f"{STILL_OPEN} {OVER}", Status.ENTERED_IN_ERROR),
}
"""From which statuses each move leads to which: the whole of it, said a second time."""

EVERY_STEP = [(move, status) for move in Move for status in Status]


def command(move: Move, *, by: Staff | None = ROBIN, reason: str = "other") -> MoveCommand:
    return MoveCommand(move, at=MONDAY_NOON, staff=by, reason=reason, note="spoke on the phone")


def test_every_move_has_its_rule() -> None:
    assert set(LEADS) == set(MOVES) == set(Move)
    assert set(Status) == OPEN | CLOSED
    assert not OPEN & CLOSED


@pytest.mark.parametrize(("move", "status"), EVERY_STEP)
def test_staff_make_a_move_from_its_statuses_and_from_no_other(move: Move, status: Status) -> None:
    sources, target = LEADS[move]
    if status in sources.split():
        assert apply_move(status, command(move), CALENDAR).status is target
    else:
        with pytest.raises(WrongMove):
            apply_move(status, command(move), CALENDAR)
    assert (move in possible_moves(status)) is (status in sources.split())


@pytest.mark.parametrize(("move", "status"), EVERY_STEP)
def test_a_person_may_send_and_withdraw_and_nothing_else(move: Move, status: Status) -> None:
    sources, target = LEADS[move]
    if move in {Move.SEND, Move.WITHDRAW} and status in sources.split():
        assert apply_move(status, command(move, by=None), CALENDAR).status is target
    else:
        with pytest.raises(WrongMove):
            apply_move(status, command(move, by=None), CALENDAR)


@pytest.mark.parametrize("status", Status)
def test_nothing_leads_out_of_an_end_but_a_mistake(status: Status) -> None:
    if status is Status.ENTERED_IN_ERROR:
        assert possible_moves(status) == ()
    elif status in CLOSED:
        assert possible_moves(status) == (Move.MISTAKE,)
    else:
        assert Move.WITHDRAW in possible_moves(status)


@pytest.mark.parametrize("move", Move)
def test_the_moves_that_close_a_referral_are_those_that_are_asked_twice(move: Move) -> None:
    assert (move in ENDING) is (LEADS[move][1] in CLOSED)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("reason", ["", "because", "OTHER", *Reason])
def test_no_and_failure_need_a_reason_of_the_list(move: Move, reason: str) -> None:
    status = Status(LEADS[move][0].split()[0])
    if move in {Move.DECLINE, Move.FAIL} and reason not in set(Reason):
        with pytest.raises(Missing) as caught:
            apply_move(status, command(move, reason=reason), CALENDAR)
        assert caught.value.field == "reason"
    else:
        apply_move(status, command(move, reason=reason), CALENDAR)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("note", ["", " \n ", "left a message"])
def test_a_contact_needs_a_note(move: Move, note: str) -> None:
    status = Status(LEADS[move][0].split()[0])
    contact = MoveCommand(move, at=MONDAY_NOON, staff=ROBIN, reason="other", note=note)
    if move in {Move.ATTEMPT, Move.REACH} and not note.strip():
        with pytest.raises(Missing) as caught:
            apply_move(status, contact, CALENDAR)
        assert caught.value.field == "note"
    else:
        apply_move(status, contact, CALENDAR)


@pytest.mark.parametrize(
    ("move", "owner", "action", "days"),
    [
        (Move.SEND, Owner.RECEIVER, "take", 2),
        (Move.TAKE, Owner.RECEIVER, "contact", 7),
        (Move.ATTEMPT, Owner.RECEIVER, "try_again", 2),
        (Move.REACH, Owner.SENDER, "ask_outcome", 14),
        (Move.WAITLIST, Owner.RECEIVER, "reconfirm", 30),
        *((move, Owner.NONE, "", None) for move in sorted(ENDING)),
    ],
)
def test_after_a_move_it_is_said_whose_turn_it_is_and_by_when(
    move: Move, owner: Owner, action: str, days: int | None
) -> None:
    state = apply_move(Status(LEADS[move][0].split()[0]), command(move), CALENDAR)
    assert (state.next_owner, state.next_action) == (owner, action)
    assert state.due_at == (None if days is None else MONDAY_NOON + timedelta(days=days))


@pytest.mark.parametrize(
    ("move", "status", "waited"),
    [
        (Move.SEND, Status.DRAFT, 6),  # Thursday 24 to Wednesday 30: a weekend and two holidays
        (Move.ATTEMPT, Status.ACCEPTED, 6),
        (Move.TAKE, Status.SENT, 7),  # a week is a week
    ],
)
def test_business_days_know_weekends_and_holidays_and_other_clocks_do_not(
    move: Move, status: Status, waited: int
) -> None:
    christmas_eve = MONDAY_NOON + timedelta(days=31)
    asked = MoveCommand(move, at=christmas_eve, staff=ROBIN, note="no answer")
    state = apply_move(status, asked, CALENDAR)
    assert state.due_at == christmas_eve + timedelta(days=waited)


def test_the_person_is_told_by_text_of_what_others_decide() -> None:
    told = {move for move, rule in MOVES.items() if rule.told}
    assert told == {Move.TAKE, Move.WAITLIST, Move.COMPLETE, Move.DECLINE, Move.FAIL}
