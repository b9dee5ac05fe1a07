"""Judged replies to menus, in English and French: what people text, and what it should choose."""

import pytest

from sms.menus import Choice, Option, choose, number_of

PLACES = (
    Option("burlington", "Burlington"),
    Option("oakville", "Oakville"),
    Option("milton", "Milton"),
    Option("halton-hills", "Halton Hills", ("Georgetown", "Acton")),
    Option("elsewhere", "Somewhere else"),
    Option("declined", "Not sure", ("0",)),
    Option("person", "A person", ("9",)),
)
LIEUX = (
    Option("burlington", "Burlington"),
    Option("oakville", "Oakville"),
    Option("milton", "Milton"),
    Option("halton-hills", "Halton Hills", ("Georgetown", "Acton")),
    Option("elsewhere", "Ailleurs"),
    Option("declined", "Pas sûr", ("0",)),
    Option("person", "Une personne", ("9",)),
)
YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("declined", "Not sure", ("0",)))
OUI_NON = (Option("yes", "Oui"), Option("no", "Non"), Option("declined", "Pas sûr", ("0",)))
NEEDS = (
    Option("shelter", "A place to sleep"),
    Option("keep-housing", "Rent or eviction"),
    Option("food", "Food"),
    Option("money", "Money"),
    Option("counselling", "Someone to talk to"),
)
BESOINS = (
    Option("shelter", "Un endroit où dormir"),
    Option("keep-housing", "Loyer ou expulsion"),
    Option("food", "Nourriture", ("manger",)),
    Option("money", "Argent"),
    Option("counselling", "Quelqu'un à qui parler"),
)
HOUSEHOLD = (
    Option("single", "Just me", ("alone", "single")),
    Option("couple", "Me and my partner", ("couple",)),
    Option("family", "Me and my kids", ("family", "children", "kids")),
)
GENDER = (Option("woman", "Woman"), Option("man", "Man"), Option("another", "Another"))
CONSENT = (
    Option("share", "Yes, share it"),
    Option("keep", "No, don't share"),
    Option("person", "Talk to a person"),
)

