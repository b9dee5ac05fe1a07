"""A service's own words, misspelt by a seeded generator, bring that service first."""

import random

import pytest

from benchmarks.search import known_item_queries, service_sets
from benchmarks.search.typo_generator import Kind, misspelt, mistake
from search_index.index_builder import build_index
from search_index.index_searcher import Index

needs_baltimore = pytest.mark.skipif(
    not service_sets.BALTIMORE.exists(), reason="the reference data set is not on this machine"
)


@pytest.fixture(scope="module")
def baltimore(tmp_path_factory):
    entries = service_sets.baltimore()
    folder = tmp_path_factory.mktemp("baltimore") / "edition"
    build_index(folder, entries, service_sets.LEXICON)
    return entries, Index.open(folder)


def share_first(items, index):
    return known_item_queries.first(
        items, lambda typed: [hit.id for hit in index.search(typed, limit=1).hits]
    )


@needs_baltimore
def test_misspelt_names_are_found_first(baltimore):
    entries, index = baltimore
    assert share_first(known_item_queries.names(entries, seed=31, most=400), index) >= 0.95


@needs_baltimore
def test_misspelt_descriptions_are_found_first(baltimore):
    entries, index = baltimore
    assert share_first(known_item_queries.descriptions(entries, seed=32, most=300), index) >= 0.85


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_mistake_changes_a_word_a_little(kind):
    chance = random.Random(3)
    wrong = [mistake("philosophy", kind, chance) for _ in range(50)]
    assert sum(word != "philosophy" for word in wrong) > 40
    assert all(7 <= len(word) <= 13 for word in wrong)


def test_mistakes_are_the_same_for_the_same_seed_and_spare_short_words():
    once, again = (misspelt("Food bank of Georgetown", random.Random(5)) for _ in range(2))
    assert once == again
    assert once.split()[:3] == ["Food", "bank", "of"]
    assert once.split()[3] != "Georgetown"
