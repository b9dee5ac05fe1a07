"""Weigh the pieces of a text by what was learnt from reviewed examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.danger import features
from navigator.nlp.danger.features import DangerConcepts, Pieces
from navigator.nlp.danger.normalizer import NormalizerTables

A_PART_COUNTS_LESS = 1.0  # log-odds: of many sentences one always sounds a little like danger

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FeatureWeights:
    """Hold what each piece says for each answer: a row a piece, a column an answer."""

    columns: Mapping[str, int]  # piece -> its row
    says: Numbers
    shares: Numbers  # of a text's length, by piece
    starts: Numbers  # by answer

    def scores(self, pieces: Pieces) -> list[float]:
        """Return the log-odds of each answer: 0 is even, 2 is about seven to one."""
        known = [self.columns[piece] for piece in pieces if piece in self.columns]
        if not known:
            return [float(start) for start in self.starts]
        length = sqrt(float(self.shares[known].sum()))
        summed = self.starts + self.says[known].sum(axis=0) / max(length, 1e-9)
        return [float(score) for score in summed]


@dataclass(frozen=True, slots=True)
class DangerScores:
    """Say how much a text sounds like the examples of danger, and like which of them."""

    danger: float  # log-odds
    urgent: float  # log-odds of an emergency, should it be danger
    kinds: Mapping[str, float]  # log-odds of each kind, should it be danger

    @property
    def kind(self) -> str:
        """Return the kind it sounds like most."""
        return max(self.kinds, key=lambda kind: self.kinds[kind])


@dataclass(frozen=True, slots=True)
class DangerClassifier:
    """Hold all that was learnt."""

    ideas: DangerConcepts
    danger: FeatureWeights  # answers: danger, urgent
    kind: FeatureWeights
    kinds: tuple[str, ...]  # in the order of the answers

    def hear(self, said: list[str], reading: NormalizerTables) -> DangerScores:
        """Return how a text, or its most dangerous part, sounds; `said` with its small words."""
        heard = [
            features.extract_features(part, self.ideas, reading)
            for part in features.sentences(said)
        ]
        scored = [self.danger.scores(pieces) for pieces in heard]
        by_danger = [
            danger - (A_PART_COUNTS_LESS if number else 0)
            for number, (danger, _) in enumerate(scored)
        ]
        worst = by_danger.index(max(by_danger))
        return DangerScores(
            danger=by_danger[worst],
            urgent=scored[worst][1],
            kinds=dict(zip(self.kinds, self.kind.scores(heard[worst]), strict=True)),
        )