# (menu, reply, value, sure); sure is None where it does not matter
JUDGED = [
    # digits in every dress
    (PLACES, "1", "burlington", True),
    (PLACES, " 2 ", "oakville", True),
    (PLACES, "3.", "milton", True),
    (PLACES, "3)", "milton", True),
    (PLACES, "(3)", "milton", True),
    (PLACES, "#2", "oakville", True),
    (PLACES, "# 2", "oakville", True),
    (PLACES, "2!", "oakville", True),
    (PLACES, "2 please", "oakville", True),
    (PLACES, "2 pls thanks", "oakville", True),
    (PLACES, "2\n\nSent from my iPhone", "oakville", True),
    (PLACES, "2️⃣", "oakville", True),
    (PLACES, "３", "milton", True),
    (PLACES, "③", "milton", True),
    (PLACES, "option 3", "milton", True),
    (PLACES, "Option3", "milton", True),
    (PLACES, "number 4", "halton-hills", True),
    (PLACES, "no. 4", "halton-hills", True),
    (PLACES, "no 4", "halton-hills", True),
    (PLACES, "I pick 4", "halton-hills", True),
    (PLACES, "I'll go with 4", "halton-hills", True),
    (PLACES, "its 3", "milton", True),
    (PLACES, "my answer is 3", "milton", True),
    (PLACES, "3 i think", "milton", True),
    (PLACES, "3 3", "milton", True),
    (PLACES, "0", "declined", True),
    (PLACES, "zero", "declined", True),
    (PLACES, "9", "person", True),
    (PLACES, "9️⃣", "person", True),
    (PLACES, "nine", "person", True),
    (PLACES, "-2", "oakville", True),
    # words and ordinals
    (PLACES, "one", "burlington", True),
    (PLACES, "Two", "oakville", True),
    (PLACES, "three please", "milton", True),
    (PLACES, "number two", "oakville", True),
    (PLACES, "first", "burlington", True),
    (PLACES, "the second one", "oakville", True),
    (PLACES, "2nd", "oakville", True),
    (PLACES, "the 3rd one please", "milton", True),
    (PLACES, "the fourth option", "halton-hills", True),
    (PLACES, "last one", "elsewhere", True),
    (PLACES, "the last", "elsewhere", True),
    (LIEUX, "un", "burlington", True),
    (LIEUX, "deux", "oakville", True),
    (LIEUX, "trois svp", "milton", True),
    (LIEUX, "le deux", "oakville", True),
    (LIEUX, "le 2", "oakville", True),
    (LIEUX, "la 2e", "oakville", True),
    (LIEUX, "2ème", "oakville", True),
    (LIEUX, "la deuxième", "oakville", True),
    (LIEUX, "la deuxieme", "oakville", True),
    (LIEUX, "le premier", "burlington", True),
    (LIEUX, "1er choix", "burlington", True),
    (LIEUX, "numéro 3", "milton", True),
    (LIEUX, "n° 3", "milton", True),
    (LIEUX, "je choisis le 3", "milton", True),
    (LIEUX, "je prends la 3", "milton", True),
    (LIEUX, "c'est le 3", "milton", True),
    (LIEUX, "le dernier", "elsewhere", True),
    (LIEUX, "la dernière", "elsewhere", True),
    (LIEUX, "zéro", "declined", True),
    (LIEUX, "neuf", "person", True),
    # labels and other words for them
    (PLACES, "Milton", "milton", True),
    (PLACES, "MILTON", "milton", True),
    (PLACES, "milton.", "milton", True),
    (PLACES, "Milton please", "milton", True),
    (PLACES, "in milton", "milton", True),
    (PLACES, "Georgetown", "halton-hills", True),
    (PLACES, "halton hills", "halton-hills", True),
    (PLACES, "haltonhills", "halton-hills", None),
    (PLACES, "3 Milton", "milton", True),
    (PLACES, "3. Milton", "milton", True),
    (PLACES, "3 - milton", "milton", True),
    (PLACES, "milton (3)", "milton", True),
    (PLACES, "elsewhere", "elsewhere", True),
    (PLACES, "idk", "declined", True),
    (PLACES, "I don't know", "declined", True),
    (PLACES, "I don’t know", "declined", True),
    (PLACES, "skip", "declined", True),
    (PLACES, "prefer not to say", "declined", True),
    (PLACES, "a real person please", "person", None),
    (PLACES, "can I talk to someone?", "person", None),
    (PLACES, "i want to speak to a person", "person", None),
    (LIEUX, "à Milton", "milton", True),
    (LIEUX, "Ailleurs", "elsewhere", True),
    (LIEUX, "je sais pas", "declined", True),
    (LIEUX, "je ne sais pas", "declined", True),
    (LIEUX, "aucune idée", "declined", True),
    (LIEUX, "parler à quelqu'un", "person", True),
    (LIEUX, "je veux parler à une personne", "person", None),
    # misspellings
    (PLACES, "miltn", "milton", False),
    (PLACES, "Mitlon", "milton", False),
    (PLACES, "miltom", "milton", False),
    (PLACES, "burlinton", "burlington", False),
    (PLACES, "Birlington", "burlington", False),
    (PLACES, "burligton", "burlington", False),
    (PLACES, "burl", "burlington", False),
    (PLACES, "okville", "oakville", False),
    (PLACES, "oak ville", "oakville", None),
    (PLACES, "oakvile", "oakville", False),
    (PLACES, "gerogetown", "halton-hills", False),
    (PLACES, "hallton hills", "halton-hills", False),
    (PLACES, "not shure", "declined", False),
    (LIEUX, "aileurs", "elsewhere", False),
    (BESOINS, "nouriture", "food", False),
    (BESOINS, "argnet", "money", False),
    # inside a short sentence
    (PLACES, "im in milton", "milton", None),
    (PLACES, "I live in Oakville right now", "oakville", False),
    (PLACES, "im staying with a friend in burlington", "burlington", False),
    (PLACES, "acton but my family is far", "halton-hills", False),
    (LIEUX, "je reste à Georgetown", "halton-hills", False),
    (LIEUX, "j'habite à Oakville avec ma mère", "oakville", False),
    (NEEDS, "food please", "food", True),
    (NEEDS, "I need food", "food", False),
    (NEEDS, "rent", "keep-housing", True),
    (NEEDS, "behind on my rent", "keep-housing", False),
    (NEEDS, "eviction notice", "keep-housing", False),
    (NEEDS, "i need a place to sleep tonight", "shelter", False),
    (NEEDS, "somewhere to sleep", "shelter", False),
    (BESOINS, "un endroit ou dormir", "shelter", True),
    (BESOINS, "j'ai besoin d'argent", "money", False),
    (BESOINS, "le loyer", "keep-housing", True),
    (BESOINS, "parler à quelqu'un", "counselling", None),
    (HOUSEHOLD, "just me", "single", True),
    (HOUSEHOLD, "its just me", "single", None),
    (HOUSEHOLD, "alone", "single", True),
    (HOUSEHOLD, "I have 2 kids", "family", False),
    (HOUSEHOLD, "me and my three kids", "family", False),
    (GENDER, "female", "woman", True),
    (GENDER, "im a man", "man", None),
    (GENDER, "femme", "woman", True),
    (GENDER, "womn", "woman", False),
    # yes and no
    (YES_NO, "yes", "yes", True),
    (YES_NO, "Y", "yes", True),
    (YES_NO, "yeah", "yes", True),
    (YES_NO, "yep!", "yes", True),
    (YES_NO, "yesss", "yes", True),
    (YES_NO, "yes please", "yes", True),
    (YES_NO, "yes i do", "yes", True),
    (YES_NO, "yes I have a health card", "yes", False),
    (YES_NO, "👍", "yes", True),
    (YES_NO, "👍🏽", "yes", True),
    (YES_NO, "n", "no", True),
    (YES_NO, "Nope", "no", True),
    (YES_NO, "nah", "no", True),
    (YES_NO, "no thanks", "no", True),
    (YES_NO, "no I don't have one", "no", False),
    (YES_NO, "not really", "no", True),
    (YES_NO, "not sure", "declined", True),
    (YES_NO, "dunno", "declined", True),
    (YES_NO, "2", "no", True),
    (OUI_NON, "oui", "yes", True),
    (OUI_NON, "ouais", "yes", True),
    (OUI_NON, "Oui merci", "yes", True),
    (OUI_NON, "bien sûr", "yes", True),
    (OUI_NON, "oui j'en ai une", "yes", False),
    (OUI_NON, "non", "no", True),
    (OUI_NON, "non merci", "no", True),
    (OUI_NON, "pas vraiment", "no", True),
    (OUI_NON, "non j'en ai pas", "no", False),
    (OUI_NON, "yes", "yes", True),
    (OUI_NON, "jsp", "declined", True),
    (CONSENT, "1", "share", True),
    (CONSENT, "yes", "share", True),
    (CONSENT, "yes share it", "share", True),
    (CONSENT, "no", "keep", True),
    (CONSENT, "don't share", "keep", True),
    (CONSENT, "talk to someone", "person", True),
]

