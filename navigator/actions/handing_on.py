"""Hand an interview on: a code, made with the person's yes, under which it can be gone on with."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from navigator.domain.conversation import State
from navigator.domain.eligibility import Answer
from navigator.domain.staff import Staff
from navigator.storage import handoffs, history
from navigator.storage.database import Transaction
from navigator.vault import Vault

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


class Refused(StrEnum):
    """Why a code opens nothing."""

    UNKNOWN = "unknown"
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class Carried:
    """What is handed on: needs and answers; no words, no name, no number."""

    needs: tuple[str, ...]
    answers: Mapping[str, Answer]
    asked: tuple[str, ...]
    for_other: bool
    language: str
    talk: str = ""
    """The talk by text that it was made in, to be closed where it is taken up by text."""


def make(tx: Transaction, vault: Vault, carried: Carried, *, now: datetime) -> str | None:
    """Keep an interview and give its code; None when too many were made in the last hour."""
    if handoffs.made_since(tx, now - AN_HOUR) >= MOST_MADE:
        return None
    code = _drawn()
    handoffs.add(tx, vault, code, json.dumps(asdict(carried)), now=now, expires_at=now + LASTS)
    return code


def take(
    tx: Transaction, vault: Vault, typed: str, *, who: Staff | None, now: datetime
) -> Carried | Refused:
    """Open a code as it was typed; who of the staff did it is written down.

    A wrong code is counted, so the transaction must be kept also then.
    """
    if who is None and handoffs.wrong_since(tx, now - AN_HOUR) >= MOST_WRONG:
        return Refused.TOO_MANY
    carried = _find(tx, vault, typed, now=now)
    if who is not None:
        act = "open-handoff" if carried else "open-handoff-wrong"
        history.note(tx, actor=who.name, act=act, subject="", now=now)
    elif carried is None:
        handoffs.note_wrong(tx, now=now)
    return carried or Refused.UNKNOWN


def begun(carried: Carried) -> State:
    """Give the state of a talk by text that goes on with what was handed on."""
    return State(
        needs=carried.needs,
        answers=carried.answers,
        asked=len(carried.asked),
        for_other=carried.for_other,
    )


def forget(tx: Transaction, vault: Vault, typed: str) -> None:
    """Delete what a code was made for."""
    code = tidy(typed)
    if code is not None:
        handoffs.forget(tx, vault, code)


def forget_expired(tx: Transaction, *, now: datetime) -> int:
    """Delete expired codes, and wrong ones that no longer count; give how many had expired."""
    handoffs.forget_wrong(tx, before=now - AN_HOUR)
    return handoffs.forget_expired(tx, now=now)


def tidy(typed: str) -> str | None:
    """Give the code that somebody typed: "k7f-3pq" is K7F3PQ; None where it can be none."""
    code = "".join(letter for letter in typed.upper() if letter not in " -.\t")
    known = len(code) == LENGTH and set(code) <= set(LETTERS)
    return code if known else None


def is_unlike_words(code: str) -> bool:
    """Say whether a code can be told from a word, an age, a year and a postal code."""
    return _LIKE_WORDS.fullmatch(code) is None


def spaced(code: str) -> str:
    """Write a code so that it can be read out: K7F-3PQ."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def _drawn() -> str:
    code = ""
    while not is_unlike_words(code):
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return code


def _find(tx: Transaction, vault: Vault, typed: str, *, now: datetime) -> Carried | None:
    code = tidy(typed)
    kept = handoffs.find(tx, vault, code, now=now) if code else None
    if kept is None:
        return None
    told = json.loads(kept)
    return Carried(**{**told, "needs": tuple(told["needs"]), "asked": tuple(told["asked"])})
