"""What the detector takes for danger, and what it lets pass."""

from __future__ import annotations

import pytest

from navigator.nlp.danger.detector import Danger, DangerKind, DangerLevel, detect_danger
from tests.makers import models


def check(text: str) -> Danger:
    return detect_danger(text, models().danger_lexicon())


@pytest.mark.parametrize(
    "text",
    [
        "took 30 tylenol",
        "my husband is hitting me",
        "she's not breathing",
        "il a un couteau, aidez moi",
        "im on the roof and im gonna jump",
        "j'ai pris 40 comprimés",
        "my friend overdosed",
    ],
)
def test_danger_at_this_moment_is_an_emergency(text: str):
    assert check(text).level is DangerLevel.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "kms",
        "unalive me",
        "sewerslide",
        "ctb",
        "no point anymore",
        "better off without me",
        "goodbye everyone",
        "je veux mourir",
        "my boyfriend beat me up",
        "jveux pu vivre",
        "s u i c i d a l",
        "k1ll mys3lf",
        "su*cide",
        "i wnat to dye",
        "suisidal",
        "🔫 me now",
    ],
)
def test_slang_hints_masks_and_slips_are_heard(text: str):
    assert check(text).level is not DangerLevel.NONE


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "my phone died",
        "je meurs de faim",
        "dead tired",
        "kill time",
        "lost my husband to suicide three years ago, is there a group",
        "shoot me a text",
        "I'd kill for a coffee",
        "hit me up",
        "my battery is dying",
        "suicide prevention training",
        "bombed my exam",
        "",
        "👍",
        "2",
        "STOP",
        "ARRET",
    ],
)
def test_everyday_speech_is_no_danger(text: str):
    assert check(text).level is DangerLevel.NONE


@pytest.mark.parametrize(
    "text", ["I want to stop living", "je veux arrêter de vivre", "END ALL THIS PAIN I want to die"]
)
def test_a_stop_word_inside_a_sentence_does_not_hide_danger(text: str):
    assert check(text).level is DangerLevel.CRISIS


def test_a_phrase_does_not_reach_across_the_end_of_a_sentence():
    assert check("I took the bus. 30 tylenol cost too much").level is DangerLevel.NONE


def test_a_plain_denial_is_believed():
    assert check("I would never hurt myself").level is DangerLevel.NONE
    assert check("je ne suis pas suicidaire").level is DangerLevel.NONE


def test_a_denial_beside_a_worrying_remark_is_not_believed():
    assert check("I'm not suicidal but I don't want to live like this").level is DangerLevel.CRISIS


@pytest.mark.parametrize(
    "text", ["I can't kill myself because of my kids", "he won't stop hitting me"]
)
def test_cannot_and_wont_stop_deny_nothing(text: str):
    assert check(text).level is not DangerLevel.NONE


def test_what_lies_years_back_is_a_need_and_no_alarm():
    assert check("I was abused as a child, looking for counselling").level is DangerLevel.NONE


def test_what_lies_years_back_does_not_hide_what_is_today():
    assert check("I was abused as a child and now I cut myself").level is DangerLevel.CRISIS
    assert check("we married 20 years ago and he hits me").level is DangerLevel.CRISIS


def test_violence_that_is_a_habit_is_a_crisis_and_violence_now_an_emergency():
    assert check("he has been hitting me for years").level is DangerLevel.CRISIS
    assert check("he is hitting me right now").level is DangerLevel.EMERGENCY


def test_a_calming_phrase_quiets_its_own_words_and_no_others():
    assert check("my phone died and i want to die").level is DangerLevel.CRISIS


def test_a_worker_writing_about_a_client_is_known_for_one():
    assert check("client disclosed SI, needs housing") == Danger(
        DangerLevel.CRISIS, DangerKind.SUICIDE, "other", worker=True
    )
    assert check("Client needs a food voucher").worker


def test_a_worker_in_danger_is_no_bystander():
    found = check("I'm a social worker and i want to kill myself")
    assert (found.about, found.worker) == ("self", False)


def test_somebody_else_in_danger_is_told_apart():
    assert check("my friend wants to kill herself").about == "other"
    assert check("i want to kill myself").about == "self"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my dad hits me", DangerKind.CHILD),
        ("i was raped", DangerKind.SEXUAL_ASSAULT),
        ("my daughter takes my pension and yells at me", DangerKind.ELDER_ABUSE),
        ("i cut myself", DangerKind.SELF_HARM),
        ("my boyfriend sells me to his friends", DangerKind.TRAFFICKING),
        ("i want to hurt someone", DangerKind.HARM_OTHERS),
        ("i'm afraid to go home", DangerKind.UNSAFE),
    ],
)
def test_the_kind_of_danger_is_named(text: str, kind: DangerKind):
    assert check(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5_000,
        "i want " * 900,
        "....!!!???" * 300,
        "\x00\ufffd",
        "é" * 1600,
        "d'" * 800,
        "x'" * 800,
    ],
)
def test_odd_and_endless_texts_are_answered(text: str):
    assert check(text).level in set(DangerLevel)
