"""Make the card for a danger: the fixed first message, then the right lines for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from navigator.nlp.danger.detector import Danger, DangerLevel
from navigator.wording.content import CrisisLineText, SafetyCardTexts

Language = Literal["en", "fr"]

HALTON = frozenset({"Burlington", "Oakville", "Milton", "Halton Hills"})
MOST_LINES = 3  # more numbers than that are read by nobody in danger


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """Hold what a person in danger is told; `then` runs beside `service_ids`, one line each."""

    first: str
    then: tuple[str, ...]
    service_ids: tuple[str, ...]


def make_safety_card(
    danger: Danger,
    *,
    language: Language,
    age: int | None,
    municipality: str | None,
    line: Callable[[str], str | None],
    words: SafetyCardTexts,
) -> SafetyCard:
    """Return the card for a crisis or an emergency.

    `line` gives a service's number from the directory, or None when there is none to show; such a
    line is left out. Raises ValueError when there is no danger.
    """
    if danger.level is DangerLevel.NONE or danger.kind is None:
        raise ValueError("there is no card where there is no danger")
    whom = "worker" if danger.worker else danger.about
    shown: list[tuple[str, str]] = []
    for service_id in _wanted(danger, age, words):
        told = words.lines[service_id]
        if not _is_for(told, language, age, municipality):
            continue
        number = line(service_id)
        if number is not None:
            shown.append((service_id, told.in_(language).format(number=number)))
    shown = shown[:MOST_LINES]
    return SafetyCard(
        first=words.first[danger.level][whom].in_(language),
        then=tuple(text for _, text in shown),
        service_ids=tuple(service_id for service_id, _ in shown),
    )


def _wanted(danger: Danger, age: int | None, words: SafetyCardTexts) -> Iterator[str]:
    older = words.older
    is_older = age is not None and age >= older.from_age and danger.kind in older.kinds
    if is_older:
        yield older.line
    for service_id in words.order[danger.kind or ""]:
        if not (is_older and service_id == older.line):
            yield service_id


def _is_for(told: CrisisLineText, language: Language, age: int | None, place: str | None) -> bool:
    if told.halton and place is not None and place not in HALTON:
        return False
    if told.language is not None and told.language != language:
        return False
    if age is None:
        return not told.age_needed
    return (told.youngest or 0) <= age and (told.oldest is None or age <= told.oldest)
