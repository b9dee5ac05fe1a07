"""Known items: a service's own words, misspelt, must bring that service first."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.search.typo_generator import misspelt
from search_index.analyzer import STOP_WORDS, tokens
from search_index.index_schema import IndexEntry

WORDS = 12  # of a description
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What is typed, and the services that may come first: all that have the very same words."""

    typed: str
    meant: str
    right: frozenset[str]


def names(entries: Sequence[IndexEntry], seed: int, most: int) -> list[KnownItem]:
    """Misspell the names of services."""
    return _items(entries, "name", lambda text, _: text, seed, most)


def descriptions(entries: Sequence[IndexEntry], seed: int, most: int) -> list[KnownItem]:
    """Misspell twelve words on end out of descriptions."""
    return _items(entries, "description", _passage, seed, most)


def first(items: Iterable[KnownItem], search: Callable[[str], Sequence[str]]) -> float:
    """Return the share of items found first."""
    hits = [bool((found := search(item.typed)) and found[0] in item.right) for item in items]
    return sum(hits) / max(len(hits), 1)


def _passage(text: str, chance: random.Random) -> str:
    words = text.split()
    start = chance.randrange(max(1, len(words) - WORDS + 1))
    return " ".join(words[start : start + WORDS])


def _items(
    entries: Sequence[IndexEntry],
    field: str,
    cut: Callable[[str, random.Random], str],
    seed: int,
    most: int,
) -> list[KnownItem]:
    chance = random.Random(seed)
    chosen = chance.sample(list(entries), min(most, len(entries)))
    folded = {entry.id: " ".join(tokens(" ".join(entry.texts(field)))) for entry in entries}
    items: list[KnownItem] = []
    for entry in chosen:
        meant = cut(_SPACE.sub(" ", " ".join(entry.texts(field))).strip(), chance)
        inside = " ".join(tokens(meant))
        if not set(inside.split()) - STOP_WORDS:
            continue
        right = frozenset(name for name, text in folded.items() if f" {inside} " in f" {text} ")
        items.append(KnownItem(misspelt(meant, chance), meant, right))
    return items
