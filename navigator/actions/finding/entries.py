"""What of a service goes into the index, and the index of an edition."""

from pathlib import Path

from directory_data.directory import Directory, Service
from directory_data.vocabulary.names import names
from directory_data.vocabulary.reading import Vocabulary
from navigator.actions.finding.traits import served
from search_index.building import build
from search_index.entries import Entry, Lexicon

ACRONYM = 8
"""Letters up to which another name in capitals counts as a short name."""


def build_index(
    folder: Path, directory: Directory, vocabulary: Vocabulary, *, previous: Path | None = None
) -> None:
    """Build the index of an edition; a folder that is there already stays.

    With the folder of a `previous` edition only what changed since is analysed anew.
    """
    entries = [_entry(service, vocabulary) for service in directory]
    build(folder, entries, lexicon(vocabulary), previous=previous)


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Give the words of the curators that an index is built with."""
    phrases = {
        need.id: tuple(
            dict.fromkeys((need.label.en, need.label.fr, *need.words.en, *need.words.fr))
        )
        for need in vocabulary.needs.values()
    }
    return Lexicon(needs=phrases, old_names=names().old_names)


def _entry(service: Service, vocabulary: Vocabulary) -> Entry:
    record = service.record
    brief = (record.short_name.en, record.short_name.fr) if record.short_name else ()
    own = (name for name in record.alternate_names if name.isupper() and len(name) <= ACRONYM)
    places = {place.city for place in record.places} | served(record)
    organization = service.organization.name
    return Entry(
        id=service.id,
        fields={
            "name": tuple(dict.fromkeys((record.name.en, record.name.fr))),
            "alternates": (*record.alternate_names, *brief),
            "acronyms": tuple(dict.fromkeys((*own, *names().acronyms_of(service.id)))),
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
