"""What a person in danger is told, and which line is named."""

from __future__ import annotations

from typing import Literal

import pytest

from directory_data.crisis_lines import CrisisLines
from directory_data.region import load_region
from navigator.domain.safety_card import (
    MOST_LINES,
    CardReader,
    SafetyCard,
    is_local,
    make_safety_card,
)
from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel
from navigator.wording.content import safety_first_words

GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
CANADIAN_LIMIT = 136  # characters of one text part on Canadian long codes
NUMBER = "+15550100100"


def lines() -> CrisisLines:
    return load_region().crisis_lines


def make_card(
    kind: DangerKind,
    *,
    level: DangerLevel = DangerLevel.CRISIS,
    about: Literal["self", "other"] = "self",
    worker: bool = False,
    language: Literal["en", "fr"] = "en",
    age: int | None = None,
    municipality: str | None = "Milton",
    known: frozenset[str] | None = None,
) -> SafetyCard:
    return make_safety_card(
        Danger(level, kind, about, worker),
        CardReader(language, age, is_local(municipality, load_region().vocabulary.municipalities)),
        lines=lines(),
        number_of=lambda service_id: NUMBER if known is None or service_id in known else None,
    )


FIRSTS = [
    (level, whom, language)
    for level in ("emergency", "crisis")
    for whom in ("self", "other", "worker")
    for language in ("en", "fr")
]


@pytest.mark.parametrize(("level", "whom", "language"), FIRSTS)
def test_the_first_message_fits_one_canadian_text(level: str, whom: str, language: str):
    first = safety_first_words()[level][whom].in_(language)
    assert set(first) <= GSM_7
    assert len(first) <= CANADIAN_LIMIT


@pytest.mark.parametrize(("level", "whom", "language"), FIRSTS)
def test_both_numbers_are_named_and_the_right_one_first(level: str, whom: str, language: str):
    first = safety_first_words()[level][whom].in_(language)
    assert "911" in first
    assert "9-8-8" in first
    assert (first.index("911") < first.index("9-8-8")) == (level == "emergency")


@pytest.mark.parametrize(("level", "whom", "language"), FIRSTS)
def test_nobody_is_told_to_text_911(level: str, whom: str, language: str):
    first = safety_first_words()[level][whom].in_(language).lower()
    call, text = ("call", "text") if language == "en" else ("appelez", "textez")
    assert f"{call} 911" in first or f"{call} le 911" in first
    assert f"{text} 911" not in first
    assert f"{text} le 911" not in first


@pytest.mark.parametrize("service_id", sorted(lines().lines))
def test_a_line_is_named_in_both_languages_and_its_number_is_not_written_here(service_id: str):
    for language in ("en", "fr"):
        text = lines().lines[service_id].text[language]
        assert text.count("{number}") == 1
        assert sum(c.isdigit() for c in text) <= 2  # an age, never a number to call
        assert set(text.format(number=NUMBER)) <= GSM_7


def test_every_kind_of_danger_has_an_order_of_lines_that_exist():
    assert set(lines().order) == set(DangerKind)
    for ids in lines().order.values():
        assert set(ids) <= set(lines().lines)


def test_the_young_get_kids_help_phone_and_the_old_do_not():
    assert "kids-help-phone" in make_card(DangerKind.SUICIDE, age=15).service_ids
    assert "kids-help-phone" not in make_card(DangerKind.SUICIDE, age=70).service_ids


def test_coast_serves_from_16_on_and_rock_below_18():
    assert "coast-crisis-line" not in make_card(DangerKind.SUICIDE, age=15).service_ids
    assert make_card(DangerKind.SUICIDE, age=15).service_ids[0] == "rock-crisis-line"
    assert "coast-crisis-line" in make_card(DangerKind.SUICIDE, age=40).service_ids


def test_an_older_person_who_is_hurt_gets_the_seniors_safety_line_first():
    assert make_card(DangerKind.ABUSE, age=79).service_ids[0] == "seniors-safety-line"


def test_a_woman_who_is_hurt_hears_of_halton_womens_place():
    assert "halton-womens-place-shelter" in make_card(DangerKind.ABUSE, age=30).service_ids


def test_sexual_violence_gets_savis_and_a_child_gets_childrens_aid():
    assert make_card(DangerKind.SEXUAL_ASSAULT).service_ids[0] == "savis-crisis-line"
    assert make_card(DangerKind.CHILD, about="other").service_ids[0] == "halton-cas"


def test_outside_halton_no_halton_line_is_named():
    for kind in DangerKind:
        for service_id in make_card(kind, municipality="elsewhere").service_ids:
            assert not lines().lines[service_id].local


def test_in_french_the_line_that_speaks_french_comes_first():
    assert make_card(DangerKind.ABUSE, language="fr").service_ids[0] == "fem-aide"
    assert "fem-aide" not in make_card(DangerKind.ABUSE).service_ids


def test_a_line_without_a_number_in_the_directory_is_left_out():
    found = make_card(DangerKind.SUICIDE, known=frozenset({"coast-crisis-line"}))
    assert found.service_ids == ("coast-crisis-line",)
    assert found.then[0].endswith(NUMBER)


def test_never_more_lines_than_can_be_read():
    for kind in DangerKind:
        found = make_card(kind, age=17)
        assert len(found.then) == len(found.service_ids) <= MOST_LINES


def test_a_worker_gets_words_for_a_client():
    assert "your client" in make_card(DangerKind.SUICIDE, about="other", worker=True).first


def test_where_there_is_no_danger_there_is_no_card():
    with pytest.raises(ValueError, match="no danger"):
        make_card(DangerKind.SUICIDE, level=DangerLevel.NONE)
