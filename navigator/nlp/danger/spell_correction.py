"""Correct words one or two slips away from a word of danger: "sucide", "kilin", "k1ll", "wnat"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from navigator.nlp.danger.lemmatizer import Lemmatizer

MIN_SWAP_LENGTH = 4  # letters: in "wnat" two can be swapped between the ends, in "tow" none
MIN_LENGTH, TWO_SLIPS_LENGTH = 6, 9
"""Letters of a word in which one slip is forgiven ("sucide" for suicide), and in which two are
("stragnlin" for strangling). Shorter words have too many neighbours: hill, bill, will, kill."""

LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a"})
LEET_WITH_L = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "!": "l"})
"""Digits and marks that stand for letters; 1 is i in k1ll and l in ki1l."""

_REPEATED_LETTER = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class DangerSpellCorrector:
    """The known words by what is left of them after a slip."""

    vocabulary: frozenset[str]  # the words that are corrected to
    lemmatizer: Lemmatizer
    by_slip_key: Mapping[str, str]  # a key that doubled and swapped letters leave as it is
    by_deletion: Mapping[str, tuple[str, ...]]  # a word without a letter -> the words it may be

    def correct(self, word: str) -> str:
        """Give the known word that an unknown one stands for, or the word itself."""
        # A form of a known word ("walked") is no slip.
        if not self.vocabulary or self.lemmatizer.is_form_of_known(word):
            return word
        for guess in _spoken_forms(word):
            if guess in self.vocabulary:
                return guess
        for key in _slip_keys(word):
            if key in self.by_slip_key:
                return self.by_slip_key[key]
        return self._nearest(word) if len(word) >= MIN_LENGTH - 1 else word

    def _nearest(self, word: str) -> str:
        """Give the known word one slip away (two in long words), with the same first letter."""
        candidates = {
            candidate
            for key in {word, *_deletions(word)}
            for candidate in self.by_deletion.get(key, ())
            if candidate[0] == word[0]
        }
        best, least = word, 3
        # Of words equally near the longer is meant: letters are left out more often than added.
        for candidate in sorted(candidates, key=lambda found: (-len(found), found)):
            allowed = 2 if min(len(candidate), len(word)) >= TWO_SLIPS_LENGTH else 1
            distance = OSA.distance(candidate, word, score_cutoff=allowed)
            if distance <= allowed and distance < least:
                best, least = candidate, distance
        return best


def make_danger_spell_corrector(lemmatizer: Lemmatizer) -> DangerSpellCorrector:
    """Arrange the known words by slip keys and by deletions (symmetric delete, as in SymSpell)."""
    by_slip_key: dict[str, str] = {}
    by_deletion: dict[str, set[str]] = defaultdict(set)
    for word in sorted(lemmatizer.vocabulary):
        for key in _slip_keys(word):
            by_slip_key.setdefault(key, word)
        for key in _deletion_keys(word):
            by_deletion[key].add(word)
    return DangerSpellCorrector(
        lemmatizer.vocabulary,
        lemmatizer,
        by_slip_key,
        {key: tuple(sorted(words)) for key, words in by_deletion.items()},
    )


def _deletion_keys(word: str) -> Iterable[str]:
    if len(word) < MIN_LENGTH:
        return ()
    once = _deletions(word)
    if len(word) < TWO_SLIPS_LENGTH:
        return {word, *once}
    return {word, *once, *(twice for shorter in once for twice in _deletions(shorter))}


def _deletions(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _spoken_forms(word: str) -> Iterator[str]:
    """Give what a word may be that is masked or written as it is spoken."""
    yield word.translate(LEET)
    yield word.translate(LEET_WITH_L)
    if word.endswith("z"):  # "hitz"
        yield word[:-1] + "s"
    if word.endswith("in"):  # "killin", "cutin"
        yield word + "g"
        yield word[:-2] + word[-3:-2] + "ing"


def _slip_keys(word: str) -> Iterator[str]:
    """Give keys that stay the same when letters are doubled ("diie") or swapped ("wnat")."""
    yield "=" + _REPEATED_LETTER.sub(r"\1", word)
    if len(word) >= MIN_SWAP_LENGTH:
        yield word[0] + "".join(sorted(word[1:-1])) + word[-1]
