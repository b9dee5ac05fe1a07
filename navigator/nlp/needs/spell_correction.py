"""Correct words that nobody knows, when they are one or two slips away from a word that counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from navigator.nlp.needs.tokenizer import light_stem

MIN_LENGTH = 5
"""Letters; of a shorter word too many others are one slip away: "OW" is no "of", "cas" no "cat"."""

TWO_SLIPS_LENGTH = 8
"""From so many letters on two slips are forgiven: "therepist" has one, "counciling" has two."""

MAX_CORRECTIONS = 40
"""Unknown words looked at in one text, so that 1,600 characters of nonsense cost no time."""


@dataclass(frozen=True, slots=True)
class SpellCorrector:
    """The words that are corrected to, by first letter, and all words that are known."""

    known: frozenset[str]
    known_stems: frozenset[str]
    known_prefixes: tuple[str, ...]
    candidates: Mapping[str, tuple[str, ...]]

    def corrections(self, words: Iterable[str]) -> dict[str, str]:
        """Give the corrected form of each word that needs it."""
        corrected: dict[str, str] = {}
        looked_at = 0
        for word in words:
            if self.knows(word) or word in corrected or looked_at >= MAX_CORRECTIONS:
                continue
            looked_at += 1
            nearest = self._nearest(word)
            if nearest:
                corrected[word] = nearest
        return corrected

    def knows(self, word: str) -> bool:
        """Say whether a word is to be left as it is."""
        return (
            len(word) < MIN_LENGTH
            or not word.isalpha()
            or word in self.known
            or light_stem(word) in self.known_stems
            or word.startswith(self.known_prefixes)
        )

    def _nearest(self, word: str) -> str | None:
        """Find the candidate with the same first letter at the least edit distance (OSA)."""
        slips = 2 if len(word) >= TWO_SLIPS_LENGTH else 1
        best = process.extractOne(
            word, self.candidates.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips
        )
        return None if best is None else str(best[0])


def make_spell_corrector(
    targets: Iterable[str], other_known: Iterable[str], prefixes: Iterable[str]
) -> SpellCorrector:
    """Make a corrector from the words to correct to, and words and prefixes that are left alone."""
    counting = sorted({word for word in targets if len(word) >= MIN_LENGTH and word.isalpha()})
    candidates: dict[str, list[str]] = defaultdict(list)
    for word in counting:
        candidates[word[0]].append(word)
    known = frozenset(other_known) | frozenset(counting)
    return SpellCorrector(
        known=known,
        known_stems=frozenset(light_stem(word) for word in known),
        known_prefixes=tuple(sorted({prefix for prefix in prefixes if len(prefix) >= MIN_LENGTH})),
        candidates={letter: tuple(words) for letter, words in candidates.items()},
    )
