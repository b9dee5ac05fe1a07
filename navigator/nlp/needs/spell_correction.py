"""Mend words that nobody knows, when they are one or two letters away from a word that counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from navigator.nlp.needs.tokenizer import light_stem

SHORTEST = 5  # shorter words and acronyms are never mended
LONG = 8  # from here on two slips are forgiven
MOST_MENDED = 40  # unknown words looked at in one text, so that nonsense costs no time


@dataclass(frozen=True, slots=True)
class SpellCorrector:
    """The words that count, by first letter, and all words that are known."""

    known: frozenset[str]
    known_stems: frozenset[str]
    beginnings: tuple[str, ...]
    pool: Mapping[str, tuple[str, ...]]

    def mended(self, words: Iterable[str]) -> dict[str, str]:
        """Give the mended form of each word that needs it."""
        found: dict[str, str] = {}
        looked_at = 0
        for word in words:
            if self.knows(word) or word in found or looked_at >= MOST_MENDED:
                continue
            looked_at += 1
            better = self._nearest(word)
            if better:
                found[word] = better
        return found

    def knows(self, word: str) -> bool:
        """Say whether a word is to be left as it is."""
        return (
            len(word) < SHORTEST
            or not word.isalpha()
            or word in self.known
            or light_stem(word) in self.known_stems
            or word.startswith(self.beginnings)
        )

    def _nearest(self, word: str) -> str | None:
        slips = 2 if len(word) >= LONG else 1
        best = process.extractOne(
            word, self.pool.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips
        )
        return None if best is None else str(best[0])


def make_spell_corrector(
    counting: Iterable[str], everyday: Iterable[str], beginnings: Iterable[str]
) -> SpellCorrector:
    """Make a speller from the words that count, everyday words and beginnings of words."""
    targets = sorted({word for word in counting if len(word) >= SHORTEST and word.isalpha()})
    pool: dict[str, list[str]] = defaultdict(list)
    for word in targets:
        pool[word[0]].append(word)
    known = frozenset(everyday) | frozenset(targets)
    return SpellCorrector(
        known=known,
        known_stems=frozenset(light_stem(word) for word in known),
        beginnings=tuple(sorted({start for start in beginnings if len(start) >= SHORTEST})),
        pool={letter: tuple(words) for letter, words in pool.items()},
    )
