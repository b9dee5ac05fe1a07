"""What of a service goes into the index, and the index of an edition."""

from collections.abc import Sequence
from pathlib import Path

from directory_data.bilingual import Bilingual
from directory_data.directory import Directory, Service
from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.ranking_features import served_municipalities
from search_index.analyzer import tokens
from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.need_recognition import phrase_stems

ACRONYM = 8
"""Letters up to which another name in capitals counts as a short name."""


def build_edition_index(
    folder: Path, directory: Directory, *, previous: Path | None = None
) -> None:
    """Build the index of an edition; a folder that is there already stays.

    With the folder of a `previous` edition only what changed since is analysed anew.
    """
    vocabulary = directory.vocabulary
    entries = [_entry(service, vocabulary) for service in directory]
    build_index(folder, entries, index_lexicon(vocabulary), previous=previous)


def index_lexicon(vocabulary: Vocabulary) -> IndexLexicon:
    """Give the words of the curators that an index is built with."""
    phrases = {
        need.id: _telling(need.label, (*need.words.en, *need.words.fr))
        for need in vocabulary.needs.values()
    }
    phrases |= {
        topic.id: _telling(topic.label, (*topic.en, *topic.fr))
        for topic in vocabulary.topics.by_id.values()
    }
    return IndexLexicon(needs=phrases, old_names=vocabulary.aliases.old_names)


def _telling(label: Bilingual, said: Sequence[str]) -> tuple[str, ...]:
    """Give a label and the phrases for it, but none that little words say most of.

    The index looks for telling words only: of "ID clinic" it would keep the clinic, and of "get
    out of bed" the bed. Whole sentences are understood with their little words, see heard.py.
    """
    phrases = dict.fromkeys((label.en, label.fr, *said))
    single = {phrase_stems(one) for one in phrases if len(tokens(one)) == 1}
    return tuple(
        one for one in phrases if len(phrase_stems(one)) > 1 or phrase_stems(one) in single
    )


def _entry(service: Service, vocabulary: Vocabulary) -> IndexEntry:
    record = service.record
    brief = (record.short_name.en, record.short_name.fr) if record.short_name else ()
    own = (name for name in record.alternate_names if name.isupper() and len(name) <= ACRONYM)
    places = {place.city for place in record.places} | served_municipalities(record)
    organization = service.organization.name
    return IndexEntry(
        id=service.id,
        fields={
            "name": tuple(dict.fromkeys((record.name.en, record.name.fr))),
            "alternates": (*record.alternate_names, *brief),
            "acronyms": tuple(dict.fromkeys((*own, *vocabulary.aliases.acronyms_of(service.id)))),
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
        needs=(*record.needs, *vocabulary.topics.of_service.get(service.id, ())),
    )