NOT_UNDERSTOOD = [
    (PLACES, ""),
    (PLACES, "   "),
    (PLACES, "?"),
    (PLACES, "what?"),
    (PLACES, "huh"),
    (PLACES, "6"),
    (PLACES, "22"),
    (PLACES, "7 please"),
    (PLACES, "-"),
    (PLACES, "🙂"),
    (PLACES, "asdfgh"),
    (PLACES, "thanks"),
    (PLACES, "hello"),
    (PLACES, "ok"),
    (PLACES, "I have 2 kids"),
    (PLACES, "2 kids"),
    (PLACES, "my 3 kids and me"),
    (PLACES, "there are 4 of us"),
    (PLACES, "its been 2 weeks"),
    (PLACES, "at 2:30"),
    (PLACES, "1.5"),
    (PLACES, "1/2"),
    (PLACES, "$3"),
    (PLACES, "1 or 2"),
    (PLACES, "1 and 3"),
    (PLACES, "2, 3"),
    (PLACES, "one of them"),
    (PLACES, "no one"),
    (PLACES, "give me a second"),
    (PLACES, "one second"),
    (PLACES, "which one"),
    (PLACES, "that one"),
    (PLACES, "first time texting"),
    (PLACES, "last night"),
    (PLACES, "milton or oakville"),
    (PLACES, "between Burlington and Oakville"),
    (PLACES, "not milton"),
    (PLACES, "I used to live in Milton"),
    (PLACES, "im not from oakville"),
    (PLACES, "1 oakville"),
    (PLACES, "milton 2"),
    (PLACES, "is there one in milton?"),
    (PLACES, "what about milton"),
    (PLACES, "hamilton"),
    (PLACES, "Liked “Which town? 1 Burlington 2 Oakville 3 Milton”"),
    (PLACES, 'Loved "3 Milton"'),
    (LIEUX, "j'ai 2 enfants"),
    (LIEUX, "deux enfants"),
    (LIEUX, "1 ou 2"),
    (LIEUX, "pas Milton"),
    (LIEUX, "une seconde"),
    (LIEUX, "la première fois"),
    (LIEUX, "c'est quoi Milton?"),
    (LIEUX, "Milton ou Oakville"),
    (LIEUX, "quoi?"),
    (LIEUX, "A aimé « 3 Milton »"),
    (YES_NO, "9"),
    (YES_NO, "3"),
    (YES_NO, "yes and no"),
    (YES_NO, "yes but no"),
    (YES_NO, "no money"),
    (YES_NO, "no problem"),
    (YES_NO, "why"),
    (YES_NO, "now"),
    (YES_NO, "yesterday"),
    (YES_NO, "yesterday i got evicted"),
    (YES_NO, "nobody"),
    (OUI_NON, "oui et non"),
    (OUI_NON, "pourquoi"),
    (OUI_NON, "merci"),
    (NEEDS, "good"),
    (NEEDS, "food and rent"),
    (NEEDS, "i dont need money"),
    (NEEDS, "why do you ask about money"),
    (BESOINS, "argent et nourriture"),
    (BESOINS, "pas d'argent pour toi"),
    (HOUSEHOLD, "2 or 3"),
    (GENDER, "why do you need to know"),
    (CONSENT, "ok"),
    (CONSENT, "who gets it?"),
    (CONSENT, "1 or 2?"),
]


