"""Logistic regression finds the weights that tell examples apart, and holds them small."""

from math import exp

import numpy as np
import pytest

from navigator.nlp.logistic_regression_training import (
    Regularization,
    fit_binary,
    fit_multinomial,
    term_matrix,
    weigh_terms,
)

HELD = Regularization(inverse_strength=10.0, iterations=50)
VOCABULARY = {"bread": 0, "often": 1, "knife": 2}


def test_a_text_is_a_row_of_its_known_features() -> None:
    matrix = term_matrix([("bread", "often"), ("unknown",), ("knife",)], VOCABULARY)
    assert matrix.toarray().tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]


def test_rare_features_weigh_more_and_every_text_is_one_long() -> None:
    matrix = term_matrix([("bread", "often"), ("unknown",), ("knife",)], VOCABULARY)
    weighed = weigh_terms(matrix, np.array([4.0, 3.0, 5.0])).toarray()
    assert weighed == pytest.approx(np.array([[0.8, 0.6, 0.0], [0, 0, 0], [0, 0, 1]]))


def test_the_weights_lie_where_nothing_is_gained_by_moving_them() -> None:
    matrix = term_matrix([("bread",), ("knife",)], VOCABULARY)
    weights, intercept = fit_binary(matrix, np.array([True, False]), HELD, intercept_scale=0.3)
    assert weights[0] == pytest.approx(-weights[2])
    assert (weights[1], intercept) == pytest.approx((0, 0), abs=1e-6)
    # The pull of the answer and the pull back to nothing are equal.
    pull = 1 / (1 + exp(weights[0]))
    assert pull == pytest.approx(weights[0] / HELD.inverse_strength, abs=1e-4)


def test_each_class_is_told_by_its_own_feature() -> None:
    matrix = term_matrix([("bread",), ("often",), ("knife",)], VOCABULARY)
    weights = fit_multinomial(matrix, np.array(["c", "a", "b"]), HELD)
    assert weights.shape == (3, 3)
    assert weights.argmax(axis=1).tolist() == [2, 0, 1]  # the classes a, b, c in their order
