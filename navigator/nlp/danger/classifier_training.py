"""Learn from reviewed examples which pieces of a text speak of danger: logistic regression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.danger import features, logistic_regression, normalizer
from navigator.nlp.danger.classifier import DangerClassifier, FeatureWeights
from navigator.nlp.danger.features import DangerConcepts, Pieces
from navigator.nlp.danger.normalizer import STOP, NormalizerTables
from navigator.nlp.danger.phrase_files import DangerExample

HOLD_BACK = 0.1  # how strongly weights are kept small (L2)
START = 0.3  # the start is weighed like a piece of this size; as large as 1 it slows all down
ROUNDS = 18  # more of them change little
RARITY = 1.5  # a rare piece tells more than its rarity alone would say
TELLS_MORE = {"i": 1.5, "w": 1.3}  # ideas carry over best to texts by other people, then words
EVEN = 0.5  # half of what it tells of a kind that many examples are of it
OF_A_KIND = "ikw"  # pieces that say which kind of danger it is, where they are one word long

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold examples as the non-empty cells of a table: rows are examples, columns pieces."""

    columns: Mapping[str, int]
    row: Places  # of each cell, in order
    column: Places  # of each cell
    rarity: Numbers  # by column

    def only(self, rows: Places, columns: Chosen | None = None) -> logistic_regression.SparseMatrix:
        """Return the cells of some rows and columns, each row made one long."""
        number = np.full(int(self.row[-1]) + 1, -1)
        number[rows] = np.arange(len(rows))
        kept = number[self.row] >= 0
        if columns is not None:
            kept &= columns[self.column]
        row, column = number[self.row[kept]], self.column[kept]
        value = self.rarity[column]
        length = np.sqrt(np.bincount(row, value * value, minlength=len(rows)))
        return logistic_regression.sparse_matrix(
            row, column, value / length[row], len(rows), len(self.rarity)
        )


def train_danger_classifier(
    examples: Sequence[DangerExample],
    ideas: Mapping[str, tuple[str, ...]],
    reading: NormalizerTables,
) -> DangerClassifier | None:
    """Return what the examples teach; None where there is not at least one danger and one calm."""
    known = features.make_danger_concepts(ideas)
    dangers = np.array([bool(example.kind) for example in examples])
    if not 0 < int(dangers.sum()) < len(examples):
        return None
    table = _table([_pieces(example.text, known, reading) for example in examples])
    danger = np.flatnonzero(dangers)
    in_danger = [example for example in examples if example.kind]
    urgent = np.array([example.level == "emergency" for example in in_danger])
    kinds = tuple(sorted({str(example.kind) for example in in_danger}))
    of_kind = [np.array([example.kind == kind for example in in_danger]) for kind in kinds]
    telling = np.array([_tells_the_kind(piece) for piece in table.columns])
    by_kind = table.only(danger, telling)
    return DangerClassifier(
        ideas=known,
        danger=_weights(
            table,
            [(table.only(np.arange(len(examples))), dangers), (table.only(danger), urgent)],
        ),
        kind=_weights(table, [(by_kind, yes) for yes in of_kind], telling, often_counts=EVEN),
        kinds=kinds,
    )


def _tells_the_kind(piece: str) -> bool:
    return piece[0] in OF_A_KIND and (piece[0] == "i" or " " not in piece)


def _pieces(text: str, known: DangerConcepts, reading: NormalizerTables) -> Pieces:
    said = [word for word in normalizer.normalize(text, reading) if word != STOP]
    return features.extract_features(said, known, reading)


def _table(read: Sequence[Pieces]) -> _Table:
    columns = {piece: at for at, piece in enumerate(dict.fromkeys(chain.from_iterable(read)))}
    column = np.array([columns[piece] for piece in chain.from_iterable(read)], dtype=np.intp)
    row = np.repeat(np.arange(len(read)), [len(pieces) for pieces in read])
    more = np.array([TELLS_MORE.get(piece[0], 1.0) for piece in columns])
    # + 1, so that even a piece that every example has keeps some length
    rarity = np.log((len(read) + 1) / np.bincount(column))
    return _Table(columns, row, column, more * rarity**RARITY)


def _weights(
    table: _Table,
    questions: Iterable[tuple[logistic_regression.SparseMatrix, Chosen]],
    columns: Chosen | None = None,
    often_counts: float = 1.0,
) -> FeatureWeights:
    """Return the weights that answer each question: some rows, and which of them are a yes."""
    fitted = [
        logistic_regression.fit_logistic_regression(
            cells, yes, hold_back=HOLD_BACK, start=START, rounds=ROUNDS
        )
        for cells, yes in questions
    ]
    counted = 1 if columns is None else columns
    return FeatureWeights(
        table.columns,
        np.array([weights * table.rarity for weights, _ in fitted], dtype=np.float32).T.copy(),
        (table.rarity**2 * counted).astype(np.float32),
        np.array([often_counts * start for _, start in fitted], dtype=np.float32),
    )