@pytest.mark.parametrize(("menu", "reply", "value", "is_sure"), JUDGED, ids=lambda each: None)
def test_a_reply_chooses_what_a_person_would_say_it_chooses(menu, reply, value, is_sure):
    choice = choose(reply, menu)
    assert (reply, choice.value) == (reply, value)
    assert is_sure is None or choice.sure is is_sure


@pytest.mark.parametrize(("menu", "reply"), NOT_UNDERSTOOD, ids=lambda each: None)
def test_a_reply_that_chooses_nothing_is_not_guessed_at(menu, reply):
    assert (reply, choose(reply, menu)) == (reply, Choice(None, sure=False))


def test_nought_and_nine_mean_something_only_where_they_are_offered():
    assert choose("9", YES_NO).value is None
    assert choose("0", GENDER).value is None
    assert choose("9", PLACES).value == "person"


def test_a_numbered_option_does_not_move_the_numbers_of_the_others():
    menu = (Option("person", "A person", ("9",)), Option("a", "Apples"), Option("b", "Bread"))
    assert [choose(digit, menu).value for digit in "129"] == ["a", "b", "person"]


def test_two_options_with_the_same_word_are_never_guessed_between():
    menu = (Option("a", "Food bank"), Option("b", "Food delivered"))
    assert choose("food", menu).value is None
    assert choose("food bank", menu).value == "a"
    assert choose("delivered", menu).value == "b"


def test_an_option_is_not_chosen_by_its_own_id():
    assert choose("keep-housing", NEEDS).value is None


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("17", 17),
        ("#3", 3),
        ("twelve", 12),
        ("dix", 10),
        ("the second one", 2),
        ("1️⃣", 1),
        ("🔟", 10),
        ("I'm 17 in Milton", None),
        ("2 kids", None),
        ("905", None),
        ("", None),
    ],
)
def test_a_number_is_read_only_where_it_stands_nearly_alone(body, number):
    assert number_of(body) == number
