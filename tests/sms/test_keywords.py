"""Reserved words: whole messages only, in any case, in the word's language."""

from itertools import product

import pytest

from sms.inbound_message import OptOutType
from sms.keywords import RESERVED, Keyword, KeywordMatch, carrier_keyword, whole_message

STOP_EN = KeywordMatch(Keyword.STOP, "en")
STOP_FR = KeywordMatch(Keyword.STOP, "fr")
WORDS = {
    **dict.fromkeys(
        ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"], STOP_EN
    ),
    **dict.fromkeys(["STOP ALL", "OPT OUT", "OPT-OUT"], STOP_EN),
    **dict.fromkeys(["ARRET", "ARRÊT", "ARRETE", "ARRETT"], STOP_FR),
    "ARRE\u0302T": STOP_FR,
    "START": KeywordMatch(Keyword.START, None),
    "UNSTOP": KeywordMatch(Keyword.START, None),
    "HELP": KeywordMatch(Keyword.HELP, "en"),
    "AIDE": KeywordMatch(Keyword.HELP, "fr"),
    "INFO": KeywordMatch(Keyword.INFO, None),
}
SHAPES = [
    str.upper,
    str.lower,
    str.title,
    lambda word: f"  {word} ",
    lambda word: f"\n{word}\n",
    lambda word: f"\u00a0{word}\u200b",
    lambda word: word + ".",
    lambda word: word + "!",
    lambda word: word + "?",
    lambda word: word + " !",
]
TYPE_OF = {Keyword.STOP: "STOP", Keyword.START: "START", Keyword.HELP: "HELP", Keyword.INFO: "HELP"}


@pytest.mark.parametrize(("word", "shape"), list(product(WORDS, SHAPES)), ids=lambda _: None)
def test_a_reserved_word_is_known_in_any_case_and_with_spaces(word, shape):
    assert carrier_keyword(shape(word)) == WORDS[word]


@pytest.mark.parametrize("word", WORDS)
def test_it_is_the_same_word_when_the_carrier_has_noticed_it_too(word):
    kind = OptOutType(TYPE_OF[WORDS[word].keyword])
    assert carrier_keyword(word, kind) == WORDS[word]


@pytest.mark.parametrize(
    "sentence",
    [
        "end of the month I lose my place",
        "stopped taking my meds",
        "yesterday I got evicted",
        "I want to stop living",
        "quite scared",
        "help me find food",
        "stop please",
        "please stop",
        "stop it",
        "i want to stop",
        "end it",
        "end it all",
        "started drinking again",
        "cancelled my lease",
        "canceled",
        "quit my job",
        "helpless",
        "need help",
        "help!!",
        "aidez-moi",
        "aide moi",
        "j'ai besoin d'aide",
        "arrêter de boire",
        "il n'arrête pas",
        "information",
        "info on shelters",
        "no info",
        "restart",
        "",
        ".",
        "yes",
        "YES",
        "oui",
        "STOP STOP",
        "nonstop",
        "stop 1",
    ],
)
def test_a_word_inside_a_sentence_is_no_keyword(sentence):
    assert carrier_keyword(sentence) is None


def test_the_carriers_word_wins_where_its_list_is_longer_than_ours():
    assert carrier_keyword("NOMORE", OptOutType.STOP) == KeywordMatch(Keyword.STOP, None)
    assert carrier_keyword("YES", OptOutType.START) == KeywordMatch(Keyword.START, None)
    assert carrier_keyword("aide", OptOutType.STOP) == KeywordMatch(Keyword.STOP, "fr")


def test_every_word_a_carrier_may_act_on_is_reserved():
    for word in ["stop", "yes", "end", "quit", "cancel", "start", "info", "aide", "arret"]:
        assert word in RESERVED
    for ours in ["menu", "restart", "back", "more", "unshare", "erase", "effacer", "1", "9", "0"]:
        assert ours not in RESERVED


TABLE = {"MENU": "menu", "français": "fr", "Effacer": "erase", "start over": "menu"}


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("menu", "menu"),
        (" Menu! ", "menu"),
        ("FRANCAIS", "fr"),
        ("francais.", "fr"),
        ("EFFACER", "erase"),
        ("Start  Over", "menu"),
        ("menu please", None),
        ("effacer tout", None),
        ("the menu", None),
        ("", None),
    ],
)
def test_a_word_of_the_callers_own_is_known_as_a_whole_message(body, value):
    assert whole_message(body, TABLE) == value
