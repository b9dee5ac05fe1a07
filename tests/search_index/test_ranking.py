"""Which of several comes first."""

import random

import pytest

from search_index.building import build
from search_index.entries import Entry, Lexicon
from search_index.meanings import Option
from search_index.query import Slot
from search_index.ranking import rank
from search_index.searching import Index
from search_index.text import stem


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


def test_an_agency_of_that_name_comes_before_what_only_belongs_to_it(ids_of):
    owner = "Halton Children's Aid Society"
    club = Entry("club", {"name": "Bursaries", "organization": owner, "description": owner})
    agency = Entry("agency", {"name": "Protection", "alternates": owner, "organization": owner})
    assert ids_of([club, agency], "halton childrens aid") == ["agency", "club"]


def test_a_name_in_two_languages_is_whole_in_each(ids_of):
    both = Entry("both", {"name": ("Rent bank", "Banque pour le loyer en retard de Milton")})
    longer = Entry("longer", {"name": ("Rent bank desk", "Rent bank desk")})
    assert ids_of([longer, both], "rent bank") == ["both", "longer"]


def test_one_that_covers_every_word_does_not_hide_all_others(ids_of):
    whole = Entry("whole", {"name": "Assertive community treatment"})
    others = [Entry(f"o{n}", {"name": f"Treatment centre {n}x"}) for n in range(3)]
    found = ids_of([*others, whole], "assertive community treatment")
    assert found[0] == "whole"
    assert set(found) == {"whole", "o0", "o1", "o2"}


def test_where_many_cover_the_query_the_others_are_left_out(ids_of):
    whole = [Entry(f"w{n}", {"name": f"Youth housing {n}x"}) for n in range(12)]
    loose = Entry("loose", {"name": "Summer camp", "description": "For youth."})
    assert "loose" not in ids_of([loose, *whole], "youth housing milton")


def test_a_phrase_is_not_about_a_name_it_happens_to_hold(ids_of):
    agency = Entry("agency", {"name": "Protection", "acronyms": ("CAS",)})
    crisis = Entry("crisis", {"name": "Ligne de crise", "description": "En cas d'urgence."})
    assert ids_of([agency, crisis], "en cas de crise")[0] == "crisis"
    assert ids_of([agency, crisis], "CAS") == ["agency"]


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


@pytest.mark.parametrize("others", [3, 400])
def test_of_two_meanings_of_a_word_the_better_one_counts_once(tmp_path, others):
    both = Entry("both", {"name": "Apples pears"})
    rest = [Entry(f"s{n}", {"name": f"Plums number{n}x"}) for n in range(others)]
    build(tmp_path / "edition", [both, Entry("one", {"name": "Pears only"}), *rest], Lexicon())
    index = Index.open(tmp_path / "edition")
    lists = index._lists
    apples, pears = (lists.stem_number(stem(word)) for word in ("apples", "pears"))
    slot = Slot("aples", (Option(apples, 0.9, "apples", True), Option(pears, 0.5, "pears", True)))
    found = rank([slot], [2.0], lists, wanted=None)
    assert [index.ids[document] for document in found.documents] == ["both", "one"]
    assert found.coverage.tolist() == [1.0, 1.0]
    added = {
        term: dict(zip(*map(list, lists.among(term, None)), strict=True))
        for term in (apples, pears)
    }
    assert found.scores.tolist() == pytest.approx([added[apples][0] * 0.9, added[pears][1] * 0.5])
