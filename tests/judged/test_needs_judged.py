"""Holds the understanding of free text to its measures, on texts that it was not tuned on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import pytest
import yaml

from directory_data.region import load_region
from navigator.nlp.needs.pipeline import Understood, understand
from tests.makers import models

SET = Path(__file__).with_name("understanding.yaml")


@dataclass(frozen=True, slots=True)
class JudgedText:
    """One text of the set, and what should be understood."""

    text: str
    language: str
    needs: tuple[str, ...]
    split: str
    also: tuple[str, ...] = ()
    facts: Mapping[str, object] | None = None
    maybe: tuple[str, ...] = ()
    for_other: bool | None = False

    @property
    def expected(self) -> Mapping[str, object]:
        return self.facts or {}


@cache
def judged(split: str) -> tuple[JudgedText, ...]:
    rows = yaml.load(SET.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(JudgedText(**row) for row in rows if row["split"] == split)


@cache
def read(text: str) -> Understood:
    return understand(text, lexicon=models().needs_lexicon())


def right_first(case: JudgedText) -> bool:
    understood = read(case.text)
    if not case.needs:
        return not understood.needs and not understood.sure
    return bool(understood.needs) and understood.needs[0][0] in {case.needs[0], *case.also}


def right_in_three(case: JudgedText) -> bool:
    if not case.needs:
        return right_first(case)
    return case.needs[0] in [need for need, _ in read(case.text).needs[:3]]


def wrong_facts(case: JudgedText) -> dict[str, object]:
    return {
        fact: value
        for fact, value in read(case.text).facts.items()
        if fact not in case.maybe and case.expected.get(fact) != value
    }


def share(marks: list[bool]) -> float:
    return sum(marks) / len(marks)


MEASURES = {"build": (0.92, 0.97, 0.97), "measure": (0.85, 0.95, 0.92)}


@pytest.mark.parametrize("split", MEASURES)
def test_the_right_need_comes_first_and_is_among_the_first_three(split: str) -> None:
    first, three, _ = MEASURES[split]
    assert share([right_first(case) for case in judged(split)]) >= first
    assert share([right_in_three(case) for case in judged(split)]) >= three


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_right_need_comes_first_in_each_language(language: str) -> None:
    cases = [case for case in judged("measure") if case.language == language]
    assert share([right_first(case) for case in cases]) >= 0.85


@pytest.mark.parametrize("split", MEASURES)
def test_the_language_is_told(split: str) -> None:
    assert share([read(case.text).language == case.language for case in judged(split)]) >= 0.95


@pytest.mark.parametrize("split", MEASURES)
def test_facts_that_are_stated_are_found(split: str) -> None:
    found = [
        read(case.text).facts.get(fact) == value
        for case in judged(split)
        for fact, value in case.expected.items()
    ]
    assert share(found) >= MEASURES[split][2]


@pytest.mark.parametrize("split", MEASURES)
def test_hardly_a_text_gives_a_wrong_fact(split: str) -> None:
    assert share([bool(wrong_facts(case)) for case in judged(split)]) <= 0.03


@pytest.mark.parametrize("split", MEASURES)
def test_who_the_help_is_for_is_mostly_told(split: str) -> None:
    cases = [case for case in judged(split) if case.for_other is not None]
    assert share([read(case.text).for_other == case.for_other for case in cases]) >= 0.9


def test_the_set_is_large_bilingual_and_names_every_need() -> None:
    everything = judged("build") + judged("measure")
    assert len(everything) >= 420
    assert len(judged("measure")) >= 200
    assert share([case.language == "fr" for case in everything]) >= 0.38
    for split in MEASURES:
        assert set(load_region().vocabulary.needs) == {
            case.needs[0] for case in judged(split) if case.needs
        }


def test_the_set_uses_the_common_language_only() -> None:
    facts = load_region().vocabulary.facts
    for case in judged("build") + judged("measure"):
        assert set(case.needs) | set(case.also) <= set(load_region().vocabulary.needs), case.text
        assert set(case.expected) | set(case.maybe) <= set(facts), case.text
        for fact, value in case.expected.items():
            assert not facts[fact].values or value in facts[fact].value_ids, case.text


def test_no_text_stands_twice_in_the_set() -> None:
    texts = [case.text for case in judged("build") + judged("measure")]
    twice = {text for text in texts if texts.count(text) > 1}
    assert twice == set()


def test_every_field_of_the_set_is_read() -> None:
    names = {field.name for field in fields(JudgedText)}
    rows = yaml.load(SET.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert {name for row in rows for name in row} <= names
