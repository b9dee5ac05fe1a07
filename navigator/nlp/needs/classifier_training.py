"""Learn from reviewed examples which features speak for which need: softmax regression."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.needs.classifier import NeedClassifier, Numbers
from navigator.nlp.needs.features import Features

SEEN_AT_LEAST = 2  # a feature met in one example only teaches nothing
ROUNDS = 14  # more of them change little
CURVE = 0.125  # of a step: p(1-p) of a need that is not yet sure (0.5 at the very most)
HOLD_BACK = 0.1  # how strongly weights are kept small (L2)
POWER_ROUNDS = 5  # enough to know the longest step that is safe

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Table:
    """Examples as the non-empty cells of a table, sorted by example and again by feature."""

    column: Places
    value: Numbers
    row_starts: Places
    row_by_feature: Places
    value_by_feature: Numbers
    column_starts: Places

    def times(self, weights: Numbers) -> Numbers:
        """Give a row of numbers for each example."""
        return np.add.reduceat(weights[self.column] * self.value, self.row_starts)

    def back(self, numbers: Numbers) -> Numbers:
        """Give a row of numbers for each feature."""
        cells = numbers[self.row_by_feature] * self.value_by_feature
        return np.add.reduceat(cells, self.column_starts)


def train_need_classifier(examples: Sequence[tuple[str, Features]]) -> NeedClassifier:
    """Give what the examples teach, each a need and the features of a text."""
    met = Counter(one for _, found in examples for one in found)
    kept = sorted(one for one, times in met.items() if times >= SEEN_AT_LEAST)
    rows = {one: number for number, one in enumerate(kept)}
    counts = np.array([met[one] for one in kept], dtype=np.float32)
    rarity: Numbers = np.log(np.float32(len(examples)) / counts)
    cells = [(need, [rows[one] for one in found if one in rows]) for need, found in examples]
    cells = [(need, columns) for need, columns in cells if columns]
    needs = tuple(sorted({need for need, _ in cells}))
    wanted = np.zeros((len(cells), len(needs)), dtype=np.float32)
    wanted[np.arange(len(cells)), [needs.index(need) for need, _ in cells]] = 1
    weights = _fit(_table([columns for _, columns in cells], rarity), wanted, len(kept))
    return NeedClassifier(needs, rows, weights, rarity)


def _fit(table: _Table, wanted: Numbers, width: int) -> Numbers:
    """Give the weights that tell the needs apart (Nesterov's method, fixed length of step)."""
    step = np.float32(1 / (CURVE * _stretch(table, width) + HOLD_BACK))
    weights: Numbers = np.zeros((width, wanted.shape[1]), dtype=np.float32)
    ahead = weights
    pace = 1.0
    for _ in range(ROUNDS):
        said = np.exp(table.times(ahead), dtype=np.float32)
        said /= said.sum(axis=1, keepdims=True)
        slope = table.back(said - wanted) + np.float32(HOLD_BACK) * ahead
        next_weights = np.subtract(ahead, step * slope, dtype=np.float32)
        next_pace = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = next_weights + np.float32((pace - 1) / next_pace) * (next_weights - weights)
        weights, pace = next_weights, next_pace
    return weights


def _table(cells: list[list[int]], rarity: Numbers) -> _Table:
    sizes = np.array([len(cell) for cell in cells])
    starts = np.cumsum(sizes) - sizes
    row = np.repeat(np.arange(len(cells)), sizes)
    column = np.array([number for cell in cells for number in cell], dtype=np.intp)
    rare = rarity[column]
    length = np.sqrt(np.add.reduceat(rare * rare, starts))
    value = np.divide(rare, np.maximum(length, 1e-9)[row], dtype=np.float32)[:, np.newaxis]
    order = np.argsort(column, kind="stable")
    column_starts = np.searchsorted(column[order], np.arange(len(rarity)))
    return _Table(column, value, starts, row[order], value[order], column_starts)


def _stretch(table: _Table, width: int) -> float:
    """Give how far the table can stretch a list of weights (power iteration)."""
    along = np.ones((width, 1), dtype=np.float32)
    size = 1.0
    for _ in range(POWER_ROUNDS):
        along = table.back(table.times(along))
        size = float(np.sqrt(np.sum(along * along))) or 1.0
        along = along / np.float32(size)
    return size
