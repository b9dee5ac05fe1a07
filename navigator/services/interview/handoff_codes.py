"""Hand an interview on: a code, made with the person's yes, under which it can be gone on with."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from navigator.domain.conversation_state import (
    DialogueMemory,
    InterviewProgress,
    KnownPerson,
    NewConversation,
)
from navigator.domain.eligibility import Answer
from navigator.domain.roles import Staff
from navigator.storage import audit_log, handoff_codes
from navigator.storage.unit_of_work import UnitOfWork

LASTS = timedelta(days=14)
"""How long a code opens what it was made for."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters and digits that look alike."""

LENGTH = 6

_LIKE_WORDS = re.compile(r"\d*[A-Z]*\d*|(?:[A-Z]\d){3}")
"""HUNGRY, 5YEARS, GRADE9, 234567, and postal codes: a text with such a word is no code."""

AN_HOUR = timedelta(hours=1)

MOST_MADE = 300
"""Codes that one instance makes in an hour."""

MOST_WRONG = 20
"""Wrong codes in an hour before only staff may try.

With a thousand codes alive this lets a guesser open one in about 3 years (60 % of 31^6 codes).
"""


class CodeRefused(StrEnum):
    """Why a code opens nothing."""

    UNKNOWN = "unknown"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class HandoffPayload:
    """What is handed on: needs and answers; no words, no name, no number."""

    needs: tuple[str, ...]
    answers: Mapping[str, Answer]
    asked: tuple[str, ...]
    for_other: bool
    language: str
    talk: str = ""
    """The talk by text that it was made in, to be closed where it is taken up by text."""


def create_code(uow: UnitOfWork, carried: HandoffPayload, *, now: datetime) -> str | None:
    """Keep an interview and give its code; None when too many were made in the last hour."""
    if handoff_codes.count_since(uow, now - AN_HOUR) >= MOST_MADE:
        return None
    code = _drawn()
    handoff_codes.add(uow, code, json.dumps(asdict(carried)), now=now, expires_at=now + LASTS)
    return code


def redeem_code(
    uow: UnitOfWork, typed: str, *, who: Staff | None, now: datetime
) -> HandoffPayload | CodeRefused:
    """Open a code as it was typed; who of the staff did it is written down.

    A wrong code is counted, so the transaction must be kept also then.
    """
    if who is None and handoff_codes.count_wrong_since(uow, now - AN_HOUR) >= MOST_WRONG:
        return CodeRefused.TOO_MANY
    carried = _find(uow, typed, now=now)
    if who is not None:
        act = "open-handoff" if carried else "open-handoff-wrong"
        audit_log.record(uow, actor=who.name, act=act, subject="", now=now)
    elif carried is None:
        handoff_codes.add_wrong_code(uow, now=now)
    return carried or CodeRefused.UNKNOWN


def state_from_payload(carried: HandoffPayload) -> NewConversation:
    """Give the state of a conversation by text that goes on with what was handed on."""
    return NewConversation(
        DialogueMemory(
            person=KnownPerson(
                needs=carried.needs, answers=carried.answers, for_other=carried.for_other
            ),
            progress=InterviewProgress(asked=len(carried.asked)),
        )
    )


def delete_code(uow: UnitOfWork, typed: str) -> None:
    """Delete what a code was made for."""
    code = normalize_code(typed)
    if code is not None:
        handoff_codes.delete_code(uow, code)


def delete_expired_codes(uow: UnitOfWork, *, now: datetime) -> int:
    """Delete expired codes, and wrong ones that no longer count; give how many had expired."""
    handoff_codes.delete_wrong_codes(uow, before=now - AN_HOUR)
    return handoff_codes.delete_expired(uow, now=now)


def normalize_code(typed: str) -> str | None:
    """Give the code that somebody typed: "k7f-3pq" is K7F3PQ; None where it can be none."""
    code = "".join(letter for letter in typed.upper() if letter not in " -.\t")
    known = len(code) == LENGTH and set(code) <= set(LETTERS)
    return code if known else None


def is_unlike_words(code: str) -> bool:
    """Say whether a code can be told from a word, an age, a year and a postal code."""
    return _LIKE_WORDS.fullmatch(code) is None


def format_code(code: str) -> str:
    """Write a code so that it can be read out: K7F-3PQ."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def _drawn() -> str:
    code = ""
    while not is_unlike_words(code):
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return code


def _find(uow: UnitOfWork, typed: str, *, now: datetime) -> HandoffPayload | None:
    code = normalize_code(typed)
    kept = handoff_codes.find(uow, code, now=now) if code else None
    if kept is None:
        return None
    told = json.loads(kept)
    return HandoffPayload(**{**told, "needs": tuple(told["needs"]), "asked": tuple(told["asked"])})
