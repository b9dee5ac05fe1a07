"""How the reviewed danger words are read: what is understood, and what is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from navigator.nlp.danger.detector import DangerKind, DangerLevel, detect_danger
from navigator.nlp.danger.lemmatizer import english_lemmas, french_lemmas
from navigator.nlp.danger.lexicon import compile_danger_lexicon
from navigator.nlp.danger.normalizer import fold_danger_text
from navigator.nlp.danger.phrase_files import (
    BadDangerFile,
    DangerPhraseFiles,
    read_phrase_files,
)

GROUP = "groups:\n  - {name: n, kind: suicide, level: crisis, why: w, phrases: [%s]}\n"


def read(folder: Path, content: str) -> DangerPhraseFiles:
    (folder / "some.yaml").write_text(content, encoding="utf-8")
    return read_phrase_files(folder)


def level(folder: Path, content: str, text: str) -> DangerLevel:
    return detect_danger(text, compile_danger_lexicon(read(folder, content))).level


@pytest.mark.parametrize(
    "content",
    [
        "colours: []",
        "groups:\n  - {name: n, why: w, phrases: [x]}",
        "groups:\n  - {name: n, kind: suicide, why: w, phrases: [x]}",
        "groups:\n  - {name: n, calm: true, phrases: [x]}",
        "groups:\n  - {name: n, calm: maybe, why: w, phrases: [x]}",
        "groups:\n  - {name: n, calm: true, why: w, phrases: x}",
        "groups:\n  - {name: n, calm: true, why: w, phrases: [x], loud: true}",
    ],
)
def test_a_file_that_says_something_unknown_is_refused(tmp_path: Path, content: str):
    with pytest.raises(BadDangerFile, match=r"some\.yaml"):
        read(tmp_path, content)


def test_a_slot_written_twice_is_refused(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("slots: {x: [one]}", encoding="utf-8")
    with pytest.raises(BadDangerFile, match="twice"):
        read(tmp_path, "slots: {x: [two]}")


@pytest.mark.parametrize(
    "line",
    ["<nobody> dies", "(maybe) a", "die (no)/w"],
)
def test_a_phrase_that_cannot_work_is_refused(tmp_path: Path, line: str):
    source = read(tmp_path, "stop_words: [maybe a]\n" + GROUP % line)
    with pytest.raises(BadDangerFile):
        compile_danger_lexicon(source)


def test_a_slot_made_of_itself_is_refused(tmp_path: Path):
    source = read(tmp_path, "slots: {x: [<y>], y: [<x>]}\n" + GROUP % "<x>")
    with pytest.raises(BadDangerFile, match="itself"):
        compile_danger_lexicon(source)


def test_a_gap_jumps_over_three_words_and_not_four(tmp_path: Path):
    content = GROUP % "wish .. gone"
    assert level(tmp_path, content, "wish one two three gone") is DangerLevel.CRISIS
    assert level(tmp_path, content, "wish one two three four gone") is DangerLevel.NONE


def test_a_choice_an_option_and_a_number(tmp_path: Path):
    content = GROUP % "ate/took (about) <#8+> pills"
    assert level(tmp_path, content, "took about 20 pills") is DangerLevel.CRISIS
    assert level(tmp_path, content, "ate 9 pills") is DangerLevel.CRISIS
    assert level(tmp_path, content, "took 2 pills") is DangerLevel.NONE


def test_near_each_other_in_either_order(tmp_path: Path):
    content = GROUP % "bruise & child"
    assert level(tmp_path, content, "bruise on the child") is DangerLevel.CRISIS
    assert level(tmp_path, content, "child has a bruise") is DangerLevel.CRISIS


def test_a_plain_word_finds_its_other_forms(tmp_path: Path):
    content = GROUP % "walk away"
    for text in ("walks away", "walked away", "walking away"):
        assert level(tmp_path, content, text) is DangerLevel.CRISIS


def test_a_word_that_is_only_itself_finds_no_other(tmp_path: Path):
    content = "never_lemmatized: [hitting]\n" + GROUP % "hitting me"
    assert level(tmp_path, content, "hitting me") is DangerLevel.CRISIS
    assert level(tmp_path, content, "hit me") is DangerLevel.NONE


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("walking", "walk"),
        ("stopped", "stop"),
        ("forced", "force"),
        ("punches", "punch"),
        ("cries", "cry"),
    ],
)
def test_the_plain_form_is_among_the_guesses(written: str, means: str):
    assert means in set(english_lemmas(written))


def test_the_infinitive_is_among_the_guesses():
    assert "frapper" in set(french_lemmas("frappait"))


@pytest.mark.parametrize("written", ["Ça m’étrangle", "CA M'ETRANGLE", "ça  m'étrangle"])
def test_accents_capitals_and_curly_marks_make_no_difference(written: str):
    assert fold_danger_text(written).split() == ["ca", "m'etrangle"]


def test_every_reviewed_group_says_why_and_names_a_known_kind():
    source = read_phrase_files()
    assert all(group.why.strip() for group in source.groups)
    assert {group.kind for group in source.groups if group.kind} <= set(DangerKind)
    assert len({group.name for group in source.groups}) == len(source.groups)
