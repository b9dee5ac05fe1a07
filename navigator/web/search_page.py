"""What the search page shows: results with their cards, what was understood, what to do next."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory_data.vocabulary.reading import Place
from navigator.actions import finding
from navigator.actions.finding import Result, Results
from navigator.actions.finding.reasons import OPEN
from navigator.domain.eligibility import Verdict, judge
from navigator.domain.matching import widest_doors
from navigator.web.cards import Card
from navigator.web.frame import edition, language, parts
from navigator.web.search_cards import for_person, plain
from navigator.web.search_chips import Chip, chips, taken_back
from navigator.web.search_copy import as_text
from navigator.web.search_danger import Told, told_of
from navigator.web.search_doubts import Doubtful, doubtful
from navigator.web.search_facets import Choice, choices, doubt_words
from navigator.web.search_person import Person, of
from navigator.web.search_seen import seen_words
from navigator.web.search_terms import PAGE, Terms


@dataclass(frozen=True, slots=True)
class Shown:
    """One service as the page shows it."""

    card: Card
    url: str
    why: tuple[str, ...]
    doubts: tuple[str, ...]
    fails: bool
    seen: str
    text: str
    listed: bool
    toggle: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A need that may have been meant, with the address of its search."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class View:
    """All that the page says of one search; `found` is None before anything was asked."""

    terms: Terms
    found: Results | None
    person: Person
    shown: tuple[Shown, ...]
    chips: tuple[Chip, ...]
    taken_back: tuple[Chip, ...]
    choices: tuple[Choice, ...]
    shortlist: tuple[tuple[str, str, str], ...]
    danger: Told | None
    doubts: tuple[Doubtful, ...]
    nearest: tuple[Offer, ...]
    wider: tuple[str, str] | None
    elsewhere: Place | None
    """The place that was asked for, if nothing that was found serves it."""
    widest: tuple[Card, ...]

    @property
    def more_url(self) -> str:
        """Give the address with more results; empty if all are shown."""
        if self.found is None or self.found.total <= len(self.shown):
            return ""
        return self.terms.but(count=self.terms.count + PAGE).url


def view(terms: Terms, *, unfinished: bool = False) -> View:
    """Search, and make what is shown of it."""
    here, shelf = parts(), edition()
    moment = here.now().astimezone(here.zone)
    found = None
    if terms.asks:
        asked = terms.asked(here.vocabulary, language(), moment, unfinished=unfinished)
        found = finding.search(shelf.index, shelf.guide, asked, limit=terms.count)
    nothing = found is not None and not found.results
    elsewhere = _elsewhere(found)
    person = of(found)
    return View(
        terms=terms,
        found=found,
        person=person,
        shown=tuple(_shown(one, terms, person, moment) for one in found.results) if found else (),
        chips=chips(terms, found, here.vocabulary) if found else (),
        taken_back=taken_back(terms, here.vocabulary),
        choices=choices(terms, found, here.vocabulary, shelf.directory),
        shortlist=_shortlist(terms),
        danger=told_of(terms.words, person.answers(here.vocabulary)),
        doubts=doubtful(terms, found),
        nearest=_nearest(terms, found) if nothing else (),
        wider=_wider(terms, found) if nothing or elsewhere else None,
        elsewhere=elsewhere,
        widest=tuple(plain(door, moment) for door in widest_doors(shelf.directory))
        if nothing or elsewhere
        else (),
    )


def _shown(one: Result, terms: Terms, person: Person, moment: datetime) -> Shown:
    made = for_person(one.service, person, moment)
    return Shown(
        card=made,
        url=url_for("services.show", service_id=one.service.id, **person.fields),
        # The badge of the card says it already.
        why=tuple(why for why in one.why if why != OPEN[language()]),
        doubts=doubt_words(one.doubts),
        fails=one.verdict is Verdict.DOES_NOT_FIT,
        seen=seen_words((one.door or one.service).record, moment.date()),
        text=as_text(made),
        listed=one.service.id in terms.shortlist,
        toggle=terms.toggled(one.service.id).url,
    )


def _shortlist(terms: Terms) -> tuple[tuple[str, str, str], ...]:
    """Give id, name and the address without it, of each service on the shortlist."""
    services = edition().directory.services
    return tuple(
        (one, services[one].record.name.in_(language()), terms.toggled(one).url)
        for one in terms.shortlist
    )


def _nearest(terms: Terms, found: Results | None) -> tuple[Offer, ...]:
    """Offer the needs that the words name or resemble."""
    known = parts().vocabulary.needs
    heard = found.needs if found else ()
    near = dict.fromkeys((*heard, *finding.nearest_needs(terms.words)))
    return tuple(
        Offer(
            known[need].label.in_(language()),
            Terms(need=need, place=terms.place, shortlist=terms.shortlist).url,
        )
        for need in near
        if (need, terms.words) != (terms.need, "") and need in edition().directory.by_need
    )


def _wider(terms: Terms, found: Results | None) -> tuple[str, str] | None:
    """Give the place around the one asked for, and the address of the search there."""
    place = found.place if found else None
    places = parts().vocabulary.places
    if place is None or place.inside is None:
        return None
    around = places[place.inside]
    without = tuple(dict.fromkeys((*terms.without, "place")))
    if around.municipality:
        return around.name.in_(language()), terms.but(place=around.id).url
    return around.name.in_(language()), terms.but(place="", without=without).url


def _elsewhere(found: Results | None) -> Place | None:
    place = found.place if found else None
    if found is None or place is None or not found.results or not place.municipality:
        return None
    here = {"municipality": place.municipality}
    judged = (judge(one.service.record, here).verdict for one in found.results)
    return place if all(one is Verdict.DOES_NOT_FIT for one in judged) else None
