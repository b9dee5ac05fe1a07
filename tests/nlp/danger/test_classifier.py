"""What the classifier of danger learns from reviewed examples, and where it is believed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from navigator.nlp.danger.classifier import DangerClassifier, DangerScores
from navigator.nlp.danger.classifier_training import fit_danger_classifier
from navigator.nlp.danger.concept_matcher import make_danger_concepts
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel, detect_danger
from navigator.nlp.danger.features import DangerFeatureExtractor
from navigator.nlp.danger.lexicon import compile_danger_lexicon
from navigator.nlp.danger.phrase_files import (
    BadDangerFile,
    DangerPhraseFiles,
    read_phrase_files,
)
from navigator.nlp.danger.training_examples import (
    DangerExample,
    all_training_examples,
    calm_need_examples,
    read_danger_concepts,
    read_danger_examples,
)
from tests.makers import models

JUDGED = Path(__file__).parents[2] / "judged" / "safety.yaml"
BEATEN = ("he whacked me", "she whacked him", "he whacked my arm", "dad whacked us", "he whacks me")
TIRED = ("tired of living", "so tired of living now", "living is too much")
FED = ("need some bread", "bread for my kids", "where is bread", "some bread please", "bread today")
EXAMPLES = (
    *(DangerExample(text, "en", "emergency", "abuse") for text in BEATEN[:2]),
    *(DangerExample(text, "en", "crisis", "abuse") for text in BEATEN[2:]),
    *(DangerExample(text, "en", "crisis", "suicide") for text in TIRED),
    *(DangerExample(text, "en", "none") for text in FED),
)
BLOCK = "examples:\n  - {level: %s, language: en, texts: [some text]%s}\n"
NORMALIZER = compile_danger_lexicon(DangerPhraseFiles()).normalizer


def extractor(**concepts: tuple[str, ...]) -> DangerFeatureExtractor:
    return DangerFeatureExtractor(make_danger_concepts(concepts), NORMALIZER.stop_words)


def fitted() -> DangerClassifier:
    family = extractor(family=("dad", "mom"))
    return DangerClassifier.from_arrays(family, fit_danger_classifier(family, NORMALIZER, EXAMPLES))


@cache
def classifier() -> DangerClassifier:
    return fitted()


def score(text: str) -> DangerScores:
    return classifier().score(NORMALIZER.tokenize(text))


def check(text: str) -> Danger:
    return detect_danger(text, models().danger_lexicon())


def test_a_text_like_the_dangerous_examples_scores_above_one_like_the_calm_ones():
    assert score("he whacked my brother").danger > 0 > score("is there bread").danger


def test_parts_of_a_word_carry_over_to_a_slip():
    assert score("he whackked").danger > score("he walked").danger


def test_what_is_learnt_of_one_word_is_known_of_the_other_words_of_its_concept():
    assert score("mom came").danger > score("aunt came").danger


def test_the_kind_and_the_urgency_come_from_the_examples():
    assert score("he whacked me").likeliest_kind() == "abuse"
    assert score("i am tired of living").likeliest_kind() == "suicide"
    assert score("he whacked me").emergency > score("he whacks me").emergency


@pytest.mark.parametrize("examples", [EXAMPLES[:8], EXAMPLES[8:]])
def test_nothing_can_be_fitted_without_both_danger_and_calm(examples: tuple[DangerExample, ...]):
    with pytest.raises(ValueError, match="class"):
        fit_danger_classifier(extractor(), NORMALIZER, examples)


def test_the_same_examples_give_the_same_scores():
    again = fitted().score(NORMALIZER.tokenize("he whacked my brother"))
    assert again == score("he whacked my brother")


def test_a_concept_is_found_by_the_word_or_by_its_prefix():
    known = make_danger_concepts({"blow": ("hit", "punch*"), "now": ("tonight",)})
    assert known.of_word("punched") == ("blow",)
    assert known.of_word("hit") == ("blow",)
    assert known.of_word("hitch") == ()


def test_a_few_words_in_a_row_stand_for_one_concept():
    known = make_danger_concepts({"trap": ("wont let me",), "not": ("wont",)})
    tokens = ["he", "wont", "let", "me", "out"]
    assert known.at(1, tokens) == ("not", "trap")
    assert known.at(1, ["he", "wont", "let", "go"]) == ("not",)


def test_concepts_in_reach_of_each_other_are_taken_together():
    features = extractor(blow=("hit",), kin=("dad",))
    assert "i:kin blow" in features.extract(["dad", "has", "hit"])
    assert "i:kin blow" not in features.extract(["dad", *["so"] * 9, "hit"])


def test_one_line_of_danger_is_heard_in_a_long_letter():
    letter = "We live in Milton with two kids. The school is close and the kids like it. " * 8
    assert check(letter).level is DangerLevel.NONE
    assert check(f"{letter} my husband backhands me. {letter}").level is not DangerLevel.NONE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my boyfriend bends my fingers back and laughs", DangerKind.ABUSE),
        ("je veux juste que la mort vienne me chercher", DangerKind.SUICIDE),
        ("every night i lie there wishing for death", DangerKind.SUICIDE),
    ],
)
def test_danger_in_words_of_ones_own_is_heard(text: str, kind: DangerKind):
    found = check(text)
    assert found.level is not DangerLevel.NONE
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "I want to dye",
        "iwant to kill mysef",
        "my hubsand hits me",
        "he is chokin me rihgt now",
        "took a hole botle of pils",
        "je vaux mourrir",
        "mon marie me frape",
        "jai pri toute mes pilule",
        "my frend is overdosin",
        "my dad beets me",
        "he treatened to kill me",
        "il menasse de me tuer",
        "my babby is not brething",
        "elle respir plus",
    ],
)
def test_danger_in_so_many_words_is_heard_through_slips(text: str):
    assert check(text).level is not DangerLevel.NONE


@pytest.mark.parametrize(
    "text",
    [
        "where can I get a free haircut for my son",
        "food bank in Georgetown open on Saturday?",
        "my mother is 84 and needs a ride to dialysis",
        "ma mère a 84 ans et a besoin d'un transport",
        "aide pour remplir mes impôts",
        "xqzt wvrk",
    ],
)
def test_an_ordinary_request_is_no_danger(text: str):
    assert check(text).level is DangerLevel.NONE


@pytest.mark.parametrize(
    "text",
    [
        "my son has autism and hes punching walls",
        "our hotel wants human trafficking training for new staff",
        "the school needs a poster on the signs of elder abuse",
    ],
)
def test_a_weak_phrase_is_not_believed_where_the_whole_text_sounds_calm(text: str):
    assert check(text).level is DangerLevel.NONE


@pytest.mark.parametrize(
    "text",
    [
        "need a haircut and a bus pass for my job interview and i want to die",
        "food bank hours please, also my husband beats me",
    ],
)
def test_a_plain_word_of_danger_stands_in_a_calm_text(text: str):
    assert check(text).level is DangerLevel.CRISIS


def test_the_kind_fits_the_whole_text():
    assert check("baby has fever and is shaking").kind is DangerKind.MEDICAL
    assert check("mon mari est violent").kind is DangerKind.ABUSE


def test_every_example_names_a_known_kind_and_stands_once():
    examples = read_danger_examples()
    assert {example.kind for example in examples} - {None} == set(DangerKind)
    texts = [example.text.casefold() for example in examples]
    assert len(texts) == len(set(texts))


def test_there_are_examples_of_both_sides_in_both_languages():
    counts = {
        (language, calm): sum(
            example.language == language and (example.kind is None) is calm
            for example in read_danger_examples()
        )
        for language in ("en", "fr")
        for calm in (True, False)
    }
    assert min(counts.values()) >= 300


def test_no_example_is_taken_from_the_texts_kept_for_measuring():
    judged = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    kept = {entry["text"].casefold() for entry in judged if entry["split"] == "measure"}
    # counted, not compared as sets: a failure must not print the texts
    assert sum(example.text.casefold() in kept for example in all_training_examples()) == 0


def test_no_ordinary_need_is_told_with_words_of_danger():
    """Such a text stands in a block of its own, marked `danger: true`."""
    phrases_alone = compile_danger_lexicon(read_phrase_files())
    alarming = [
        example.text
        for example in calm_need_examples()
        if detect_danger(example.text, phrases_alone).level is not DangerLevel.NONE
    ]
    assert alarming == []


@pytest.mark.parametrize(
    "content",
    [
        BLOCK % ("crisis", ""),
        BLOCK % ("none", ", kind: abuse"),
        BLOCK % ("loud", ", kind: abuse"),
        BLOCK % ("crisis", ", kind: abuse, colour: red"),
        "examples:\n  - {level: none, language: de, texts: [x]}",
        "examples:\n  - {level: none, language: en, texts: x}",
        "blocks: []",
    ],
)
def test_an_example_that_says_something_unknown_is_refused(tmp_path: Path, content: str):
    (tmp_path / "some.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(BadDangerFile, match=r"some\.yaml"):
        read_danger_examples(tmp_path)


def test_a_concept_that_is_no_list_is_refused(tmp_path: Path):
    (tmp_path / "some.yaml").write_text("concepts: {blow: hit}", encoding="utf-8")
    with pytest.raises(BadDangerFile, match=r"some\.yaml: concept blow"):
        read_danger_concepts(tmp_path / "some.yaml")
