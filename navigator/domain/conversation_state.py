"""A talk by text as a value: where it stands, what was said, what was shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from navigator.domain.eligibility import Answer


class Stage(StrEnum):
    """What the last message asked for."""

    NEW = "new"
    NEED = "need"
    QUESTION = "question"
    LIST = "list"
    WHICH_CONTACT = "which-contact"
    WHICH_MORE = "which-more"
    DETAIL = "detail"
    NAME = "name"
    SAFE = "safe"
    CONSENT = "consent"
    REFERRED = "referred"
    ERASE = "erase"


class SafeContact(StrEnum):
    """How a person may be reached without danger."""

    ANY = "any"
    CALL = "call"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Where a talk stands; made from text and turned into text, and nothing else."""

    stage: Stage = Stage.NEW
    words: str = ""
    for_other: bool = False
    needs: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    asked: int = 0
    question: str | None = None
    narrowing: bool = False
    menu: tuple[str, ...] = ()
    """The choices of the last message, by number."""
    page: int = 0
    """How many places of the list stand before those of the last message."""
    chosen: str | None = None
    name: str = ""
    safe_contact: SafeContact = SafeContact.ANY
    misses: int = 0
    """Texts in a row that were not understood."""
    failures: int = 0
    """Texts of the whole talk that were not understood: each is answered in other words."""
    code: str = ""
    paused: bool = False
    """Danger was answered last; the next text goes on from here."""
    held: tuple[str, ...] = ()
    """Needs that danger told of; what is said next adds to them."""
    urgent: bool = False
    """An emergency was answered last; once more 911 comes before all else."""
    told: bool = False
    """Somebody who waits for a person was told that their texts are kept."""
    past: tuple[str, ...] = ()
    """Earlier states as text, the newest last, for going back."""

    def but(self, **change: Any) -> "ConversationState":
        """Give the same state with some parts changed."""
        return replace(self, **change)


NAMES = tuple(one.name for one in fields(ConversationState))

STEPS_BACK = 5


def start_over(state: ConversationState) -> ConversationState:
    """Forget the needs and the list, keep who the person is."""
    kept = {key: value for key, value in state.answers.items() if value != "declined"}
    return ConversationState(
        answers=kept,
        for_other=state.for_other,
        code=state.code,
        failures=state.failures,
        past=state.past,
    )


def with_history(before: ConversationState, after: ConversationState) -> ConversationState:
    """Give the state after a turn, with the way back to where the talk stood before it."""
    if before.stage is Stage.NEW or _place(before) == _place(after):
        return after
    return after.but(past=(*before.past, dump_state(before.but(past=())))[-STEPS_BACK:])


def previous_state(state: ConversationState) -> ConversationState | None:
    """Give the state one step back; None at the beginning of a talk."""
    if not state.past:
        return None
    *older, last = state.past
    return load_state(last).but(past=tuple(older), failures=state.failures, code=state.code)


def _place(state: ConversationState) -> tuple[object, ...]:
    return (state.stage, state.question, state.page, state.needs, state.menu, state.chosen)


def dump_state(state: ConversationState) -> str:
    """Turn a state into text."""
    # Shallow: what a state holds is text, numbers and tuples of them.
    return json.dumps({name: getattr(state, name) for name in NAMES}, default=dict)


def load_state(text: str) -> ConversationState:
    """Make a state from text; from no text, the state of a talk that just begins."""
    if not text:
        return ConversationState()
    parts = json.loads(text)
    return ConversationState(
        **{
            **{name: value for name, value in parts.items() if name in NAMES},
            "stage": Stage(parts["stage"]),
            "needs": tuple(parts["needs"]),
            "menu": tuple(parts["menu"]),
            "held": tuple(parts.get("held", ())),
            "safe_contact": SafeContact(parts["safe_contact"]),
            "past": tuple(parts.get("past", ())),
        }
    )
