"""The index of an edition: it continues the one before, and old ones make room."""

from dataclasses import replace

import pytest

from directory_data.directory import Directory
from directory_data.records import OrganizationRecord
from directory_data.region import load_region
from navigator.services.directory import edition_index


def edition(number, names):
    """Make an edition with a service for each name."""
    services = [
        {
            "id": name.lower().replace(" ", "-"),
            "name": {"en": name, "fr": name},
            "description": {"en": "Help for people.", "fr": "De l'aide."},
            "needs": ["food"],
            "access": {
                "how": {"en": "Call.", "fr": "Appelez."},
                "self_referral": True,
                "professional_referral": None,
                "through": None,
            },
            "rules": [],
            "fees": {"free": None},
            "languages": ["en"],
            "status": "active",
            "publish": True,
            "confidence": "high",
            "sources": [],
        }
        for name in names
    ]
    agency = {"id": "agency", "name": {"en": "Agency", "fr": "Organisme"}, "services": services}
    organizations = (OrganizationRecord.model_validate(agency),)
    return Directory(edition=number, organizations=organizations, region=load_region())


NAMES = [f"Kitchen number{n}x" for n in range(20)]


@pytest.fixture
def opened(tmp_path):
    """Give a function that opens the index of the next edition with these names."""

    def open_edition(number, names):
        return edition_index.open_index(tmp_path, edition(number, names))

    return open_edition


def first(index, words):
    hits = index.search(words).hits
    return hits[0].id if hits else None


def folder_of(home, number):
    return edition_index.index_folder(home, number, load_region().vocabulary)


def pieces(home, number):
    """Count the parts that the index of an edition was written in."""
    return len(list((folder_of(home, number) / "whoosh").glob("*.seg")))


def test_a_changed_record_is_found_in_the_next_edition_and_not_in_the_last(opened):
    before = opened(1, NAMES)
    after = opened(2, ["Zanzibarton House", *NAMES[1:]])
    assert first(after, "zanzibarton") == "zanzibarton-house"
    assert first(before, "zanzibarton") is None


def test_only_what_changed_is_written_anew(opened, tmp_path):
    opened(1, NAMES)
    opened(2, ["Zanzibarton House", *NAMES[1:]])
    assert (pieces(tmp_path, 1), pieces(tmp_path, 2)) == (1, 2)


def test_the_indexes_of_the_last_editions_stay_and_older_ones_go(opened, tmp_path):
    for number in range(1, 6):
        opened(number, NAMES[number:])
    left = set((tmp_path / "index").glob("edition-*"))
    assert left == {folder_of(tmp_path, number) for number in (3, 4, 5)}
    assert edition_index.EDITIONS_KEPT == 3


def test_who_still_searches_in_an_edition_that_went_goes_on(opened, tmp_path):
    old = opened(1, NAMES)
    for number in range(2, 6):
        opened(number, NAMES[number:])
    assert not folder_of(tmp_path, 1).exists()
    assert first(old, "kitchn number1x") == "kitchen-number1x"
    assert "Kitchen number1x" in [
        suggestion.text for suggestion in old.complete("kitchen number1x")
    ]


def test_new_words_of_the_curators_make_the_index_anew(opened, tmp_path):
    opened(1, NAMES)
    food = load_region().vocabulary.needs["food"]
    words = food.words.model_copy(update={"en": (*food.words.en, "zanzibarton")})
    needs = {**load_region().vocabulary.needs, "food": food.model_copy(update={"words": words})}
    taught = replace(load_region(), vocabulary=replace(load_region().vocabulary, needs=needs))
    index = edition_index.open_index(tmp_path, replace(edition(1, NAMES), region=taught))
    assert index.search("zanzibarton").needs == ("food",)
    assert opened(1, NAMES).search("zanzibarton").needs == ()


def test_an_index_that_cannot_be_read_is_made_again(opened, tmp_path):
    opened(1, NAMES)
    (folder_of(tmp_path, 1) / "impacts.npy").unlink()
    assert first(opened(1, NAMES), "kitchen number3x") == "kitchen-number3x"
