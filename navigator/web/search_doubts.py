"""Words of a search that nothing was found for, and what each may have meant."""

import re
from dataclasses import dataclass

from navigator.actions.finding import Results
from navigator.web.search_terms import Terms


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word as it was typed, the nearest that is known, and the address of its search."""

    word: str
    near: str
    url: str


def doubtful(terms: Terms, found: Results | None) -> tuple[Doubtful, ...]:
    """Give what was left out of a search, each with the way to mean the nearest word."""
    return tuple(
        Doubtful(one.word, one.near, terms.but(words=_with(terms.words, one.word, one.near)).url)
        for one in (found.doubts if found else ())
    )


def _with(words: str, word: str, near: str) -> str:
    changed = re.sub(rf"\b{re.escape(word)}\b", near, words, flags=re.IGNORECASE)
    return changed if changed != words else near
