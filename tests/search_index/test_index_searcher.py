"""What a worker or a resident finds, and what the search says about it."""

import pytest

from search_index.autocomplete import CompletionKind
from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.index_searcher import Index
from tests.work import calls


def test_a_misspelt_word_finds_what_was_meant_and_says_so(index):
    result = index.search("Emergensy shleter")
    assert result.hits[0].id == "lighthouse"
    assert result.corrected == "emergency shelter"
    assert result.query == "Emergensy shleter"


@pytest.mark.parametrize("words", ["shelter", "SHELTER", "shelters", "Shélter"])
def test_case_accents_and_plurals_make_no_difference(index, words):
    result = index.search(words)
    assert result.hits[0].id == "lighthouse"
    assert result.corrected is None


@pytest.mark.parametrize("words", ["foodbank acton", "fodbank acton"])
def test_two_words_written_as_one_are_understood(index, words):
    result = index.search(words)
    assert result.hits[0].id == "foodshare"
    assert result.corrected == "food bank acton"


def test_one_word_written_as_two_is_understood(found):
    assert found("one link")[0] == "onelink"


@pytest.mark.parametrize("typed", ["OW", "odsp", "CAS", "lhin", "savis", "coast"])
def test_an_acronym_is_never_corrected_away(index, typed):
    assert index.correct(typed) is None
    assert index.search(typed).corrected is None


def test_an_acronym_finds_its_service_first(found):
    assert found("OW")[0] == "works"
    assert found("coast")[0] == "coast"


def test_an_old_name_finds_the_new_one(found):
    assert found("CCAC") == ["athome"]
    assert found("welfare") == ["works"]


def test_a_word_that_sounds_alike_is_understood(index):
    assert index.search("sykologist").corrected == "psychologists"


@pytest.mark.parametrize(
    ("words", "need", "expected"),
    [
        ("popote roulante", "meals-delivered", "wheels"),
        ("banque alimentaire", "food", "foodshare"),
        ("couch surfing", "shelter", "lighthouse"),
        ("couhc surfign", "shelter", "lighthouse"),
        ("we are two months behind on rent", "keep-housing", "housing-fund"),
        ("prendre une douche", "basics", "lighthouse"),
    ],
)
def test_plain_words_and_french_find_the_need(index, words, need, expected):
    result = index.search(words)
    assert result.needs[0] == need
    assert expected in [hit.id for hit in result.hits]


def test_a_hit_says_where_and_with_which_words_it_matched(index):
    hit = index.search("food bank oakville").hits[0]
    assert hit.id == "fareshare"
    assert hit.words == ("food", "bank", "oakville")
    assert {"name", "places", "needs"} <= set(hit.fields)


def test_a_need_alone_finds_its_services(found):
    assert set(found("", needs=["food"])) == {"foodshare", "fareshare"}


def test_nothing_and_nonsense_find_nothing(index):
    for words in ("", "   ", "?!", "qqqqzzzz"):
        result = index.search(words)
        assert (result.total, result.hits, result.corrected) == (0, (), None)


def test_a_very_long_query_is_cut_short(index):
    def work(repeats):
        return calls(lambda: index.search("shelter " + "sheltre " * repeats))

    assert index.search("shelter " + "sheltre " * 50_000).hits[0].id == "lighthouse"
    assert work(50_000) <= 50 * work(1_000)


def test_stop_words_are_not_corrected(index):
    assert index.correct("whose") is None
    assert index.search("about whose").corrected is None


def test_a_boost_changes_the_order_and_nought_hides(found):
    assert found("food bank")[0] != "lighthouse"
    assert found("food bank", boosts={"fareshare": 5})[0] == "fareshare"
    assert found("food bank", boosts={"foodshare": 5})[0] == "foodshare"
    assert "foodshare" not in found("food bank", boosts={"foodshare": 0})


def test_a_function_of_boosts_is_asked_for_the_candidates(found):
    asked = []

    def boosts(ids):
        asked.extend(ids)
        return [0 if name == "fareshare" else 1 for name in ids]

    assert found("food bank", boosts=boosts) == ["foodshare"]
    assert set(asked) == {"foodshare", "fareshare"}


def test_pages_hold_everything_once(index):
    whole = [hit.id for hit in index.search("people home food shelter", limit=9).hits]
    pages = [
        hit.id
        for offset in range(0, 9, 2)
        for hit in index.search("people home food shelter", limit=2, offset=offset).hits
    ]
    assert pages == whole
    assert len(set(whole)) == len(whole)


def test_the_last_word_counts_as_a_beginning_only_while_typing(found):
    assert found("light") == []
    assert found("light", typing=True) == ["lighthouse"]
    assert found("lihgt", typing=True) == ["lighthouse"]


def test_while_typing_a_whole_word_comes_before_longer_ones(tmp_path):
    entries = [IndexEntry(f"s{n}", {"name": f"Carers circle {n}x"}) for n in range(60)]
    build_index(
        tmp_path / "edition", [*entries, IndexEntry("car", {"name": "Car share"})], IndexLexicon()
    )
    hits = Index.open(tmp_path / "edition").search("car", typing=True).hits
    assert hits[0].id == "car"
    assert len(hits) == 10


def test_completions_are_needs_services_and_organizations(index):
    assert ("need", "food") in {(found.kind, found.id) for found in index.complete("fo", 8)}
    assert [found.text for found in index.complete("salv", 8)] == ["The Salvation Army"]
    assert [found.id for found in index.complete("popote rou", 8)] == ["meals-delivered"]
    assert "Lighthouse Shelter" in [found.text for found in index.complete("ligthouse", 8)]
    assert index.complete("", 8) == ()


def test_did_you_mean_for_organizations(index):
    offered = index.complete("slavation armi", kinds={CompletionKind.ORGANIZATION})
    assert [(found.text, found.kind) for found in offered] == [
        ("The Salvation Army", "organization")
    ]
    assert index.complete("lighthouse", kinds={CompletionKind.ORGANIZATION}) == ()


def test_needs_are_ranked_by_how_much_of_the_words_says_them(index):
    needs = dict(index.recognize_needs("two months behind and no food"))
    assert set(needs) == {"keep-housing", "food"}
    assert needs["keep-housing"] > needs["food"]
