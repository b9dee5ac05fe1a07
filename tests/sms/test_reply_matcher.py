"""Replies to menus, in English and French: what people text, and what it should choose."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sms.number_parser import number_of
from sms.reply_matcher import ReplyChoice, ReplyOption, match_reply
from tests.work import calls

JUDGED = yaml.safe_load(Path(__file__).with_name("replies.yaml").read_text(encoding="utf-8"))
REPLIES = [(name, *reply) for name, judged in JUDGED.items() for reply in judged["replies"]]
UNDERSTOOD = [reply for reply in REPLIES if reply[2] is not None]
NOT_UNDERSTOOD = [reply for reply in REPLIES if reply[2] is None]


def menu_of(name):
    return [ReplyOption(value, label, tuple(also)) for value, label, *also in JUDGED[name]["menu"]]


def test_there_are_enough_judged_replies_of_both_kinds():
    assert len(UNDERSTOOD) >= 300
    assert len(NOT_UNDERSTOOD) >= 100


@pytest.mark.parametrize("judged", UNDERSTOOD, ids=lambda reply: f"{reply[0]}:{reply[1][:30]!a}")
def test_a_reply_chooses_what_a_person_would_say_it_chooses(judged):
    name, reply, value, *sureness = judged
    choice = match_reply(reply, menu_of(name))
    assert choice.value == value
    assert not sureness or choice.sure is (sureness == ["sure"])


@pytest.mark.parametrize(
    "judged", NOT_UNDERSTOOD, ids=lambda reply: f"{reply[0]}:{reply[1][:30]!a}"
)
def test_a_reply_that_chooses_nothing_is_not_guessed_at(judged):
    name, reply, *_ = judged
    assert match_reply(reply, menu_of(name)) == ReplyChoice(None, sure=False)


def test_nought_and_nine_mean_something_only_where_they_are_offered():
    assert match_reply("9", menu_of("yes-no")).value is None
    assert match_reply("0", menu_of("gender")).value is None
    assert match_reply("9", menu_of("places")).value == "person"


def test_a_numbered_option_does_not_move_the_numbers_of_the_others():
    menu = (
        ReplyOption("person", "A person", ("9",)),
        ReplyOption("a", "Apples"),
        ReplyOption("b", "Bread"),
    )
    assert [match_reply(digit, menu).value for digit in "129"] == ["a", "b", "person"]


def test_two_options_with_the_same_word_are_never_guessed_between():
    menu = (ReplyOption("a", "Food bank"), ReplyOption("b", "Food delivered"))
    assert match_reply("food", menu).value is None
    assert match_reply("food bank", menu).value == "a"
    assert match_reply("delivered", menu).value == "b"


def test_two_options_that_are_both_a_yes_are_not_chosen_between_by_yes():
    menu = (
        ReplyOption("a", "Yes, text me"),
        ReplyOption("b", "Yes, call me"),
        ReplyOption("c", "No"),
    )
    assert match_reply("yes", menu).value is None
    assert match_reply("call me", menu).value == "b"


def test_an_option_is_not_chosen_by_its_own_id():
    assert match_reply("keep-housing", menu_of("needs")).value is None


def test_an_empty_menu_understands_nothing():
    assert match_reply("1", ()) == ReplyChoice(None, sure=False)
    assert match_reply("the last one", ()) == ReplyChoice(None, sure=False)


@given(st.text(max_size=200), st.sampled_from(sorted(JUDGED)))
def test_any_text_at_all_gets_an_option_or_none(body, name):
    menu = menu_of(name)
    choice = match_reply(body, menu)
    assert choice.value is None or choice.value in {option.value for option in menu}
    assert choice.value is not None or not choice.sure


@pytest.mark.parametrize("piece", ["-", "1 ", "(", "a-", "= ", "no ", "😀", "1-", "d'", "é", "aa "])
def test_the_work_for_a_long_odd_text_grows_no_faster_than_its_length(piece):
    def work(length):
        return calls(lambda: match_reply((piece * length)[:length], menu_of("places")))

    assert work(1600) <= 2.5 * work(800)


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("17", 17),
        ("#3", 3),
        ("twelve", 12),
        ("dix", 10),
        ("the second one", 2),
        ("thrid one", 3),
        ("1️⃣", 1),
        ("🔟", 10),
        ("fifty", None),
        ("seconds", None),
        ("I'm 17 in Milton", None),
        ("2 kids", None),
        ("905", None),
        ("", None),
    ],
)
def test_a_number_is_read_only_where_it_stands_nearly_alone(body, number):
    assert number_of(body) == number
