"""Complete what is being typed with needs, services and organizations."""

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
from search_index.term_dictionary import LAST

_MOST = 400  # of the keys that begin so, this many of the best are looked at


class CompletionKind(StrEnum):
    """What a completion leads to."""

    NEED = "need"
    SERVICE = "service"
    ORGANIZATION = "organization"


RANKS = {CompletionKind.NEED: 0, CompletionKind.ORGANIZATION: 20, CompletionKind.SERVICE: 30}
_LONGEST = 150  # letters; shorter completions come first
_INSIDE = 200  # a completion that matches from its second word on comes after the others


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to offer, and the id of the need or entry it leads to."""

    text: str
    kind: CompletionKind
    id: str


def write_completions(folder: Path, completions: Iterable[Completion]) -> None:
    """Write the completions with a sorted list of the ways to type each."""
    kept: dict[tuple[str, str], Completion] = {}
    for one in sorted(completions, key=lambda one: RANKS[one.kind]):
        kept.setdefault((" ".join(tokens(one.text)), one.id), one)
    keys: list[str] = []
    numbers: list[tuple[int, int]] = []
    for number, ((folded, _), one) in enumerate(kept.items()):
        rank = RANKS[one.kind] + min(len(folded), _LONGEST)
        keys.append(folded)
        numbers.append((rank, number))
        rest = folded
        while rest := rest.partition(" ")[2]:
            if rest.partition(" ")[0] not in STOP_WORDS:
                keys.append(rest)
                numbers.append((rank + _INSIDE, number))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    lines = ("\t".join((one.kind, one.id, " ".join(one.text.split()))) for one in kept.values())
    index_files.write_lines(folder, "completions", list(lines))
    index_files.write_lines(folder, "completion_keys", [keys[place] for place in order])
    ranked = np.array(numbers, dtype=np.int32).reshape(-1, 2)
    index_files.write_array(folder, "completion_numbers", ranked[order])


class Completions:
    """The completions of an index."""

    def __init__(self, keys: list[str], lines: list[str], numbers: NDArray[np.int32]) -> None:
        self._keys = keys
        self._lines = lines
        self._numbers = numbers

    @classmethod
    def hold(cls, folder: Path) -> Callable[[], Self]:
        """Hold on to the files now and read them at the call, should the folder be gone by then."""
        keys = index_files.hold_lines(folder, "completion_keys")
        lines = index_files.hold_lines(folder, "completions")
        numbers = index_files.read_array(folder, "completion_numbers")
        return lambda: cls(keys(), lines(), numbers)

    def starting(
        self, typed: str, limit: int, kinds: Collection[CompletionKind] = tuple(CompletionKind)
    ) -> tuple[Completion, ...]:
        """List the best completions of a folded beginning, one for each text and kind."""
        start = bisect_left(self._keys, typed)
        end = bisect_left(self._keys, typed + LAST, lo=start)
        ranks = self._numbers[start:end, 0]
        best = np.argsort(ranks, kind="stable")[:_MOST]
        found: dict[tuple[str, str], Completion] = {}
        for number in self._numbers[start:end, 1][best].tolist():
            one = self._completion(number)
            if one.kind in kinds:
                found.setdefault((one.kind, one.text), one)
            if len(found) == limit:
                break
        return tuple(found.values())

    def _completion(self, number: int) -> Completion:
        kind, name, text = self._lines[number].split("\t", 2)
        return Completion(text, CompletionKind(kind), name)
