"""What an unknown word is taken for, and what is left alone."""

import pytest

from search_index.index_builder import build_index
from search_index.index_schema import IndexEntry, IndexLexicon
from search_index.index_searcher import Index


def named(*names: str, **fields: str) -> list[IndexEntry]:
    return [IndexEntry(f"s{n}", {"name": name, **fields}) for n, name in enumerate(names)]


@pytest.fixture
def index_of(tmp_path):
    def make(*names: str, **lexicon: object) -> Index:
        build_index(tmp_path / "edition", named(*names), IndexLexicon(**lexicon))
        return Index.open(tmp_path / "edition")

    return make


@pytest.mark.parametrize(
    "typed",
    ["shleter", "sheltr", "sheltter", "shetler", "hselter", "xhelter", "helter", "eshelter"],
)
def test_one_mistake_anywhere_is_mended(index_of, typed):
    assert index_of("Night shelter", "Old mill", "Help centre").correct(typed) == "shelter"


@pytest.mark.parametrize("typed", ["adiction", "addicsion", "adictoin", "adicshun"])
def test_two_mistakes_or_the_sound_are_mended_in_a_long_word(index_of, typed):
    assert index_of("Addiction clinic", "Auction house").correct(typed) == "addiction"


def test_a_frequent_word_is_likelier_than_a_rare_one(index_of):
    index = index_of("Food bank", "Food share", "Food line", "Mood line")
    assert index.correct("dood") is None or index.correct("fooud") == "food"
    assert index.search("fooud").corrected == "food"


@pytest.mark.parametrize("typed", ["od", "fod", "abc", "q7x", "2020"])
def test_short_words_and_words_with_digits_are_left_alone(index_of, typed):
    assert index_of("Food bank", "Abcd house").correct(typed) is None


def test_a_short_word_keeps_its_first_letter(index_of):
    index = index_of("OSAP office")
    assert index.correct("asap") is None
    assert index.correct("oasp") == "osap"


@pytest.mark.parametrize("typed", ["links 2 care", "link 2 care", "link2care", "links2 care"])
def test_a_name_with_a_digit_may_be_written_apart_or_misspelt(index_of, typed):
    index = index_of("Links2Care", "Link to work", "Care for 2", "Home care")
    found = index.search(f"{typed} taxes")
    assert found.hits[0].id == "s0"
    assert found.corrected in {None, "links2care taxes"}


def test_the_digit_in_a_name_is_not_corrected(index_of):
    assert index_of("Links2Care", "Links4Kids").correct("links3care") is None


@pytest.mark.parametrize("typed", ["being", "wont", "quelqu", "anyone"])
def test_words_of_conversation_are_no_misspellings(index_of, typed):
    assert index_of("Bring a friend", "Went away").correct(typed) is None


def test_a_protected_name_stays_even_if_nothing_has_it(index_of):
    index = index_of("Toast masters", protected=frozenset({"coast"}))
    assert index.correct("coast") is None
    assert index.correct("toasst") == "toast"


def test_the_context_decides_between_two_meanings(index_of):
    index = index_of("Legal house", "Legal horse riding", "House of bread", "Horse farm")
    result = index.search("hoese riding")
    assert result.hits[0].id == "s1"
    assert result.corrected == "horse riding"


def test_a_word_written_apart_may_be_misspelt_too(index_of):
    index = index_of("ConnexOntario", "Ontario Works", "Connect house")
    assert index.search("conex ontaro").hits[0].id == "s0"


def test_phrases_of_needs_are_known_words(index_of):
    index = index_of("Night shelter", needs={"food": ("epicerie", "groceries")})
    assert index.correct("epiceri") is None
    assert index.correct("grocereis") == "groceries"


def test_signs_around_a_corrected_word_do_not_matter(index_of):
    result = index_of("Night shelter").search("Any (shleter)?")
    assert result.corrected == "Any shelter"
    assert result.hits[0].id == "s0"
