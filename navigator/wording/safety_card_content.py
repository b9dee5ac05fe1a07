"""Read the fixed words of the safety cards from wording/safety.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("safety.yaml")


@dataclass(frozen=True, slots=True)
class CrisisLineText:
    """Say how one line is named, and for whom it is."""

    text: Mapping[str, str]  # language -> words with {number}
    youngest: int | None = None
    oldest: int | None = None
    age_needed: bool = False
    halton: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class SafetyCardTexts:
    """Hold all words of the cards."""

    first: Mapping[str, Mapping[str, Mapping[str, str]]]  # level -> whom -> language -> text
    lines: Mapping[str, CrisisLineText]  # service id -> words
    order: Mapping[str, tuple[str, ...]]  # kind -> service ids, best first
    older_from: int
    older_line: str
    older_kinds: frozenset[str]


def read_safety_card_texts(file: Path = FILE) -> SafetyCardTexts:
    """Read the file; raise KeyError or TypeError where a needed entry is missing or unknown."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    lines = {
        service_id: CrisisLineText(
            text={"en": raw.pop("en"), "fr": raw.pop("fr")},
            **raw,
        )
        for service_id, raw in content["lines"].items()
    }
    older = content["older"]
    return SafetyCardTexts(
        first=content["first"],
        lines=lines,
        order={kind: tuple(ids) for kind, ids in content["order"].items()},
        older_from=older["from"],
        older_line=older["line"],
        older_kinds=frozenset(older["kinds"]),
    )
