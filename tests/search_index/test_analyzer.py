"""Words of both languages made comparable."""

import pytest

from search_index.analyzer import content_words, fold_text, stem, tokens
from search_index.phonetics import phonetic_key


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("L'Aide à l’enfance", "l aide a l enfance"),
        ("Children's Aid", "childrens aid"),
        ("Cœur, ÉTÉ, Noël", "coeur, ete, noel"),
    ],
)
def test_accents_case_and_apostrophes_fold_away(written, folded):
    assert fold_text(written) == folded


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("one-Link", ["one", "link"]),
        ("call 2-1-1", ["call", "211"]),
        ("A.A. meetings", ["aa", "meetings"]),
        ("the end. No more", ["the", "end", "no", "more"]),
        ("24/7 & more", ["24", "7", "more"]),
        ("", []),
    ],
)
def test_a_text_falls_into_words(written, words):
    assert tokens(written) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("house", "houses", "housing", "housed"),
        ("shelter", "shelters"),
        ("therapy", "therapies"),
        ("logement", "logements"),
        ("hopital", "hopitaux"),
        ("social", "sociale", "sociaux", "sociales"),
        ("counsel", "counsels", "counselling", "counselled"),
        ("women", "womens"),
        ("bus", "bus"),
    ],
)
def test_the_forms_of_a_word_come_together(forms):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("word", "other"), [("car", "care"), ("rent", "parent"), ("need", "nee")])
def test_different_words_stay_apart(word, other):
    assert stem(word) != stem(other)


def test_stop_words_go_unless_they_are_all():
    assert content_words(["help", "with", "rent"]) == ["rent"]
    assert content_words(["about", "us"]) == ["about", "us"]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("psychologist", "sykologist"),
        ("physician", "fisician"),
        ("school", "skool"),
        ("counselling", "counceling"),
        ("dentiste", "dantiste"),
        ("nourriture", "nouriture"),
        ("eviction", "evikshun"),
    ],
)
def test_words_that_sound_alike_share_a_key(word, other):
    assert phonetic_key(word) == phonetic_key(other)
