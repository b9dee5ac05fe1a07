"""Words of a search that nothing was found for, and what each may have meant."""

import re
from dataclasses import dataclass

from navigator.services.search.search_results import SearchResults
from navigator.web.search.url_state import SearchUrlState


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """A word as it was typed, the nearest that is known, and the address of its search."""

    word: str
    near: str
    url: str


def did_you_mean(terms: SearchUrlState, found: SearchResults | None) -> tuple[DidYouMean, ...]:
    """Give what was left out of a search, each with the way to mean the nearest word."""
    return tuple(
        DidYouMean(one.word, one.near, terms.but(words=_with(terms.words, one.word, one.near)).url)
        for one in (found.doubts if found else ())
    )


def _with(words: str, word: str, near: str) -> str:
    changed = re.sub(rf"\b{re.escape(word)}\b", near, words, flags=re.IGNORECASE)
    return changed if changed != words else near
