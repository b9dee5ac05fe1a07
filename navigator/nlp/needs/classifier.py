"""Weigh a text by what was learnt from reviewed examples."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.needs.features import Features

NOTHING = ""  # the need of a text that asks for nothing
LITTLE_SAID = 60.0  # a text as short as one or two rare words is believed only in part

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NeedClassifier:
    """What each feature says for each need: a row of `weights` for every feature."""

    needs: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Numbers
    rarity: Numbers

    def weigh(self, found: Features) -> dict[str, float]:
        """Give the log of the likelihood of every need, up to a constant; the best one is 0."""
        known = sorted(self.rows[one] for one in found if one in self.rows)
        if not known:
            return dict.fromkeys(self.needs, 0.0)
        value = self.rarity[known]
        said = value @ self.weights[known] / np.sqrt(value @ value + LITTLE_SAID)
        return dict(zip(self.needs, (said - said.max()).tolist(), strict=True))
