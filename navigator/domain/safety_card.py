"""Make the card for a danger: the fixed first message, then the right lines for the person."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from directory_data.crisis_lines import CrisisLine, CrisisLines
from navigator.nlp.danger.detector import Danger, DangerLevel
from navigator.wording.content import safety_first_words

CardLanguage = Literal["en", "fr"]

MOST_LINES = 3
"""More numbers than that are read by nobody in danger."""


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """What a person in danger is told; `then` runs beside `service_ids`, one line each."""

    first: str
    then: tuple[str, ...]
    service_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardReader:
    """What is known of the person who reads a card; None where it is not.

    `local`: whether they live in the region.
    """

    language: CardLanguage
    age: int | None = None
    local: bool | None = None


def make_safety_card(
    danger: Danger,
    reader: CardReader,
    *,
    lines: CrisisLines,
    number_of: Callable[[str], str | None],
) -> SafetyCard:
    """Return the card for a crisis or an emergency.

    `number_of` gives a service's number from the directory, or None when there is none to show;
    such a line is left out. Raises ValueError when there is no danger.
    """
    first = first_words(danger, reader.language)
    shown: list[tuple[str, str]] = []
    for service_id in _in_order(danger, reader.age, lines):
        line = lines.lines[service_id]
        number = number_of(service_id) if _is_for(line, reader) else None
        if number is not None:
            shown.append((service_id, line.text[reader.language].format(number=number)))
    shown = shown[:MOST_LINES]
    return SafetyCard(
        first=first,
        then=tuple(text for _, text in shown),
        service_ids=tuple(service_id for service_id, _ in shown),
    )


def first_words(danger: Danger, language: CardLanguage) -> str:
    """Give the fixed first message of a card; raise ValueError when there is no danger."""
    if danger.level is DangerLevel.NONE or danger.kind is None:
        raise ValueError("there is no card where there is no danger")
    whom = "worker" if danger.worker else danger.about
    return safety_first_words()[danger.level][whom].in_(language)


def is_local(municipality: object, municipalities: Collection[str]) -> bool | None:
    """Say whether an answer is a municipality of the region; None where there is no answer."""
    return municipality in municipalities if municipality else None


def _in_order(danger: Danger, age: int | None, lines: CrisisLines) -> Iterator[str]:
    """Give the ids of the lines for a danger, best first; for older people theirs before all."""
    order, older = lines.order[danger.kind or ""], lines.older
    if older is None or age is None or age < older.first_age or danger.kind not in older.kinds:
        yield from order
        return
    yield older.line
    yield from (service_id for service_id in order if service_id != older.line)


def _is_for(line: CrisisLine, reader: CardReader) -> bool:
    if line.local and reader.local is False:
        return False
    if line.language is not None and line.language != reader.language:
        return False
    if reader.age is None:
        return not line.age_needed
    return (line.youngest or 0) <= reader.age and (line.oldest is None or reader.age <= line.oldest)
