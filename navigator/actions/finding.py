"""Search the directory: words in, services with reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from directory_data.directory import Directory, Service
from directory_data.vocabulary.reading import Place, Vocabulary
from navigator.domain.eligibility import Verdict, judge
from search_index.building import build
from search_index.entries import Entry, Lexicon
from search_index.found import Hit
from search_index.searching import Index

SERVES_PLACE, MAINLY_ELSEWHERE, NOT_HERE = 1.25, 0.6, 0.3
"""How the place that was asked for changes a score; it never hides a service."""

WHY = {
    "name": {"en": "name", "fr": "nom"},
    "alternates": {"en": "also called", "fr": "autre nom"},
    "acronyms": {"en": "short name", "fr": "sigle"},
    "organization": {"en": "organization", "fr": "organisme"},
    "needs": {"en": "need", "fr": "besoin"},
    "places": {"en": "place", "fr": "lieu"},
    "description": {"en": "description", "fr": "description"},
    "access": {"en": "how to get in", "fr": "comment y accéder"},
}
HELPS_WITH = {"en": "helps with: {need}", "fr": "aide pour : {need}"}
SERVES = {"en": "serves {place}", "fr": "dessert {place}"}
ALL_ONTARIO = {"en": "open to all of Ontario", "fr": "ouvert à tout l'Ontario"}


@dataclass(frozen=True, slots=True)
class Result:
    """One service that was found, with why it is there."""

    service: Service
    door: Service | None
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gave; `corrected` is what was searched instead, where that differs."""

    query: str
    corrected: str | None
    needs: tuple[str, ...]
    place: Place | None
    total: int
    results: tuple[Result, ...]


def build_index(folder: Path, directory: Directory, vocabulary: Vocabulary) -> None:
    """Build the index of an edition; a folder that is there already stays."""
    phrases = {
        need.id: tuple(
            dict.fromkeys((need.label.en, need.label.fr, *need.words.en, *need.words.fr))
        )
        for need in vocabulary.needs.values()
    }
    entries = [_entry(service, vocabulary) for service in directory]
    protected = frozenset(
        word.lower() for entry in entries for word in entry.fields.get("acronyms", ())
    )
    build(folder, entries, Lexicon(needs=phrases, old_names={}, protected=protected))


def search(
    index: Index,
    directory: Directory,
    vocabulary: Vocabulary,
    words: str,
    *,
    language: str,
    place: Place | None = None,
    need: str | None = None,
    limit: int = 20,
) -> Results:
    """Find services by words, a need, or both; a place orders them and is never a hard filter."""
    boosts = _place_boosts(directory, place) if place is not None else None
    found = index.search(words, limit=limit, boosts=boosts, needs=(need,) if need else ())
    hits = [hit for hit in found.hits if hit.id in directory.services]
    if need:
        hits = [hit for hit in hits if need in directory.services[hit.id].record.needs]
    needs = tuple(dict.fromkeys((*((need,) if need else ()), *found.needs)))
    results = tuple(
        _result(directory, vocabulary, hit, needs, place=place, language=language) for hit in hits
    )
    total = len(directory.by_need.get(need, ())) if need and not words.strip() else found.total
    return Results(words, found.corrected, needs, place, max(total, len(results)), results)


def _entry(service: Service, vocabulary: Vocabulary) -> Entry:
    record = service.record
    names = (record.name.en, record.name.fr)
    short = (record.short_name.en, record.short_name.fr) if record.short_name else ()
    acronyms = tuple(name for name in record.alternate_names if name.isupper() and len(name) <= 8)
    places = {place.city for place in record.places} | set(_served(service))
    organization = service.organization.name
    return Entry(
        id=service.id,
        fields={
            "name": tuple(dict.fromkeys(names)),
            "alternates": (*record.alternate_names, *short),
            "acronyms": acronyms,
            "organization": tuple(dict.fromkeys((organization.en, organization.fr))),
            "needs": tuple(
                text
                for need in record.needs
                for text in (vocabulary.needs[need].label.en, vocabulary.needs[need].label.fr)
            ),
            "places": tuple(sorted(places)),
            "description": (record.description.en, record.description.fr),
            "access": (record.access.how.en, record.access.how.fr),
        },
        needs=record.needs,
    )


def _served(service: Service) -> tuple[str, ...]:
    return tuple(
        str(value)
        for rule in service.record.rules
        for test in rule.comparisons()
        if test.fact == "municipality" and isinstance(test.value, tuple)
        for value in test.value
    )


def _place_boosts(directory: Directory, place: Place) -> Mapping[str, float]:
    if place.municipality is None:
        return {}
    boosts: dict[str, float] = {}
    for service in directory:
        served = _served(service)
        judgement = judge(service.record, {"municipality": place.municipality})
        if not served:
            continue
        if judgement.verdict is Verdict.DOES_NOT_FIT:
            boosts[service.id] = NOT_HERE
        elif place.municipality in served:
            boosts[service.id] = SERVES_PLACE
        else:
            boosts[service.id] = MAINLY_ELSEWHERE
    return boosts


def _result(
    directory: Directory,
    vocabulary: Vocabulary,
    hit: Hit,
    needs: Sequence[str],
    *,
    place: Place | None,
    language: str,
) -> Result:
    service = directory.services[hit.id]
    why = [WHY[name][language] for name in hit.fields if name in WHY and name != "needs"]
    why += [
        HELPS_WITH[language].format(need=vocabulary.needs[need].label.in_(language))
        for need in needs
        if need in service.record.needs
    ]
    if place is not None and place.municipality is not None:
        served = _served(service)
        if place.municipality in served:
            why.append(SERVES[language].format(place=place.name.in_(language)))
        elif not served:
            why.append(ALL_ONTARIO[language])
    return Result(service, directory.door_of(service), round(hit.score, 3), tuple(why))
