"""What the second reader learns from reviewed examples, and where it is believed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from navigator.domain import safety
from navigator.domain.safety import Danger, Kind, Level, features, learning, plain_words
from navigator.domain.safety.learned import Heard
from navigator.domain.safety.lexicon import Lexicon, compile_lexicon
from navigator.wording import danger_words
from navigator.wording.danger_words import BadDangerWords, Example

JUDGED = Path(__file__).parents[1] / "judged" / "safety.yaml"
BEATEN = ("he whacked me", "she whacked him", "he whacked my arm", "dad whacked us", "he whacks me")
FED = ("need some bread", "bread for my kids", "where is bread", "some bread please", "bread today")
EXAMPLES = tuple(
    [Example(text, "en", "emergency", "abuse") for text in BEATEN[:2]]
    + [Example(text, "en", "crisis", "abuse") for text in BEATEN[2:]]
    + [Example(text, "en", "none") for text in FED]
)
BLOCK = "examples:\n  - {level: %s, language: en, say: [some text]%s}\n"


@cache
def lexicon() -> Lexicon:
    return compile_lexicon(danger_words.read())


def check(text: str) -> Danger:
    return safety.check(text, lexicon())


def hear(text: str) -> Heard:
    reading = compile_lexicon(danger_words.DangerWords()).reading
    learned = learning.learn(EXAMPLES, {"family": ("dad", "mom")}, reading)
    assert learned is not None
    return learned.hear(plain_words.read(text, reading), reading)


def test_a_text_like_the_dangerous_examples_scores_above_one_like_the_calm_ones():
    assert hear("he whacked my brother").danger > 0 > hear("is there bread").danger


def test_parts_of_a_word_carry_over_to_a_slip():
    assert hear("he whackked").danger > hear("he walked").danger


def test_the_kind_and_the_urgency_come_from_the_examples():
    assert hear("he whacked me").kind == "abuse"
    assert hear("he whacked me").urgent > hear("he whacks me").urgent


def test_nothing_is_learnt_without_both_danger_and_calm():
    reading = lexicon().reading
    assert learning.learn(EXAMPLES[:5], {}, reading) is None
    assert learning.learn(EXAMPLES[5:], {}, reading) is None
    assert learning.learn((), {}, reading) is None


def test_the_same_examples_teach_the_same():
    first, second = hear("he whacked my brother"), hear("he whacked my brother")
    assert first.danger == pytest.approx(second.danger, abs=1e-9)


def test_an_idea_is_found_by_the_word_or_by_its_beginning():
    known = features.ideas({"blow": ("hit", "punch*"), "now": ("tonight",)})
    assert known.of("punched") == ("blow",)
    assert known.of("hit") == ("blow",)
    assert known.of("hitch") == ()


def test_ideas_in_reach_of_each_other_are_taken_together():
    known = features.ideas({"blow": ("hit",), "kin": ("dad",)})
    near = features.pieces(["dad", "has", "hit"], known, lexicon().reading)
    far = features.pieces(["dad", *["so"] * 9, "hit"], known, lexicon().reading)
    assert "i:kin blow" in near
    assert "i:kin blow" not in far


def test_one_line_of_danger_is_heard_in_a_long_letter():
    letter = "We live in Milton with two kids. The school is close and the kids like it. " * 8
    assert check(letter).level is Level.NONE
    assert check(f"{letter} my husband backhands me. {letter}").level is not Level.NONE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my boyfriend bends my fingers back and laughs", Kind.ABUSE),
        ("je veux juste que la mort vienne me chercher", Kind.SUICIDE),
        ("every night i lie there wishing for death", Kind.SUICIDE),
    ],
)
def test_danger_in_words_of_ones_own_is_heard(text: str, kind: Kind):
    found = check(text)
    assert found.level is not Level.NONE
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
    assert check(text).level is not Level.NONE


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
    assert check(text).level is Level.NONE


def test_every_example_names_a_known_kind_and_stands_once():
    examples = danger_words.read().examples
    assert {example.kind for example in examples} - {None} == set(Kind)
    texts = [example.text.casefold() for example in examples]
    assert len(texts) == len(set(texts))


def test_there_are_examples_of_both_sides_in_both_languages():
    counts = {
        (language, calm): sum(
            e.language == language and (e.kind is None) is calm
            for e in danger_words.read().examples
        )
        for language in ("en", "fr")
        for calm in (True, False)
    }
    assert min(counts.values()) >= 300


def test_no_example_is_taken_from_the_texts_kept_for_measuring():
    judged = yaml.safe_load(JUDGED.read_text(encoding="utf-8"))
    kept = {entry["text"].casefold() for entry in judged if entry["split"] == "measure"}
    # counted, not compared as sets: a failure must not print the texts
    assert sum(e.text.casefold() in kept for e in danger_words.read().examples) == 0


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
    with pytest.raises(BadDangerWords, match=r"some\.yaml"):
        danger_words.read(tmp_path)
