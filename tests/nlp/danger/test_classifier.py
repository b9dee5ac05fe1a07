"""What the second reader learns from reviewed examples, and where it is believed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path

import numpy as np
import pytest
import yaml

from navigator.nlp.danger import (
    classifier_training,
    features,
    logistic_regression,
    normalizer,
    phrase_files,
)
from navigator.nlp.danger.classifier import DangerScores
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel, detect_danger
from navigator.nlp.danger.lexicon import DangerLexicon, compile_danger_lexicon
from navigator.nlp.danger.phrase_files import BadPhraseFile, DangerExample
from navigator.nlp.model_registry import calm_examples, danger_lexicon

JUDGED = Path(__file__).parents[2] / "judged" / "safety.yaml"
BEATEN = ("he whacked me", "she whacked him", "he whacked my arm", "dad whacked us", "he whacks me")
FED = ("need some bread", "bread for my kids", "where is bread", "some bread please", "bread today")
EXAMPLES = tuple(
    [DangerExample(text, "en", "emergency", "abuse") for text in BEATEN[:2]]
    + [DangerExample(text, "en", "crisis", "abuse") for text in BEATEN[2:]]
    + [DangerExample(text, "en", "none") for text in FED]
)
BLOCK = "examples:\n  - {level: %s, language: en, say: [some text]%s}\n"


@cache
def lexicon() -> DangerLexicon:
    return danger_lexicon()


def check(text: str) -> Danger:
    return detect_danger(text, lexicon())


def hear(text: str) -> DangerScores:
    reading = compile_danger_lexicon(phrase_files.DangerPhraseFiles()).reading
    learned = classifier_training.train_danger_classifier(
        EXAMPLES, {"family": ("dad", "mom")}, reading
    )
    assert learned is not None
    return learned.hear(normalizer.normalize(text, reading), reading)


def test_a_text_like_the_dangerous_examples_scores_above_one_like_the_calm_ones():
    assert hear("he whacked my brother").danger > 0 > hear("is there bread").danger


def test_parts_of_a_word_carry_over_to_a_slip():
    assert hear("he whackked").danger > hear("he walked").danger


def test_the_kind_and_the_urgency_come_from_the_examples():
    assert hear("he whacked me").kind == "abuse"
    assert hear("he whacked me").urgent > hear("he whacks me").urgent


def test_nothing_is_learnt_without_both_danger_and_calm():
    reading = lexicon().reading
    assert classifier_training.train_danger_classifier(EXAMPLES[:5], {}, reading) is None
    assert classifier_training.train_danger_classifier(EXAMPLES[5:], {}, reading) is None
    assert classifier_training.train_danger_classifier((), {}, reading) is None


def test_the_same_examples_teach_the_same():
    first, second = hear("he whacked my brother"), hear("he whacked my brother")
    assert first.danger == pytest.approx(second.danger, abs=1e-9)


def test_an_idea_is_found_by_the_word_or_by_its_beginning():
    known = features.make_danger_concepts({"blow": ("hit", "punch*"), "now": ("tonight",)})
    assert known.of("punched") == ("blow",)
    assert known.of("hit") == ("blow",)
    assert known.of("hitch") == ()


def test_a_few_words_in_a_row_are_one_idea():
    known = features.make_danger_concepts({"trap": ("wont let me",), "not": ("wont",)})
    said = ["he", "wont", "let", "me", "out"]
    assert known.at(1, said) == ("not", "trap")
    assert known.at(1, ["he", "wont", "let", "go"]) == ("not",)


def test_the_weights_lie_where_nothing_is_gained_by_moving_them():
    cells = logistic_regression.sparse_matrix(
        np.array([0, 1]), np.array([0, 2]), np.array([1.0, 1.0]), 2, 3
    )
    weights, start = logistic_regression.fit_logistic_regression(
        cells, np.array([True, False]), hold_back=0.1, start=0.3, rounds=20
    )
    assert weights[0] == pytest.approx(-weights[2])
    assert (weights[1], start) == pytest.approx((0, 0), abs=1e-6)
    # the pull of the answer and the pull back to nothing are equal
    assert 1 / (1 + exp(weights[0])) == pytest.approx(0.1 * weights[0], abs=1e-4)


def test_ideas_in_reach_of_each_other_are_taken_together():
    known = features.make_danger_concepts({"blow": ("hit",), "kin": ("dad",)})
    near = features.extract_features(["dad", "has", "hit"], known, lexicon().reading)
    far = features.extract_features(["dad", *["so"] * 9, "hit"], known, lexicon().reading)
    assert "i:kin blow" in near
    assert "i:kin blow" not in far


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
    examples = phrase_files.read_phrase_files().examples
    assert {example.kind for example in examples} - {None} == set(DangerKind)
    texts = [example.text.casefold() for example in examples]
    assert len(texts) == len(set(texts))


def test_there_are_examples_of_both_sides_in_both_languages():
    counts = {
        (language, calm): sum(
            e.language == language and (e.kind is None) is calm
            for e in phrase_files.read_phrase_files().examples
        )
        for language in ("en", "fr")
        for calm in (True, False)
    }
    assert min(counts.values()) >= 300


def test_no_example_is_taken_from_the_texts_kept_for_measuring():
    judged = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    kept = {entry["text"].casefold() for entry in judged if entry["split"] == "measure"}
    # counted, not compared as sets: a failure must not print the texts
    taught = (*phrase_files.read_phrase_files().examples, *calm_examples())
    assert sum(e.text.casefold() in kept for e in taught) == 0


def test_no_ordinary_need_is_told_with_words_of_danger():
    """Such a text stands in a block of its own, marked `danger: true`."""
    phrases_alone = compile_danger_lexicon(replace(phrase_files.read_phrase_files(), examples=()))
    alarming = [
        example.text
        for example in calm_examples()
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
        "examples:\n  - {level: none, language: de, say: [x]}",
        "ideas: {blow: hit}",
    ],
)
def test_an_example_that_says_something_unknown_is_refused(tmp_path: Path, content: str):
    (tmp_path / "some.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(BadPhraseFile, match=r"some\.yaml"):
        phrase_files.read_phrase_files(tmp_path)
