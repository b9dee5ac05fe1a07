"""Autocomplete: complete what is being typed with needs, services and organizations."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search_index import index_files
from search_index.analyzer import STOP_WORDS, tokens
from search_index.term_dictionary import AFTER_ALL


class CompletionKind(StrEnum):
    """What a completion leads to."""

    NEED = "need"
    SERVICE = "service"
    ORGANIZATION = "organization"


KIND_RANKS = {CompletionKind.NEED: 0, CompletionKind.ORGANIZATION: 20, CompletionKind.SERVICE: 30}
"""Added to the length of a completion; the lowest come first. "food": the need before "Food for
Life", which is 20 letters longer at least."""

_LONGEST = 150  # letters; shorter completions come first, longer ones count as if they had so many
_INNER_WORD = 200  # a completion that matches from its second word on comes after all others
_CONSIDERED = 400  # of the keys that begin so, this many of the best are looked at


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to offer, and the id of the need or entry it leads to."""

    text: str
    kind: CompletionKind
    id: str


def write_completions(folder: Path, completions: Iterable[Completion]) -> None:
    """Write the completions with a sorted list of the ways to type each."""
    kept: dict[tuple[str, str], Completion] = {}
    for completion in sorted(completions, key=lambda completion: KIND_RANKS[completion.kind]):
        kept.setdefault((" ".join(tokens(completion.text)), completion.id), completion)
    keys: list[str] = []
    ranks: list[tuple[int, int]] = []
    for number, ((folded, _), completion) in enumerate(kept.items()):
        rank = KIND_RANKS[completion.kind] + min(len(folded), _LONGEST)
        keys.append(folded)
        ranks.append((rank, number))
        rest = folded
        while rest := rest.partition(" ")[2]:
            if rest.partition(" ")[0] not in STOP_WORDS:
                keys.append(rest)
                ranks.append((rank + _INNER_WORD, number))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    lines = [
        "\t".join((completion.kind, completion.id, " ".join(completion.text.split())))
        for completion in kept.values()
    ]
    index_files.write_lines(folder, "completions", lines)
    index_files.write_lines(folder, "completion_keys", [keys[place] for place in order])
    ranked = np.array(ranks, dtype=np.int32).reshape(-1, 2)
    index_files.write_array(folder, "completion_ranks", ranked[order])


class Completions:
    """The completions of an index."""

    def __init__(self, keys: list[str], lines: list[str], ranks: NDArray[np.int32]) -> None:
        self._keys = keys
        self._lines = lines
        self._ranks = ranks

    @classmethod
    def hold(cls, folder: Path) -> Callable[[], Self]:
        """Hold on to the files now and read them at the call, should the folder be gone by then."""
        keys = index_files.hold_lines(folder, "completion_keys")
        lines = index_files.hold_lines(folder, "completions")
        ranks = index_files.read_array(folder, "completion_ranks")
        return lambda: cls(keys(), lines(), ranks)

    def of_prefix(
        self, prefix: str, limit: int, kinds: Collection[CompletionKind] = tuple(CompletionKind)
    ) -> tuple[Completion, ...]:
        """List the best completions of a folded prefix, one for each text and kind."""
        start = bisect_left(self._keys, prefix)
        end = bisect_left(self._keys, prefix + AFTER_ALL, lo=start)
        best = np.argsort(self._ranks[start:end, 0], kind="stable")[:_CONSIDERED]
        found: dict[tuple[str, str], Completion] = {}
        for number in self._ranks[start:end, 1][best].tolist():
            completion = self._completion(number)
            if completion.kind in kinds:
                found.setdefault((completion.kind, completion.text), completion)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _completion(self, number: int) -> Completion:
        kind, id_, text = self._lines[number].split("\t", 2)
        return Completion(text, CompletionKind(kind), id_)
