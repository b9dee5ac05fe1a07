"""A talk by text as a value: where it stands, what was said, what was shown."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
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
class State:
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
    chosen: str | None = None
    name: str = ""
    safe_contact: SafeContact = SafeContact.ANY
    misses: int = 0
    code: str = ""

    def but(self, **change: Any) -> "State":
        """Give the same state with some parts changed."""
        return replace(self, **change)


def begin_again(state: State) -> State:
    """Forget the needs and the list, keep who the person is."""
    kept = {key: value for key, value in state.answers.items() if value != "declined"}
    return State(answers=kept, for_other=state.for_other, code=state.code)


def dump(state: State) -> str:
    """Turn a state into text."""
    return json.dumps(asdict(state))


def load(text: str) -> State:
    """Make a state from text; from no text, the state of a talk that just begins."""
    if not text:
        return State()
    parts = json.loads(text)
    return State(
        **{
            **parts,
            "stage": Stage(parts["stage"]),
            "needs": tuple(parts["needs"]),
            "menu": tuple(parts["menu"]),
            "safe_contact": SafeContact(parts["safe_contact"]),
        }
    )
