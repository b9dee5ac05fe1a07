"""The queries of a run: short, of needs, misspelt, long, and typed letter by letter."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.search import known_item_queries
from benchmarks.search.known_item_queries import KnownItem
from benchmarks.search.service_sets import LEXICON
from search_index.analyzer import STOP_WORDS, tokens
from search_index.index_schema import IndexEntry

LETTERS = 18  # of a name are typed


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, what may come first (nothing if that is not measured), and how."""

    words: str
    right: tuple[str, ...] = ()
    typing: bool = False


def queries(entries: Sequence[IndexEntry], count: int, seed: int = 21) -> dict[str, list[Query]]:
    """Make `count` queries of each kind, none twice."""
    chance = random.Random(seed)
    named = [entry for entry in entries if entry.texts("name")]
    names = [str(entry.texts("name")[0]) for entry in chance.sample(named, min(count, len(named)))]
    typed = [name[:end] for name in names[: count // 8 + 1] for end in range(2, LETTERS)]
    exact = known_item_queries.descriptions(entries, seed + 1, count)
    return {
        "short": [Query(text) for text in dict.fromkeys(map(_short, names)) if text],
        "need": [Query(text) for text in _needs(chance, names, count)],
        "typo": _known(known_item_queries.names(entries, seed + 2, count)),
        "long": [Query(item.meant) for item in exact],
        "typo long": _known(known_item_queries.descriptions(entries, seed + 3, count)),
        "typing": [Query(text, typing=True) for text in dict.fromkeys(typed) if text.strip()],
    }


def _known(items: Sequence[KnownItem]) -> list[Query]:
    return [Query(item.typed, tuple(item.right)) for item in items]


def _short(name: str) -> str:
    """Take one or two telling words of a name."""
    words = [word for word in tokens(name) if word not in STOP_WORDS and len(word) > 2]
    return " ".join(words[: 1 + len(name) % 2])


def _needs(chance: random.Random, names: Sequence[str], count: int) -> list[str]:
    """Say a need, alone or with a word of a name beside it."""
    phrases = [phrase for several in LEXICON.needs.values() for phrase in several]
    beside = [f"{chance.choice(phrases)} {_short(name)}" for name in names]
    return list(dict.fromkeys([*phrases, *beside]))[:count]
