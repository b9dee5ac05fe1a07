"""The address of a search: all that was asked or chosen stands in it, and nothing elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from directory_data.directory import Directory
from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.search_request import PLACE, SPOKEN, SearchRequest

LONGEST_QUERY = 200
PAGE, MOST = 10, 60
"""Results that are shown at first, and at most."""

LONGEST_SHORTLIST = 12

FACET_FIELDS: Mapping[str, str] = {
    "age_band": "band",
    "language": "spoken",
    "free": "free",
    "open_now": "open",
    "self_referral": "self",
    "accessible": "access",
}
"""The field of the form that chooses a facet; `lang` is the language of the page."""


@dataclass(frozen=True, slots=True)
class SearchUrlState:
    """A search as its address says it."""

    words: str = ""
    place: str = ""
    need: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    exactly: bool = False
    shortlist: tuple[str, ...] = ()
    count: int = PAGE

    def but(self, **changes: Any) -> "SearchUrlState":
        """Give the same search with some things changed; it begins at its first page."""
        return replace(self, **{"count": PAGE, **changes})

    @property
    def asks(self) -> bool:
        """Say whether there is something to look for."""
        return bool(self.words.strip() or self.need)

    @property
    def url(self) -> str:
        """Give the address of this search."""
        pairs = urlencode([(name, value) for name, value in self._pairs() if value])
        return url_for("search.results") + (f"?{pairs}" if pairs else "")

    def toggled(self, service_id: str) -> "SearchUrlState":
        """Put a service on the shortlist, or take it off."""
        if service_id in self.shortlist:
            kept = tuple(one for one in self.shortlist if one != service_id)
        else:
            kept = (*self.shortlist, service_id)[:LONGEST_SHORTLIST]
        return replace(self, shortlist=kept)

    def asked(
        self, vocabulary: Vocabulary, language: str, moment: datetime, *, unfinished: bool
    ) -> SearchRequest:
        """Give what is asked of the search."""
        return SearchRequest(
            self.words,
            language,
            place=vocabulary.places.get(self.place),
            need=self.need or None,
            without=frozenset(self.without),
            exactly=self.exactly,
            unfinished=unfinished,
            chosen=dict(self.chosen),
            moment=moment,
        )

    def _pairs(self) -> list[tuple[str, str]]:
        return [
            ("q", self.words),
            ("place", self.place),
            ("need", self.need),
            *((FACET_FIELDS[facet], value) for facet, value in self.chosen),
            *(("not", one) for one in self.without),
            ("exact", "1" if self.exactly else ""),
            ("list", ",".join(self.shortlist)),
            ("n", str(self.count) if self.count != PAGE else ""),
        ]


def read_url_state(
    args: MultiDict[str, str],
    vocabulary: Vocabulary,
    directory: Directory,
    values: Mapping[str, tuple[str, ...]],
) -> SearchUrlState:
    """Read an address; what is not known in it is left out."""
    need, place = args.get("need", ""), args.get("place", "")
    chosen = ((facet, args.get(field, "")) for facet, field in FACET_FIELDS.items())
    count = args.get("n", "")
    return SearchUrlState(
        words=args.get("q", "")[:LONGEST_QUERY],
        place=place if place in vocabulary.places else "",
        need=need if need in vocabulary.needs else "",
        chosen=tuple((facet, value) for facet, value in chosen if value in values[facet]),
        without=tuple(
            dict.fromkeys(
                one
                for one in args.getlist("not")
                if one
                in {*vocabulary.needs, *vocabulary.facts, *vocabulary.topics.by_id, PLACE, SPOKEN}
            )
        ),
        exactly=args.get("exact") == "1",
        shortlist=service_ids(args.get("list", ""), directory),
        count=min(max(int(count), PAGE), MOST) if count.isdecimal() else PAGE,
    )


def service_ids(joined: str, directory: Directory) -> tuple[str, ...]:
    """Read the ids of shown services, each once, from an address."""
    known = (one for one in joined.split(",") if one in directory.services)
    return tuple(dict.fromkeys(known))[:LONGEST_SHORTLIST]
