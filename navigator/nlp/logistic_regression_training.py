"""Fit logistic regression on sparse tf-idf features, with scikit-learn.

Only the modules that fit import this one: scikit-learn and SciPy take a second to import and eighty
megabytes, and no process that only reads texts needs them.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

Floats = NDArray[np.float64]
Matrix: TypeAlias = sparse.csr_matrix
"""Texts by features, with the many zeros left out."""


@dataclass(frozen=True, slots=True)
class Regularization:
    """How weights are held small, so that single odd examples do not weigh too much.

    `inverse_strength`: C of scikit-learn, one over the L2 penalty; `iterations`: of L-BFGS, which
    holds the weights of rare features small when it is stopped early.
    """

    inverse_strength: float
    iterations: int


def term_matrix(texts: Sequence[Sequence[str]], vocabulary: Mapping[str, int]) -> Matrix:
    """Give a row for each text and a column for each feature: 1 where the text has it."""
    rows = [[vocabulary[feature] for feature in text if feature in vocabulary] for text in texts]
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.intp)
    starts = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    shape = (len(texts), len(vocabulary))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)
    matrix.sort_indices()
    return matrix


def weigh_terms(matrix: Matrix, idf: Floats) -> Matrix:
    """Weigh each feature by its idf, and make each row one long."""
    weighed: Matrix = normalize(matrix.multiply(idf).tocsr())
    return weighed


def fit_multinomial(matrix: Matrix, labels: NDArray[Any], held: Regularization) -> Floats:
    """Give weights of shape (features, classes), classes in sorted order; there is no intercept."""
    coefficients: Floats = _fit(matrix, labels, held).T
    return coefficients


def fit_binary(
    matrix: Matrix, labels: NDArray[np.bool_], held: Regularization, *, intercept_scale: float
) -> tuple[Floats, float]:
    """Give the weight of each feature, and the intercept.

    The intercept is fitted as one more feature that every text has, of size `intercept_scale`.
    """
    constant = np.full((matrix.shape[0], 1), intercept_scale)
    coefficients = _fit(sparse.hstack([matrix, constant]).tocsr(), labels, held)[0]
    return coefficients[:-1], float(coefficients[-1] * intercept_scale)


def _fit(matrix: Matrix, labels: NDArray[Any], held: Regularization) -> Floats:
    model = LogisticRegression(
        C=held.inverse_strength,
        solver="lbfgs",
        fit_intercept=False,
        max_iter=held.iterations,
        tol=0,
    )
    # On one core: the last digits of a sum depend on how many share it.
    with threadpool_limits(limits=1), warnings.catch_warnings():
        # It is meant to stop after so many iterations.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix, labels)
    coefficients: Floats = model.coef_
    return coefficients
