"""Classify a text by need: multinomial logistic regression, with weights that were fitted ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from navigator.nlp.model_store import Arrays, unpack_strings
from navigator.nlp.needs.features import NeedFeatureExtractor
from navigator.nlp.needs.tokenizer import TokenizedText

NO_NEED = ""  # the class of a text that asks for nothing: "thanks, have a good one"

SHORT_TEXT_PRIOR = 60.0
"""Squared tf-idf length of an ordinary text, added to each text's own: a text as short as one or
two rare words ("diapers") is believed only in part."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NeedClassifier:
    """How features are extracted, and the fitted weight of each feature for each need."""

    extractor: NeedFeatureExtractor
    needs: tuple[str, ...]
    vocabulary: Mapping[str, int]  # feature -> its row in `coefficients` and place in `idf`
    coefficients: Floats  # shape (features, needs)
    idf: Floats  # shape (features,)

    @classmethod
    def from_arrays(cls, extractor: NeedFeatureExtractor, arrays: Arrays) -> Self:
        """Make the classifier of the arrays that were fitted."""
        features = unpack_strings(arrays["features"])
        return cls(
            extractor=extractor,
            needs=tuple(unpack_strings(arrays["needs"])),
            vocabulary={feature: row for row, feature in enumerate(features)},
            coefficients=arrays["coefficients"],
            idf=arrays["idf"],
        )

    def log_likelihoods(self, tokens: TokenizedText) -> dict[str, float]:
        """Give the log-likelihood of every need, up to a constant; that of the best one is 0."""
        known = sorted(
            self.vocabulary[feature]
            for feature in self.extractor.extract(tokens)
            if feature in self.vocabulary
        )
        if not known:
            return dict.fromkeys(self.needs, 0.0)
        idf = self.idf[known]
        scores = idf @ self.coefficients[known] / np.sqrt(idf @ idf + SHORT_TEXT_PRIOR)
        return dict(zip(self.needs, (scores - scores.max()).tolist(), strict=True))
