"""Weigh the pieces of a text by what was learnt from reviewed examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from navigator.domain.safety import features
from navigator.domain.safety.features import Ideas, Pieces
from navigator.domain.safety.plain_words import Reading


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold what each piece says: (its say, its share of a text's length), and the start."""

    of: Mapping[str, tuple[float, float]]
    start: float

    def score(self, pieces: Pieces) -> float:
        """Return the log-odds: 0 is even, 2 is about seven to one."""
        said = length = 0.0
        for piece in pieces & self.of.keys():
            say, share = self.of[piece]
            said += say
            length += share
        return self.start + (said / sqrt(length) if length else 0.0)


@dataclass(frozen=True, slots=True)
class Heard:
    """Say how much a text sounds like the examples of danger, and like which of them."""

    danger: float  # log-odds
    urgent: float  # log-odds of an emergency, should it be danger
    kind: str


@dataclass(frozen=True, slots=True)
class Learned:
    """Hold all that was learnt."""

    ideas: Ideas
    danger: Weights
    urgent: Weights
    kinds: Mapping[str, Weights]

    def hear(self, said: list[str], reading: Reading) -> Heard:
        """Return how the most dangerous part of a text sounds; `said` with its small words."""
        parts: Iterable[list[str]] = features.parts(said)
        heard = [features.pieces(part, self.ideas, reading) for part in parts]
        worst = max(heard, key=self.danger.score)
        return Heard(
            danger=self.danger.score(worst),
            urgent=self.urgent.score(worst),
            kind=max(self.kinds, key=lambda kind: self.kinds[kind].score(worst)),
        )
