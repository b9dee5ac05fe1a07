"""Which of several comes first."""

import random

import pytest

from search_index.analyzer import stem
from search_index.first_stage_ranking import rank_documents
from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.index_searcher import Index
from search_index.query_analysis import QuerySlot
from search_index.term_matching import TermOption


@pytest.fixture
def ids_of(tmp_path):
    def find(
        entries: list[IndexEntry], words: str, lexicon: IndexLexicon | None = None
    ) -> list[str]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        build_index(folder, entries, lexicon or IndexLexicon())
        return [hit.id for hit in Index.open(folder).search(words, limit=50).hits]

    return find


def test_a_name_counts_more_than_a_description(ids_of):
    said = IndexEntry("said", {"name": "Hall", "description": "There is also a food pantry."})
    called = IndexEntry("called", {"name": "Food pantry", "description": "A hall."})
    assert ids_of([said, called], "food pantry") == ["called", "said"]


def test_covering_the_whole_query_counts_more_than_one_rare_word(ids_of):
    others = [IndexEntry(f"o{n}", {"name": f"Village choir {n}x"}) for n in range(8)]
    both = IndexEntry("both", {"name": "Centre", "description": "Housing for youth."})
    rare = IndexEntry("rare", {"name": "Housing for dogs", "description": "For all."})
    assert ids_of([*others, rare, both], "youth housing")[0] == "both"


def test_words_that_stand_together_count_more(ids_of):
    apart = IndexEntry("apart", {"name": "Mental arithmetic club and good health"})
    together = IndexEntry("together", {"name": "Good club and mental health arithmetic"})
    assert ids_of([apart, together], "mental health")[0] == "together"


def test_the_whole_name_comes_before_a_longer_one(ids_of):
    longer = IndexEntry("longer", {"name": "Halton Housing Help Desk For Landlords"})
    whole = IndexEntry("whole", {"name": "Halton Housing Help"})
    assert ids_of([longer, whole], "halton housing help")[0] == "whole"


def test_an_agency_of_that_name_comes_before_what_only_belongs_to_it(ids_of):
    owner = "Halton Children's Aid Society"
    club = IndexEntry("club", {"name": "Bursaries", "organization": owner, "description": owner})
    agency = IndexEntry(
        "agency", {"name": "Protection", "alternates": owner, "organization": owner}
    )
    assert ids_of([club, agency], "halton childrens aid") == ["agency", "club"]


def test_a_name_in_two_languages_is_whole_in_each(ids_of):
    both = IndexEntry("both", {"name": ("Rent bank", "Banque pour le loyer en retard de Milton")})
    longer = IndexEntry("longer", {"name": ("Rent bank desk", "Rent bank desk")})
    assert ids_of([longer, both], "rent bank") == ["both", "longer"]


def test_one_that_covers_every_word_does_not_hide_all_others(ids_of):
    whole = IndexEntry("whole", {"name": "Assertive community treatment"})
    others = [IndexEntry(f"o{n}", {"name": f"Treatment centre {n}x"}) for n in range(3)]
    found = ids_of([*others, whole], "assertive community treatment")
    assert found[0] == "whole"
    assert set(found) == {"whole", "o0", "o1", "o2"}


def test_where_many_cover_the_query_the_others_are_left_out(ids_of):
    whole = [IndexEntry(f"w{n}", {"name": f"Youth housing {n}x"}) for n in range(12)]
    loose = IndexEntry("loose", {"name": "Summer camp", "description": "For youth."})
    assert "loose" not in ids_of([loose, *whole], "youth housing milton")


def test_a_phrase_is_not_about_a_name_it_happens_to_hold(ids_of):
    agency = IndexEntry("agency", {"name": "Protection", "acronyms": ("CAS",)})
    crisis = IndexEntry("crisis", {"name": "Ligne de crise", "description": "En cas d'urgence."})
    assert ids_of([agency, crisis], "en cas de crise")[0] == "crisis"
    assert ids_of([agency, crisis], "CAS") == ["agency"]


def test_the_main_need_comes_before_a_minor_one(ids_of):
    minor = IndexEntry("minor", {"name": "Hall"}, ("rides", "company", "food"))
    main = IndexEntry("main", {"name": "Barn"}, ("food",))
    lexicon = IndexLexicon(needs={"food": ("hungry",), "rides": ("bus",), "company": ("lonely",)})
    assert ids_of([minor, main], "hungry", lexicon) == ["main", "minor"]


def test_a_longer_phrase_of_a_need_outweighs_a_chance_word(ids_of):
    chance = IndexEntry("chance", {"name": "Living arts", "description": "Painting."})
    meant = IndexEntry("meant", {"name": "Lighthouse", "description": "Beds."}, ("shelter",))
    lexicon = IndexLexicon(needs={"shelter": ("living in my car",)})
    assert ids_of([chance, meant], "living in my car", lexicon)[0] == "meant"


def test_french_and_english_names_find_the_same(ids_of):
    entry = IndexEntry("cas", {"name": ("Children's Aid Society", "Société d'aide à l'enfance")})
    for words in ("childrens aid", "société d’aide à l’enfance", "societe aide enfance"):
        assert ids_of([entry], words) == ["cas"]


def test_looking_common_words_up_for_candidates_only_changes_nothing(tmp_path):
    chance = random.Random(4)
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    entries = [
        IndexEntry(f"s{n}", {"name": " ".join(chance.choices(words, range(1, 17), k=5))})
        for n in range(400)
    ]
    build_index(tmp_path / "edition", entries, IndexLexicon())
    index = Index.open(tmp_path / "edition")
    shortened = 0
    for _ in range(60):
        slots = index._analyzer.analyze(" ".join(chance.sample(words, 3))).slots
        weights = [index._analyzer.weight(slot) for slot in slots]
        everything = rank_documents(slots, weights, index._postings, top=None)
        pruned = rank_documents(
            slots, weights, index._postings, top=5, common_term=20, candidate_share=1
        )
        shortened += len(pruned.documents) < len(everything.documents)
        assert best(pruned) == best(everything)
    assert shortened > 10, "the short cut was hardly ever taken"


def best(ranked):
    order = sorted(zip(-ranked.scores, ranked.documents.tolist(), strict=True))
    return [(document, round(float(-score), 4)) for score, document in order[:5]]


@pytest.mark.parametrize("others", [3, 400])
def test_of_two_meanings_of_a_word_the_better_one_counts_once(tmp_path, others):
    both = IndexEntry("both", {"name": "Apples pears"})
    rest = [IndexEntry(f"s{n}", {"name": f"Plums number{n}x"}) for n in range(others)]
    build_index(
        tmp_path / "edition",
        [both, IndexEntry("one", {"name": "Pears only"}), *rest],
        IndexLexicon(),
    )
    index = Index.open(tmp_path / "edition")
    postings = index._postings
    apples, pears = (postings.stem_term(stem(word)) for word in ("apples", "pears"))
    slot = QuerySlot(
        "aples", (TermOption(apples, 0.9, "apples", True), TermOption(pears, 0.5, "pears", True))
    )
    found = rank_documents([slot], [2.0], postings, top=None)
    assert [index.ids[document] for document in found.documents] == ["both", "one"]
    assert found.coverage.tolist() == [1.0, 1.0]
    added = {
        term: dict(zip(*map(list, postings.postings(term, None)), strict=True))
        for term in (apples, pears)
    }
    assert found.scores.tolist() == pytest.approx([added[apples][0] * 0.9, added[pears][1] * 0.5])
