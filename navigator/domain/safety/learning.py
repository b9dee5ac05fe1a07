"""Learn from reviewed examples which pieces of a text speak of danger: logistic regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from navigator.domain.safety import features, plain_words
from navigator.domain.safety.features import Ideas, Pieces
from navigator.domain.safety.learned import Learned, Weights
from navigator.domain.safety.plain_words import STOP, Reading
from navigator.wording.danger_words import Example

SEEN_AT_LEAST = 2  # a piece met in one example only teaches nothing
ROUNDS = 80  # more of them change little
HOLD_BACK = 0.1  # how strongly weights are kept small (L2)
POWER_ROUNDS = 6  # enough to know the longest step that is safe
START = 0.3  # the start is weighed like a piece of this size; as large as 1 it slows all down
SMOOTH = 0.3  # added to every count of a kind, so that nothing is impossible

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold examples as the non-empty cells of a table: rows are examples, columns pieces."""

    columns: Mapping[str, int]
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    value: Numbers
    rarity: Numbers  # by column

    def times(self, weights: Numbers) -> Numbers:
        """Return one number an example."""
        cells: Numbers = self.value * weights[self.column]
        return np.bincount(self.row, cells, minlength=self.rows).astype(np.float64, copy=False)

    def back(self, numbers: Numbers) -> Numbers:
        """Return one number a piece."""
        cells: Numbers = self.value * numbers[self.row]
        summed = np.bincount(self.column, cells, minlength=len(self.columns))
        return summed.astype(np.float64, copy=False)

    @property
    def rows(self) -> int:
        """Return the number of examples."""
        return int(self.row[-1]) + 1


def learn(
    examples: Sequence[Example], ideas: Mapping[str, tuple[str, ...]], reading: Reading
) -> Learned | None:
    """Return what the examples teach; None where there is not at least one danger and one calm."""
    known = features.ideas(ideas)
    read = [(example, _pieces(example.text, known, reading)) for example in examples]
    danger = [(example, found) for example, found in read if example.kind]
    if not 0 < len(danger) < len(read):
        return None
    return Learned(
        ideas=known,
        danger=_fit([found for _, found in read], [bool(e.kind) for e, _ in read]),
        urgent=_fit([found for _, found in danger], [e.level == "emergency" for e, _ in danger]),
        kinds=_kinds((str(example.kind), found) for example, found in danger),
    )


def _pieces(text: str, known: Ideas, reading: Reading) -> Pieces:
    said = [word for word in plain_words.read(text, reading) if word != STOP]
    return features.pieces(said, known, reading)


def _fit(found: list[Pieces], answers: list[bool]) -> Weights:
    """Return the weights that tell the answers apart (Nesterov's method, fixed length of step)."""
    table = _table(found)
    wanted = np.array(answers, dtype=np.float64)
    step = 1 / (0.25 * (_stretch(table) + START * START * len(found)) + HOLD_BACK)
    weights = ahead = np.zeros(len(table.columns))
    start = start_ahead = 0.0
    pace = 1.0
    for _ in range(ROUNDS):
        wrong = 1 / (1 + np.exp(-table.times(ahead) - START * start_ahead)) - wanted
        next_weights = ahead - step * (table.back(wrong) + HOLD_BACK * ahead)
        next_start = start_ahead - step * START * float(wrong.sum())
        next_pace = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        push = (pace - 1) / next_pace
        ahead = next_weights + push * (next_weights - weights)
        start_ahead = next_start + push * (next_start - start)
        weights, start, pace = next_weights, next_start, next_pace
    says, shares = table.rarity * weights, table.rarity**2
    pairs = zip(says.tolist(), shares.tolist(), strict=True)
    return Weights(dict(zip(table.columns, pairs, strict=True)), START * start)


def _table(found: list[Pieces]) -> _Table:
    met = Counter(piece for pieces in found for piece in pieces)
    kept = sorted(piece for piece, times in met.items() if times >= SEEN_AT_LEAST)
    columns = {piece: number for number, piece in enumerate(kept)}
    cells = [[columns[piece] for piece in pieces if piece in columns] for pieces in found]
    row = np.repeat(np.arange(len(found)), [len(cell) for cell in cells])
    column = np.array([number for cell in cells for number in cell], dtype=np.intp)
    rarity = np.log(len(found) / np.array([met[piece] for piece in kept], dtype=np.float64))
    value = rarity[column]
    length = np.sqrt(np.bincount(row, value * value, minlength=len(found)))
    return _Table(columns, row, column, value / np.maximum(length, 1e-9)[row], rarity)


def _stretch(table: _Table) -> float:
    """Return how far the table can stretch a list of weights (power iteration)."""
    along = np.ones(len(table.columns))
    size = 1.0
    for _ in range(POWER_ROUNDS):
        along = table.back(table.times(along))
        size = float(np.sqrt(np.sum(along * along))) or 1.0
        along /= size
    return size


def _kinds(found: Iterable[tuple[str, Pieces]]) -> dict[str, Weights]:
    """Return for each kind how much each word and idea speaks for it (naive Bayes)."""
    met: dict[str, Counter[str]] = {}
    texts: Counter[str] = Counter()
    for kind, pieces in found:
        texts[kind] += 1
        met.setdefault(kind, Counter()).update(p for p in pieces if p[0] in "ik" and " " not in p)
    everywhere = sum(met.values(), Counter[str]())
    whole = texts.total()
    return {
        kind: Weights(
            {
                piece: (
                    log((counts[piece] + SMOOTH) / (texts[kind] + 1)) - log((times + 1) / whole),
                    1.0,
                )
                for piece, times in everywhere.items()
                if times >= SEEN_AT_LEAST
            },
            log(texts[kind] / whole),
        )
        for kind, counts in met.items()
    }
