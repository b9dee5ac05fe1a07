"""Write a query as it was understood, for "showing results for ..."."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from search_index.analyzer import tokens
from search_index.query_analysis import QuerySlot
from search_index.term_expansion import TermOption


def corrected_query(
    words: str, slots: Sequence[QuerySlot], meant: Sequence[TermOption | None]
) -> str | None:
    """Put the meant words in the place of the misspelt ones; None if there were none.

    `meant` is what each slot's word was for the best result, None where it did not matter.
    """
    instead: dict[str, list[str]] = {}
    for slot, option in zip(slots, meant, strict=True):
        likeliest = option or (slot.options[0] if slot.options else None)
        if likeliest and likeliest.guessed:
            instead.setdefault(slot.typed, []).append(likeliest.word)
    if not any(" ".join(known) != typed for typed, known in instead.items()):
        return None
    pieces = [(piece, _piece(piece, instead)) for piece in words.split()]
    # Several pieces may have meant one word together: links 2 care.
    return " ".join(
        meant
        for (last, before), (piece, meant) in pairwise([("", ""), *pieces])
        if meant == piece or meant != before or last == before
    )


def _piece(piece: str, instead: Mapping[str, Sequence[str]]) -> str:
    said = [piece] if piece in instead else tokens(piece)
    if not any(word in instead for word in said):
        return piece
    return " ".join(" ".join(instead.get(word, (word,))) for word in said)
