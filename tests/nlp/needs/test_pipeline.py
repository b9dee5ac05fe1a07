"""What is understood of free text: one behaviour a test."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory_data.region import load_region
from navigator.nlp.needs.pipeline import Understood, understand
from tests.makers import models
from tests.work import calls

LOOSE_WORDS = ["I", "my", "mother", "food", "not", "rent", "17", ",", ".", "Milton", "years", "ago"]
LOOSE_WORDS += ["je", "pas", "84", "ans", "he", "lives", "homeless", "was", "avant", "2", "kids"]


def read(text: str, hint: str | None = None) -> Understood:
    return understand(text, lexicon=models().needs_lexicon(), hint=hint)


def corrections(language: str, words: list[str]) -> dict[str, str]:
    return models().needs_lexicon().spell_correctors[language].corrections(words)


def needs(text: str) -> list[str]:
    return [need for need, _ in read(text).needs]


@pytest.mark.parametrize(
    "text", ["hello", "Bonjour", "help", "?", "", "   ", "ok", "aide", "merci", "!!!", "123"]
)
def test_a_text_that_says_nothing_gives_no_need_and_is_not_sure(text: str) -> None:
    understood = read(text)
    assert understood.needs == ()
    assert not understood.sure


@pytest.mark.parametrize("text", ["help for my mom", "aide pour ma mère", "support for my wife"])
def test_somebody_named_without_a_need_is_no_parenting(text: str) -> None:
    understood = read(text)
    assert understood.for_other
    assert understood.needs == ()


def test_a_young_person_without_a_home_is_understood_in_one_line() -> None:
    understood = read("I'm 17 in Milton and couch surfing")
    assert {"shelter", "youth-housing"} & set(needs("I'm 17 in Milton and couch surfing")[:2])
    assert understood.facts == {"age": 17, "municipality": "Milton", "housing_status": "homeless"}
    assert not understood.for_other


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("not a shelter, just food", "food", "shelter"),
        ("I don't need counselling, I need a job", "employment", "counselling"),
        ("pas besoin d'un refuge, juste de la nourriture", "food", "shelter"),
        ("food instead of a shelter", "food", "shelter"),
        ("je ne bois pas, je cherche un dentiste", "dental", "substance-use"),
        ("I don't drink. I need a dentist", "dental", "substance-use"),
    ],
)
def test_what_is_not_wanted_is_no_need(text: str, wanted: str, unwanted: str) -> None:
    assert needs(text)[0] == wanted
    assert unwanted not in needs(text)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("no food in the house", "food"),
        ("I don't have a place to sleep", "shelter"),
        ("pas de chauffage", "utilities"),
        ("I can't find a dentist", "dental"),
    ],
)
def test_a_missing_thing_is_a_need(text: str, need: str) -> None:
    assert needs(text)[0] == need


def test_what_is_past_comes_after_what_is_now() -> None:
    found = dict(read("I used to drink, now I am lonely").needs)
    assert found["company"] > found.get("substance-use", 0.0)


def test_both_needs_of_a_text_are_found_and_then_it_is_not_sure() -> None:
    understood = read("I need food and a dentist")
    assert {need for need, _ in understood.needs[:2]} == {"food", "dental"}
    assert not understood.sure


@pytest.mark.parametrize(
    ("text", "for_other"),
    [
        ("my mother, 84, is lonely", True),
        ("my client needs a shelter", True),
        ("45M, NFA, needs shelter", True),
        ("45M NFA dc'd from hosp, needs bed tonight", True),
        ("my mom is 84 and lives alone, shes so lonely since dad died", True),
        ("je viens de perdre mon mari, je cherche un groupe", False),
        ("looking for someone to talk to", False),
        ("my mom wants me gone", False),
        ("pour mon père qui ne cuisine plus", True),
        ("my mom kicked me out", False),
        ("my husband hits me", False),
        ("I lost my wife", False),
        ("mon mari est décédé", False),
        ("I take care of my husband and I'm exhausted", False),
        ("I need food", False),
    ],
)
def test_who_the_help_is_for(text: str, *, for_other: bool) -> None:
    assert read(text).for_other is for_other


@pytest.mark.parametrize(
    ("text", "unmeant"),
    [
        ("can I get food", "disability"),  # canne
        ("mon chum va vraiment pas bien", "grief"),  # passed
        ("is this a bot", "basics"),  # botte
        ("cours d'ordinateur", "legal"),  # cour
    ],
)
def test_a_word_of_one_language_is_no_word_of_the_other(text: str, unmeant: str) -> None:
    assert unmeant not in needs(text)


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("I need to apply for Ontario Works", "money"),
        ("where can I get birth control", "health-care"),
        ("they are kicking me out end of the month, I owe 2 months", "keep-housing"),
        ("I owe 3 months of hydro", "utilities"),
        ("my ex won't stop hitting me", "abuse-safety"),
        ("mon boss arrête pas de me pogner les fesses", "sexual-assault"),
        ("je ne reçois pas ma pension de vieillesse", "taxes-benefits"),
    ],
)
def test_a_phrase_is_read_as_a_whole(text: str, need: str) -> None:
    assert needs(text)[0] == need


def test_who_cannot_stay_at_home_is_young_or_old() -> None:
    assert needs("im 16 and i cant live at home anymore")[0] == "youth-housing"
    assert "long-term-care" not in needs("im 16 and i cant live at home anymore")
    assert needs("my father is 90, he cant live at home anymore")[0] == "long-term-care"


def test_being_put_out_soon_is_not_being_out() -> None:
    assert read("they are kicking me out on the 1st").facts["housing_status"] == "at-risk"
    assert read("they kicked me out last night").facts["housing_status"] == "homeless"


def test_a_workers_client_has_a_worker_who_can_refer() -> None:
    assert read("my client needs a shelter").facts["works_with_professional"] is True


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("need place 2 sleep 2nite", "shelter"),
        ("jsuis pu capable de payer mon loyer", "keep-housing"),
        ("the therepist", "counselling"),
        ("eviciton notice", "keep-housing"),
        ("bank alimentaire pls", "food"),
    ],
)
def test_text_speak_and_slips_of_the_finger_are_read(text: str, need: str) -> None:
    assert needs(text)[0] == need


@pytest.mark.parametrize("acronym", ["OW", "ODSP", "CAS", "PSW", "N4", "EI"])
def test_an_acronym_is_never_corrected(acronym: str) -> None:
    assert corrections("en", [acronym.lower()]) == {}


def test_everyday_words_are_never_corrected() -> None:
    words = [
        "house",
        "action",
        "million",
        "normal",
        "grand",
        "taped",
        "launch",
        "disaster",
        "avoir",
        "privé",
        "demande",
    ]
    assert corrections("en", words[:8]) == {}
    assert corrections("fr", words[8:]) == {}


def test_nobody_is_given_an_identity_by_a_slip() -> None:
    assert corrections("en", ["blakc", "lebsian"]) == {}


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("food", None, "en"),
        ("?", "fr", "fr"),
        ("Oakville", "fr", "fr"),
        ("Oakville", None, "en"),
        ("je cherche un logement", "en", "fr"),
        ("I need food", "fr", "en"),
    ],
)
def test_the_language_is_told_and_the_hint_decides_where_nothing_does(
    text: str, hint: str | None, language: str
) -> None:
    assert read(text, hint).language == language


def test_a_lower_case_word_is_not_taken_for_an_acronym() -> None:
    assert "crisis-line" not in needs("the east coast")
    assert "crisis-line" in needs("can COAST come")


def test_a_text_longer_than_ten_messages_is_read_up_to_there() -> None:
    assert needs("x " * 790 + "food")[:1] == ["food"]
    assert needs("x " * 900 + "food") == []


def test_the_longest_text_is_little_more_work_than_its_sentences_one_by_one() -> None:
    # Twenty sentences told at once are about 1,600 characters. They were 31 times the work of one.
    sentence = "My mother is 84 and livs alone in Acton, she cant cook anymore and needs rides. "
    assert calls(lambda: read(sentence * 20)) <= 40 * calls(lambda: read(sentence))


@pytest.mark.parametrize("piece", ["1 ", "1-", "17, ", "d'", "x'", "no ", "é"])
def test_a_text_ten_times_as_long_is_no_more_than_twenty_times_the_work(piece: str) -> None:
    # Eight hundred numbers, each looking back to the beginning for whose age it is, were 57 times.
    assert calls(lambda: read((piece * 1600)[:1600])) <= 20 * calls(lambda: read(piece * 80)) + 2000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    understood = read(text)
    assert understood.language in {"en", "fr"}
    assert all(0 < score <= 1 for _, score in understood.needs)
    assert {need for need, _ in understood.needs} <= set(load_region().vocabulary.needs)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LOOSE_WORDS), max_size=40))
def test_facts_are_always_of_the_common_language(words: list[str]) -> None:
    facts = load_region().vocabulary.facts
    for fact, value in read(" ".join(words)).facts.items():
        assert fact in facts
        assert not facts[fact].values or value in facts[fact].value_ids
