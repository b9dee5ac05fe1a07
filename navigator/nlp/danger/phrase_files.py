"""Read the reviewed phrases of danger from phrases/*.yaml, as plain values and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "phrases"
SECTIONS = frozenset(
    {"slots", "groups", "spelling", "emoji", "small_words", "real_words", "own_forms"}
    | {"ideas", "examples"}
)
FLAGS = frozenset({"calm", "past", "denial", "rises", "falls"})
KEYS = FLAGS | {"name", "why", "say", "kind", "level", "mark", "strength", "about"}


class BadPhraseFile(Exception):
    """A danger file says something the checker doesn't know; the message names file and group."""


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Say what one reviewed list of phrases means: a danger, a calming phrase, or a mark."""

    name: str
    why: str
    say: tuple[str, ...]
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
class DangerExample:
    """Hold a text somebody could write, and what it is; a calm one has no kind."""

    text: str
    language: str
    level: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class DangerPhraseFiles:
    """Hold everything the files say, merged."""

    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[PhraseGroup, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict)
    emoji: Mapping[str, str] = field(default_factory=dict)
    small_words: frozenset[str] = frozenset()
    real_words: frozenset[str] = frozenset()
    own_forms: frozenset[str] = frozenset()
    ideas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[DangerExample, ...] = ()


def read_phrase_files(folder: Path = FOLDER) -> DangerPhraseFiles:
    """Read all files of the folder; raise BadDangerWords for what can't be understood."""
    slots: dict[str, tuple[str, ...]] = {}
    ideas: dict[str, tuple[str, ...]] = {}
    groups: list[PhraseGroup] = []
    examples: list[DangerExample] = []
    pairs: dict[str, dict[str, str]] = {"spelling": {}, "emoji": {}}
    sets: dict[str, set[str]] = {name: set() for name in ("small_words", "real_words", "own_forms")}
    for path in sorted(folder.glob("*.yaml")):
        # the base loader makes texts only, so that no, on and 401 stay words
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
        if unknown := set(content) - SECTIONS:
            raise BadPhraseFile(f"{path.name}: unknown section {sorted(unknown)}")
        for section, lists in (("slots", slots), ("ideas", ideas)):
            for name, entries in content.get(section, {}).items():
                if name in lists:
                    raise BadPhraseFile(f"{path.name}: {section} {name} is written twice")
                lists[name] = _texts(entries, f"{path.name}: {section} {name}")
        examples += [e for raw in content.get("examples", []) for e in _examples(raw, path.name)]
        groups += [_group(raw, path.name) for raw in content.get("groups", [])]
        for section, known in pairs.items():
            known.update({str(k): str(v) for k, v in content.get(section, {}).items()})
        for section, words in sets.items():
            for line in content.get(section, []):
                words.update(str(line).split())
    return DangerPhraseFiles(
        slots=slots,
        groups=tuple(groups),
        spelling=pairs["spelling"],
        emoji=pairs["emoji"],
        small_words=frozenset(sets["small_words"]),
        real_words=frozenset(sets["real_words"]),
        own_forms=frozenset(sets["own_forms"]),
        ideas=ideas,
        examples=tuple(examples),
    )


def _texts(entries: Any, where: str) -> tuple[str, ...]:
    if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
        raise BadPhraseFile(f"{where}: write a list of texts")
    return tuple(entries)


def _examples(raw: Mapping[str, Any], file: str) -> list[DangerExample]:
    where = f"{file}: examples {raw.get('kind', '')} {raw.get('level', '?')}"
    if unknown := set(raw) - {"level", "kind", "language", "say"}:
        raise BadPhraseFile(f"{where}: unknown key {sorted(unknown)}")
    calm = raw.get("level") == "none"
    if raw.get("level") not in {"none", "crisis", "emergency"} or calm == bool(raw.get("kind")):
        raise BadPhraseFile(f"{where}: say level none, or level crisis or emergency with a kind")
    language = raw.get("language")
    if language not in {"en", "fr"}:
        raise BadPhraseFile(f"{where}: language is en or fr")
    return [
        DangerExample(text, language, raw["level"], raw.get("kind"))
        for text in _texts(raw.get("say"), where)
    ]


def _group(raw: Mapping[str, Any], file: str) -> PhraseGroup:
    where = f"{file}: group {raw.get('name', '?')}"
    if unknown := set(raw) - KEYS:
        raise BadPhraseFile(f"{where}: unknown key {sorted(unknown)}")
    if missing := {"name", "why", "say"} - set(raw):
        raise BadPhraseFile(f"{where}: missing {sorted(missing)}")
    roles = [bool(raw.get("kind")), bool(raw.get("calm")), bool(raw.get("mark"))]
    if sum(roles) != 1:
        raise BadPhraseFile(f"{where}: say exactly one of kind, calm, mark")
    if raw.get("kind") and raw.get("level") not in {"crisis", "emergency"}:
        raise BadPhraseFile(f"{where}: level is crisis or emergency")
    flags = {key: _flag(raw[key], where) for key in FLAGS & set(raw)}
    return PhraseGroup(**{**raw, **flags, "say": _texts(raw["say"], where)})


def _flag(value: Any, where: str) -> bool:
    if value not in {"true", "false"}:
        raise BadPhraseFile(f"{where}: '{value}' should be true or false")
    return bool(value == "true")
