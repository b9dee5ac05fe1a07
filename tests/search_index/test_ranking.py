"""Which of several comes first."""

import random

import pytest

from search_index.building import build
from search_index.entries import Entry, Lexicon
from search_index.ranking import rank
from search_index.searching import Index


@pytest.fixture
def ids_of(tmp_path):
    def find(entries: list[Entry], words: str, lexicon: Lexicon | None = None) -> list[str]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        build(folder, entries, lexicon or Lexicon())
        return [hit.id for hit in Index.open(folder).search(words, limit=50).hits]

    return find


def test_a_name_counts_more_than_a_description(ids_of):
    said = Entry("said", {"name": "Hall", "description": "There is also a food pantry."})
    called = Entry("called", {"name": "Food pantry", "description": "A hall."})
    assert ids_of([said, called], "food pantry") == ["called", "said"]


def test_covering_the_whole_query_counts_more_than_one_rare_word(ids_of):
    others = [Entry(f"o{n}", {"name": f"Village choir {n}x"}) for n in range(8)]
    both = Entry("both", {"name": "Centre", "description": "Housing for youth."})
    rare = Entry("rare", {"name": "Housing for dogs", "description": "For all."})
    assert ids_of([*others, rare, both], "youth housing")[0] == "both"


def test_words_that_stand_together_count_more(ids_of):
    apart = Entry("apart", {"name": "Mental arithmetic club and good health"})
    together = Entry("together", {"name": "Good club and mental health arithmetic"})
    assert ids_of([apart, together], "mental health")[0] == "together"


def test_the_whole_name_comes_before_a_longer_one(ids_of):
    longer = Entry("longer", {"name": "Halton Housing Help Desk For Landlords"})
    whole = Entry("whole", {"name": "Halton Housing Help"})
    assert ids_of([longer, whole], "halton housing help")[0] == "whole"


def test_the_main_need_comes_before_a_minor_one(ids_of):
    minor = Entry("minor", {"name": "Hall"}, ("rides", "company", "food"))
    main = Entry("main", {"name": "Barn"}, ("food",))
    lexicon = Lexicon(needs={"food": ("hungry",), "rides": ("bus",), "company": ("lonely",)})
    assert ids_of([minor, main], "hungry", lexicon) == ["main", "minor"]


def test_a_longer_phrase_of_a_need_outweighs_a_chance_word(ids_of):
    chance = Entry("chance", {"name": "Living arts", "description": "Painting."})
    meant = Entry("meant", {"name": "Lighthouse", "description": "Beds."}, ("shelter",))
    lexicon = Lexicon(needs={"shelter": ("living in my car",)})
    assert ids_of([chance, meant], "living in my car", lexicon)[0] == "meant"


def test_french_and_english_names_find_the_same(ids_of):
    entry = Entry("cas", {"name": ("Children's Aid Society", "Société d'aide à l'enfance")})
    for words in ("childrens aid", "société d’aide à l’enfance", "societe aide enfance"):
        assert ids_of([entry], words) == ["cas"]


def test_looking_common_words_up_for_candidates_only_changes_nothing(tmp_path):
    chance = random.Random(4)
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    entries = [
        Entry(f"s{n}", {"name": " ".join(chance.choices(words, range(1, 17), k=5))})
        for n in range(400)
    ]
    build(tmp_path / "edition", entries, Lexicon())
    index = Index.open(tmp_path / "edition")
    narrowed = 0
    for _ in range(60):
        slots = index._reader.read(" ".join(chance.sample(words, 3))).slots
        worth = [index._reader.rarity(slot) for slot in slots]
        whole = rank(slots, worth, index._lists, wanted=None)
        some = rank(slots, worth, index._lists, wanted=5, common=20, few=1)
        narrowed += len(some.documents) < len(whole.documents)
        assert best(some) == best(whole)
    assert narrowed > 10, "the short cut was hardly ever taken"


def best(ranked):
    order = sorted(zip(-ranked.scores, ranked.documents.tolist(), strict=True))
    return [(document, round(float(-score), 4)) for score, document in order[:5]]
