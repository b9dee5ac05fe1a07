"""What the second reader learns from reviewed examples, and where it keeps silent."""

from functools import cache

import pytest
from navigator.nlp.needs.training_data import TrainedReader, train_reader

from directory_data.region import load_region
from directory_data.vocabulary.phrase_book import phrase_book
from directory_data.vocabulary.training_examples import TrainingSet, training_set
from navigator.nlp.needs.classifier import NOTHING
from navigator.nlp.needs.concepts import make_concept_matcher
from navigator.nlp.needs.features import extract_need_features
from navigator.nlp.needs.lexicon import NeedsLexicon
from navigator.nlp.needs.lexicon_compiler import compile_needs_lexicon
from navigator.nlp.needs.pipeline import understand
from navigator.nlp.needs.tokenizer import TokenizedText, tokenize, tokenized_text

SMALL = TrainingSet.model_validate(
    {
        "ideas": {"tooth": ["molar*", "dent", "gum line"], "cold": ["freezing", "gele"]},
        "examples": [
            {
                "need": "dental",
                "language": "en",
                "say": ["my molar broke", "molars hurt badly", "gum line is red", "broke a molar"],
            },
            {
                "need": "shelter",
                "language": "en",
                "say": ["freezing outside tonight", "we sleep outside", "outside and freezing"],
            },
            {
                "need": None,
                "language": "en",
                "say": ["what a lovely morning", "lovely to meet you", "a lovely song"],
            },
        ],
    }
)


@cache
def lexicon() -> NeedsLexicon:
    return compile_needs_lexicon(load_region().vocabulary, phrase_book())


def needs(text: str) -> list[str]:
    return [need for need, _ in understand(text, lexicon=lexicon()).needs]


def words(text: str) -> TokenizedText:
    return tokenized_text(tokenize(text), {})


def small() -> TrainedReader:
    return train_reader(SMALL, {"en": {}, "fr": {}}, frozenset(("my", "the")))


def best(taught: TrainedReader, text: str) -> str:
    found = taught.weigh(words(text))
    return max(found, key=lambda need: found[need])


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("something with a molar", "dental"),
        ("still outside", "shelter"),
        ("lovely weather", NOTHING),
    ],
)
def test_a_text_is_read_by_the_examples_it_is_like(text: str, need: str) -> None:
    assert best(small(), text) == need


def test_what_is_learnt_of_one_word_is_known_of_all_words_of_its_idea() -> None:
    assert best(small(), "j'ai mal à une dent") == "dental"
    assert best(small(), "on gèle") == "shelter"


def test_a_text_of_unknown_words_says_nothing_for_any_need() -> None:
    assert set(small().weigh(words("zebra quartz")).values()) == {0.0}


def test_an_idea_is_found_by_its_word_its_beginning_and_its_row_of_words() -> None:
    ideas = make_concept_matcher({"tooth": ("dent", "molar*", "pull it out")})
    little = frozenset(("the",))
    assert [*ideas.of(words("une dent et deux molars"), little)] == [(1, "tooth"), (4, "tooth")]
    assert [*ideas.of(words("pull the it out"), little)] == [(0, "tooth")]
    assert [*ideas.of(words("pull it quickly out"), little)] == []
    assert [*ideas.of(words("pull it"), little)] == []


def test_the_same_lessons_teach_the_same() -> None:
    text = words("my molar is freezing")
    assert small().weigh(text) == small().weigh(text)


def test_every_need_has_examples_in_both_languages_and_so_has_asking_nothing() -> None:
    taught = {(lesson.need, lesson.language) for lesson in training_set().examples if lesson.say}
    wanted = {*load_region().vocabulary.needs, None}
    assert taught == {(need, language) for need in wanted for language in ("en", "fr")}


def test_no_example_teaches_two_needs() -> None:
    said = [text.lower() for lesson in training_set().examples for text in lesson.say]
    assert {text for text in said if said.count(text) > 1} == set()


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("the last tooth on the left wiggles when I chew", "dental"),
        ("nana put her glasses in the freezer and calls me by my aunt's name", "dementia-support"),
        ("on a des bougies partout, ils ont débranché le compteur", "utilities"),
        ("jbois trop", "substance-use"),
        ("habits d'hiver pour mon gars", "basics"),
        ("diapers", "basics"),
        ("odsp", "money"),
        ("id", "identification"),
    ],
)
def test_words_that_no_phrase_names_are_understood_all_the_same(text: str, need: str) -> None:
    assert needs(text)[0] == need


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("we moved to Canada in spring and our pantry is bare, any groceries?", "food"),
        ("my mom passed away and I fell three months behind on rent", "keep-housing"),
        ("I use a wheelchair and my molar is killing me", "dental"),
        ("got laid off, enbridge says they will cut the gas", "utilities"),
        ("arrivée de Syrie, je cherche un médecin de famille", "health-care"),
        ("veuve depuis un an, qui peut faire mes impôts", "taxes-benefits"),
    ],
)
def test_a_circumstance_told_beside_the_need_does_not_hide_it(text: str, need: str) -> None:
    assert needs(text)[0] == need


def test_the_length_of_a_text_is_heard_but_gives_no_need_by_itself() -> None:
    taught = small()
    long = extract_need_features(words("zebra quartz " * 8), taught.ideas, taught.little)
    short = extract_need_features(words("zebra quartz"), taught.ideas, taught.little)
    assert long ^ short == {"n:0", "n:2"}


@pytest.mark.parametrize(
    "text",
    [
        "will you tell my mom?",
        "allez-vous le dire à ma mère?",
        "does anybody else read what I write here",
        "thanks, have a good one",
        "go team go",
        "merci beaucoup, bonne soirée",
    ],
)
def test_a_worry_about_privacy_or_small_talk_is_no_need(text: str) -> None:
    assert needs(text) == []


def test_what_is_taken_back_is_hidden_from_the_second_reader_too() -> None:
    assert needs("I don't need a shelter, just food") == ["food"]
    assert needs("I used to drink, now I am lonely")[0] == "company"


def test_a_need_never_stands_before_a_surer_one() -> None:
    for text in ("food and a lawyer and a bed", "mon loyer, mes dents, mon père malade"):
        scores = [score for _, score in understand(text, lexicon=lexicon()).needs]
        assert len(scores) > 1
        assert scores == sorted(scores, reverse=True)
