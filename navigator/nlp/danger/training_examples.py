"""Read the reviewed training examples and concepts that the classifier of danger is fitted on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory_data.vocabulary import training_examples as need_examples
from navigator.nlp.danger.phrase_files import BadDangerFile, list_of_texts, read_sections

FOLDER = Path(__file__).parent / "training_examples"
CONCEPTS = Path(__file__).with_name("concepts.yaml")
KEYS = frozenset({"level", "kind", "language", "texts"})
LEVELS = frozenset({"none", "crisis", "emergency"})
CALM = "none"


@dataclass(frozen=True, slots=True)
class DangerExample:
    """Hold a text somebody could write, and what it is; a calm one has no kind."""

    text: str
    language: str
    level: str
    kind: str | None = None


def all_training_examples() -> tuple[DangerExample, ...]:
    """Give all that the classifier is fitted on: what is reviewed here, and calm needs."""
    return (*read_danger_examples(), *calm_need_examples())


def read_danger_examples(folder: Path = FOLDER) -> tuple[DangerExample, ...]:
    """Read all files of the folder; raise BadDangerFile for what can't be understood."""
    return tuple(
        example
        for path in sorted(folder.glob("*.yaml"))
        for block in read_sections(path, frozenset({"examples"})).get("examples", [])
        for example in _examples(block, path.name)
    )


def calm_need_examples() -> Iterator[DangerExample]:
    """Give the examples of needs without danger: what people ask for every day alarms nobody."""
    for block in need_examples.training_examples():
        if not block.danger:
            yield from (DangerExample(text, block.language, CALM) for text in block.texts)


def read_danger_concepts(path: Path = CONCEPTS) -> Mapping[str, tuple[str, ...]]:
    """Read the concepts; raise BadDangerFile for what can't be understood."""
    sections = read_sections(path, frozenset({"concepts"}))
    return {
        name: list_of_texts(entries, f"{path.name}: concept {name}")
        for name, entries in sections.get("concepts", {}).items()
    }


def training_sources() -> Iterator[bytes]:
    """Give the files that the classifier of danger is fitted from, for its fingerprint.

    The phrases are among them: their words say how examples are normalized.
    """
    here = sorted(Path(__file__).parent.rglob("*.yaml"))
    yield from (path.read_bytes() for path in here)
    yield from need_examples.training_sources()


def _examples(block: Mapping[str, Any], file: str) -> list[DangerExample]:
    where = f"{file}: examples {block.get('kind', '')} {block.get('level', '?')}"
    if unknown := set(block) - KEYS:
        raise BadDangerFile(f"{where}: unknown key {sorted(unknown)}")
    level, kind, language = (block.get(key) for key in ("level", "kind", "language"))
    if level not in LEVELS or (level == CALM) == bool(kind):
        raise BadDangerFile(f"{where}: say level none, or level crisis or emergency with a kind")
    if language not in {"en", "fr"}:
        raise BadDangerFile(f"{where}: language is en or fr")
    texts = list_of_texts(block.get("texts"), where)
    return [DangerExample(text, language, level, kind) for text in texts]
