"""Say in bits which letters a word has, so that words far apart are told apart at once."""

import numpy as np
from numpy.typing import NDArray

_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
# For each sign the bit of its first occurrence and that of any further one.
_BITS = {
    **{sign: (1 << place, 1 << (place + 26)) for place, sign in enumerate(_LETTERS)},
    **{sign: (1 << (place + 52), 1 << (place + 52)) for place, sign in enumerate(_DIGITS)},
}
_NONE = (0, 0)
_PER_EDIT = 2  # a substituted letter changes two bits, other edits one or none


def letter_bits(word: str) -> int:
    """Return the bits of a folded word."""
    bits = 0
    for sign in word:
        first, further = _BITS.get(sign, _NONE)
        bits |= further if bits & first else first
    return bits


def perhaps_near(bits: NDArray[np.uint64], word: str, edits: int) -> NDArray[np.intp]:
    """Find the places of the words that may be within so many edits; no other one is."""
    apart = np.bitwise_count(bits ^ np.uint64(letter_bits(word)))
    places: NDArray[np.intp] = (apart <= _PER_EDIT * edits).nonzero()[0]
    return places


def perhaps_begins(bits: NDArray[np.uint64], typed: str, edits: int) -> NDArray[np.intp]:
    """Find the places of the words that may begin so, within so many edits; no other one does."""
    missing = np.bitwise_count(np.uint64(letter_bits(typed)) & ~bits)
    places: NDArray[np.intp] = (missing <= edits).nonzero()[0]
    return places
