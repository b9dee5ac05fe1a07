"""Read the reviewed phrases of danger from phrases/*.yaml, as plain values and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "phrases"
SECTIONS = frozenset(
    {"slots", "groups", "spelling", "emoji", "stop_words", "never_corrected", "never_lemmatized"}
)
FLAGS = frozenset({"calm", "past", "denial", "rises", "falls"})
KEYS = FLAGS | {"name", "why", "phrases", "kind", "level", "mark", "strength", "about"}

Content = Mapping[str, Any]


class BadDangerFile(Exception):
    """A file about danger says something nobody knows; the message names file and group."""


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Say what one reviewed list of phrases means: a danger, a calming phrase, or a mark."""

    name: str
    why: str
    phrases: tuple[str, ...]
    kind: str | None = None
    level: str | None = None
    calm: bool = False
    mark: str | None = None
    strength: str = "plain"
    """plain; weak: a calm whole text takes it back; topic: a subject is named; worry: counts only
    with others."""
    past: bool = False  # long ago makes it a need, not a danger
    denial: bool = True  # "not", "never" before it takes it back
    rises: bool = False  # crisis becomes emergency beside a mark of now
    falls: bool = False  # emergency becomes crisis beside a mark of habit
    about: str | None = None


@dataclass(frozen=True, slots=True)
class DangerPhraseFiles:
    """Hold everything the files say, merged."""

    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[PhraseGroup, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict)
    emoji: Mapping[str, str] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()
    never_corrected: frozenset[str] = frozenset()
    never_lemmatized: frozenset[str] = frozenset()


def read_phrase_files(folder: Path = FOLDER) -> DangerPhraseFiles:
    """Read all files of the folder; raise BadDangerFile for what can't be understood."""
    files = [(path.name, read_sections(path, SECTIONS)) for path in sorted(folder.glob("*.yaml"))]
    return DangerPhraseFiles(
        slots=_slots(files),
        groups=tuple(
            _group(raw, name) for name, content in files for raw in content.get("groups", [])
        ),
        spelling=_pairs(files, "spelling"),
        emoji=_pairs(files, "emoji"),
        stop_words=_words(files, "stop_words"),
        never_corrected=_words(files, "never_corrected"),
        never_lemmatized=_words(files, "never_lemmatized"),
    )


def read_sections(path: Path, known: frozenset[str]) -> Content:
    """Read a file of known sections; raise BadDangerFile for another one."""
    # The base loader makes texts only, so that no, on and 401 stay words.
    content: Content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    if unknown := set(content) - known:
        raise BadDangerFile(f"{path.name}: unknown section {sorted(unknown)}")
    return content


def list_of_texts(entries: Any, where: str) -> tuple[str, ...]:
    """Give a list of texts; raise BadDangerFile, naming the place, for anything else."""
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise BadDangerFile(f"{where}: write a list of texts")
    return tuple(entries)


def _slots(files: list[tuple[str, Content]]) -> dict[str, tuple[str, ...]]:
    slots: dict[str, tuple[str, ...]] = {}
    for file, content in files:
        for name, entries in content.get("slots", {}).items():
            if name in slots:
                raise BadDangerFile(f"{file}: slots {name} is written twice")
            slots[name] = list_of_texts(entries, f"{file}: slots {name}")
    return slots


def _pairs(files: list[tuple[str, Content]], section: str) -> dict[str, str]:
    return {
        str(key): str(value)
        for _, content in files
        for key, value in content.get(section, {}).items()
    }


def _words(files: list[tuple[str, Content]], section: str) -> frozenset[str]:
    lines: Iterator[str] = (line for _, content in files for line in content.get(section, []))
    return frozenset(word for line in lines for word in line.split())


def _group(raw: Content, file: str) -> PhraseGroup:
    where = f"{file}: group {raw.get('name', '?')}"
    if unknown := set(raw) - KEYS:
        raise BadDangerFile(f"{where}: unknown key {sorted(unknown)}")
    if missing := {"name", "why", "phrases"} - set(raw):
        raise BadDangerFile(f"{where}: missing {sorted(missing)}")
    roles = [bool(raw.get("kind")), bool(raw.get("calm")), bool(raw.get("mark"))]
    if sum(roles) != 1:
        raise BadDangerFile(f"{where}: say exactly one of kind, calm, mark")
    if raw.get("kind") and raw.get("level") not in {"crisis", "emergency"}:
        raise BadDangerFile(f"{where}: level is crisis or emergency")
    flags = {key: _flag(raw[key], where) for key in FLAGS & set(raw)}
    phrases = list_of_texts(raw["phrases"], where)
    return PhraseGroup(**{**raw, **flags, "phrases": phrases})


def _flag(value: Any, where: str) -> bool:
    if value not in {"true", "false"}:
        raise BadDangerFile(f"{where}: '{value}' should be true or false")
    return bool(value == "true")
