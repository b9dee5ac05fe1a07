"""Indexing: what of a service goes into the index, and the index of an edition."""

from collections.abc import Sequence
from pathlib import Path

from directory_data.bilingual import Bilingual
from directory_data.directory import Directory, Service
from directory_data.vocabulary.loader import Vocabulary
from navigator.services.search.static_features import municipalities_served
from search_index.analyzer import tokens
from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.need_recognition import phrase_stems

LONGEST_ACRONYM = 8
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
        need.id: _content_phrases(need.label, (*need.words.en, *need.words.fr))
        for need in vocabulary.needs.values()
    }
    phrases |= {
        topic.id: _content_phrases(topic.label, (*topic.en, *topic.fr))
        for topic in vocabulary.topics.by_id.values()
    }
    return IndexLexicon(needs=phrases, old_names=vocabulary.aliases.old_names)


def _content_phrases(label: Bilingual, phrases: Sequence[str]) -> tuple[str, ...]:
    """Give a label and the phrases for it, but none that stop words say most of.

    The index looks for content words only: of "ID clinic" it would keep the clinic, and of "get
    out of bed" the bed. Whole sentences are read with their stop words, see query_understanding.
    """
    unique = dict.fromkeys((label.en, label.fr, *phrases))
    single = {phrase_stems(phrase) for phrase in unique if len(tokens(phrase)) == 1}
    return tuple(
        phrase
        for phrase in unique
        if len(phrase_stems(phrase)) > 1 or phrase_stems(phrase) in single
    )


def _entry(service: Service, vocabulary: Vocabulary) -> IndexEntry:
    record = service.record
    short_name = (record.short_name.en, record.short_name.fr) if record.short_name else ()
    acronyms = (
        name for name in record.alternate_names if name.isupper() and len(name) <= LONGEST_ACRONYM
    )
    aliases = vocabulary.aliases.acronyms_of(service.id)
    places = {address.city for address in record.places} | municipalities_served(record)
    organization = service.organization.name
    return IndexEntry(
        id=service.id,
        fields={
            "name": tuple(dict.fromkeys((record.name.en, record.name.fr))),
            "alternates": (*record.alternate_names, *short_name),
            "acronyms": tuple(dict.fromkeys((*acronyms, *aliases))),
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
