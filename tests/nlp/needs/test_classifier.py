"""What the classifier of needs learns from reviewed examples, and where it keeps silent."""

from functools import cache

import pytest

from directory_data.region import load_region
from directory_data.vocabulary.training_examples import TrainingExamples, training_examples
from navigator.nlp.needs.classifier import NO_NEED, NeedClassifier
from navigator.nlp.needs.classifier_training import fit_need_classifier
from navigator.nlp.needs.concept_matcher import make_concept_matcher
from navigator.nlp.needs.features import NeedFeatureExtractor
from navigator.nlp.needs.pipeline import understand
from navigator.nlp.needs.tokenizer import TokenizedText, expand_and_stem, tokenize
from tests.makers import models

EXAMPLES = (
    TrainingExamples(
        need="dental",
        language="en",
        texts=("my molar broke", "molars hurt badly", "gum line is red", "broke a molar"),
    ),
    TrainingExamples(
        need="shelter",
        language="en",
        texts=("freezing outside tonight", "we sleep outside", "outside and freezing"),
    ),
    TrainingExamples(
        need=None,
        language="en",
        texts=("what a lovely morning", "lovely to meet you", "a lovely song"),
    ),
)
EXTRACTOR = NeedFeatureExtractor(
    make_concept_matcher({"tooth": ("molar*", "dent", "gum line"), "cold": ("freezing", "gele")}),
    frozenset(("my", "the")),
)


def fitted() -> NeedClassifier:
    arrays = fit_need_classifier(EXTRACTOR, {"en": {}, "fr": {}}, EXAMPLES)
    return NeedClassifier.from_arrays(EXTRACTOR, arrays)


@cache
def classifier() -> NeedClassifier:
    return fitted()


def tokens(text: str) -> TokenizedText:
    return expand_and_stem(tokenize(text), {})


def likeliest(text: str) -> str:
    found = classifier().log_likelihoods(tokens(text))
    return max(found, key=lambda need: found[need])


def needs(text: str) -> list[str]:
    return [need for need, _ in understand(text, lexicon=models().needs_lexicon()).needs]


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("something with a molar", "dental"),
        ("still outside", "shelter"),
        ("lovely weather", NO_NEED),
    ],
)
def test_a_text_is_classified_by_the_examples_it_is_like(text: str, need: str) -> None:
    assert likeliest(text) == need


def test_what_is_learnt_of_one_word_is_known_of_all_words_of_its_concept() -> None:
    assert likeliest("j'ai mal à une dent") == "dental"
    assert likeliest("on gèle") == "shelter"


def test_a_text_of_unknown_words_says_nothing_for_any_need() -> None:
    assert set(classifier().log_likelihoods(tokens("zebra quartz " * 8)).values()) == {0.0}


def test_a_concept_is_found_by_its_word_its_prefix_and_its_phrase() -> None:
    concepts = make_concept_matcher({"tooth": ("dent", "molar*", "pull it out")})
    stop_words = frozenset(("the",))
    found = [*concepts.find(tokens("une dent et deux molars"), stop_words)]
    assert found == [(1, "tooth"), (4, "tooth")]
    assert [*concepts.find(tokens("pull the it out"), stop_words)] == [(0, "tooth")]
    assert [*concepts.find(tokens("pull it quickly out"), stop_words)] == []
    assert [*concepts.find(tokens("pull it"), stop_words)] == []


def test_the_same_examples_give_the_same_likelihoods() -> None:
    text = tokens("my molar is freezing")
    assert fitted().log_likelihoods(text) == classifier().log_likelihoods(text)


def test_every_need_has_examples_in_both_languages_and_so_has_asking_nothing() -> None:
    covered = {(block.need, block.language) for block in training_examples() if block.texts}
    wanted = {*load_region().vocabulary.needs, None}
    assert covered == {(need, language) for need in wanted for language in ("en", "fr")}


def test_no_example_speaks_of_two_needs() -> None:
    texts = [text.lower() for block in training_examples() for text in block.texts]
    assert {text for text in texts if texts.count(text) > 1} == set()


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


def test_the_length_of_a_text_is_a_feature_of_its_own() -> None:
    long, short = (EXTRACTOR.extract(tokens("zebra quartz " * times)) for times in (8, 1))
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


def test_what_is_taken_back_is_hidden_from_the_classifier_too() -> None:
    assert needs("I don't need a shelter, just food") == ["food"]
    assert needs("I used to drink, now I am lonely")[0] == "company"


def test_a_need_never_stands_before_a_surer_one() -> None:
    for text in ("food and a lawyer and a bed", "mon loyer, mes dents, mon père malade"):
        understood = understand(text, lexicon=models().needs_lexicon())
        scores = [score for _, score in understood.needs]
        assert len(scores) > 1
        assert scores == sorted(scores, reverse=True)
