"""The names people use lead to services that are shown."""

from pathlib import Path

import pytest

from directory_data.directory import Directory
from directory_data.record_checks import check_folder
from directory_data.region import load_region
from directory_data.vocabulary import service_aliases as names_file
from directory_data.vocabulary.service_aliases import (
    HARDLY_MEANT,
    MEANT,
    read_aliases,
)
from search_index.analyzer import STOP_WORDS, tokens

RECORDS = Path(names_file.__file__).parents[1] / "halton" / "organizations"


@pytest.fixture(scope="module")
def directory():
    return Directory(
        1, check_folder(RECORDS, load_region().vocabulary).organizations, load_region()
    )


def test_every_acronym_leads_to_services_that_are_shown(directory):
    lost = {
        short: [service_id for service_id in ids if service_id not in directory.services]
        for short, ids in load_region().vocabulary.aliases.acronyms.items()
        if not set(ids) <= set(directory.services)
    }
    assert lost == {}


def test_every_old_name_leads_to_a_service_that_is_shown(directory):
    said = [f" {' '.join(tokens(text))} " for service in directory for text in names_of(service)]
    lost = [
        (old, now)
        for old, today in load_region().vocabulary.aliases.old_names.items()
        for now in today
        if not any(f" {' '.join(tokens(now))} " in text for text in said)
    ]
    assert lost == []


def names_of(service):
    record, organization = service.record, service.organization.name
    return (
        *(record.name.en, record.name.fr, organization.en, organization.fr),
        *record.alternate_names,
    )


def test_an_acronym_is_one_word_that_a_search_does_not_skip():
    for short in load_region().vocabulary.aliases.acronyms:
        assert tokens(short) == [short.lower()]
        assert short.lower() not in STOP_WORDS


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("CCAC", "Ontario Health atHome"),
        ("LHIN", "Ontario Health atHome"),
        ("CASC", "Ontario Health atHome"),
        ("welfare", "Ontario Works"),
    ],
)
def test_an_old_name_is_known_by_its_new_one(old, now):
    assert load_region().vocabulary.aliases.old_names[old] == (now,)


@pytest.mark.parametrize(
    ("short", "service"),
    [
        ("OW", "ontario-works-halton"),
        ("ODSP", "odsp"),
        ("CAS", "halton-cas"),
        ("COAST", "coast-crisis-line"),
        ("ADAPT", "one-link"),
    ],
)
def test_an_acronym_leads_to_its_service(short, service):
    assert load_region().vocabulary.aliases.acronyms[short][0] == service
    assert short in load_region().vocabulary.aliases.acronyms_of(service)


@pytest.mark.parametrize("typed", ["ADAPT", "adapt", "ADAPT burlington", "go to ADAPT"])
def test_an_acronym_alone_or_in_capitals_is_meant(typed):
    assert load_region().vocabulary.aliases.factors(typed) == {"one-link": MEANT}


@pytest.mark.parametrize("typed", ["I can not adapt", "adapt my house"])
def test_an_everyday_word_inside_a_sentence_is_hardly_an_acronym(typed):
    assert load_region().vocabulary.aliases.factors(typed) == {"one-link": HARDLY_MEANT}


@pytest.mark.parametrize("typed", ["", "call cas on me", "I CAN NOT ADAPT", "food bank"])
def test_other_words_change_nothing(typed):
    assert load_region().vocabulary.aliases.factors(typed) == {}


def test_every_everyday_acronym_is_explained():
    assert load_region().vocabulary.aliases.everyday <= set(
        load_region().vocabulary.aliases.acronyms
    )


def test_the_names_cannot_be_changed_by_who_reads_them():
    with pytest.raises(TypeError):
        load_region().vocabulary.aliases.acronyms["OW"] = ()


TWICE = """
old_names: []
acronyms:
  - {short: OW, services: [one], means: One}
  - {short: OW, services: [two], means: Two}
"""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (TWICE, "OW is explained twice"),
        ("old_names: [{old: [x], now: [y]}]\nacronyms: []\n", "source"),
        ("old_names: []\nacronyms: [{short: ow, services: [one], means: One}]\n", "short"),
        ("old_names: []\nacronyms: [{short: OW, services: [], means: One}]\n", "services"),
    ],
)
def test_a_name_without_source_or_explained_twice_is_refused(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        read_aliases(text)
