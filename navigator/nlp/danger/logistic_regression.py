"""Find the weights that tell answers apart: logistic regression by L-BFGS, on non-empty cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REMEMBERED = 8  # steps that shape the next one (Nocedal and Wright, Numerical Optimization, 7.2)
SHORTEST_STEP = 1e-3
ENOUGH = 1e-4  # of the promised gain that a step must bring
FLAT = 1e-10

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Step = tuple[Numbers, Numbers, float]  # how far, how the slope changed, one over their product


@dataclass(frozen=True, slots=True)
class SparseMatrix:
    """Hold the non-empty cells of a table, ready to be summed by row and by column."""

    columns: int
    filled: Places  # the columns that have a cell; only these are worked with
    value: Numbers
    column: Places  # counted among the filled
    row_starts: Places
    value_down: Numbers  # the same cells, by column
    row_down: Places
    column_starts: Places

    def across(self, weights: Numbers) -> Numbers:
        """Return one number a row."""
        summed: Numbers = np.add.reduceat(self.value * weights[self.column], self.row_starts)
        return summed

    def down(self, numbers: Numbers) -> Numbers:
        """Return one number a column."""
        summed: Numbers = np.add.reduceat(
            self.value_down * numbers[self.row_down], self.column_starts
        )
        return summed


def sparse_matrix(
    row: Places, column: Places, value: Numbers, rows: int, columns: int
) -> SparseMatrix:
    """Prepare cells given in the order of their rows; each row has at least one."""
    down = np.argsort(column, kind="stable")
    filled, column_starts = np.unique(column[down], return_index=True)
    return SparseMatrix(
        columns=columns,
        filled=filled,
        value=value,
        column=np.searchsorted(filled, column),
        row_starts=np.searchsorted(row, np.arange(rows)),
        value_down=value[down],
        row_down=row[down],
        column_starts=column_starts,
    )


def fit_logistic_regression(
    table: SparseMatrix, yes: NDArray[np.bool_], *, hold_back: float, start: float, rounds: int
) -> tuple[Numbers, float]:
    """Return the weight of each column, and the log-odds to start from."""
    wanted = yes.astype(np.float64)

    def look(at: Numbers) -> tuple[float, Numbers]:
        """Return how wrong these weights are, and the slope there."""
        score = table.across(at[:-1]) + start * at[-1]
        wrong = 1 / (1 + np.exp(-score)) - wanted
        loss = np.sum(np.logaddexp(0, score) - wanted * score)
        slope = np.append(table.down(wrong) + hold_back * at[:-1], start * wrong.sum())
        return float(loss + 0.5 * hold_back * _product(at[:-1], at[:-1])), slope

    at = np.zeros(len(table.filled) + 1)
    loss, slope = look(at)
    steps: list[Step] = []
    for _ in range(rounds):
        way = _way(slope, steps)
        length, promised = 1.0, _product(slope, way)
        while True:
            next_at = at - length * way
            next_loss, next_slope = look(next_at)
            if next_loss <= loss - ENOUGH * length * promised or length < SHORTEST_STEP:
                break
            length /= 2
        moved, changed = next_at - at, next_slope - slope
        if (product := _product(moved, changed)) > FLAT:
            steps = [*steps, (moved, changed, 1 / product)][-REMEMBERED:]
        at, loss, slope = next_at, next_loss, next_slope
    weights = np.zeros(table.columns)
    weights[table.filled] = at[:-1]
    return weights, start * float(at[-1])


def _product(one: Numbers, other: Numbers) -> float:
    # not "@": that wakes all cores for a moment's work, and its last digit depends on their number
    return float(np.einsum("i,i->", one, other))


def _way(slope: Numbers, steps: list[Step]) -> Numbers:
    """Return the way down: the slope, bent by how it changed over the last steps."""
    if not steps:
        way: Numbers = slope / (_product(slope, slope) ** 0.5 or 1.0)
        return way
    way = slope.copy()
    shares: list[float] = []
    for moved, changed, over in reversed(steps):
        shares.append(over * _product(moved, way))
        way -= shares[-1] * changed
    moved, changed, _ = steps[-1]
    way *= _product(moved, changed) / _product(changed, changed)
    for (moved, changed, over), share in zip(steps, reversed(shares), strict=True):
        way += (share - over * _product(changed, way)) * moved
    return way
