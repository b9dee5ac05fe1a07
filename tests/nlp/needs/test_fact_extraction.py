"""The facts that a text states of the person the help is for, and those it doesn't."""

import pytest

from navigator.nlp.needs.pipeline import Understood, understand
from tests.makers import models


def read(text: str) -> Understood:
    return understand(text, lexicon=models().needs_lexicon())


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("im 17", 17),
        ("17 y/o", 17),
        ("17yo needs a job", 17),
        ("my mom is 84", 84),
        ("ma mère a 84 ans", 84),
        ("turning 18 next month", 17),
        ("j'ai bientôt 18 ans", 17),
        ("j'ai soixante-douze ans", 72),
        ("client 45M, needs a shelter", 45),
        ("my mother, 84, in Acton, is lonely", 84),
        ("I'm 52 and my mother is 84, she needs help bathing", 84),
        ("2 kids, no food", None),
        ("room 12 at the motel, no food", None),
        ("I owe $80 for gas", None),
        ("call 905-555-0134 about food", None),
        ("sober for 10 years, need rent help", None),
        ("il y a 20 ans, j'ai perdu mon mari", None),
        ("in grade 11 and stressed", None),
        ("programs for people over 65", None),
        ("when I was 16 I left home. I'm 30 now and need a job", 30),
        ("j'ai lâché l'école à 16 ans, je veux la finir", None),
        ("ça fait 4 ans que je cherche un docteur", None),
        ("je suis une femme de 45 ans, je cherche un logement", 45),
        ("how do I help my 8 year old, she is so anxious", 8),
        ("18 got kicked out last night", 18),
    ],
)
def test_an_age_is_found_and_nothing_that_only_looks_like_one(text: str, age: int | None) -> None:
    assert read(text).facts.get("age") == age


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("food in Acton", "Halton Hills"),
        ("food in oakvile", "Oakville"),
        ("a dentist in burlingtn", "Burlington"),
        ("food, L9T 2X5", "Milton"),
        ("I live in Ottawa and need food", "elsewhere"),
        ("I don't live in Milton", None),
        ("kicked out in Oakville, now in Milton", "Milton"),
        ("j'habite à Georgetown", "Halton Hills"),
        ("food in Halton", None),
        ("I live in Toronto, my mother lives in Acton, she needs rides", "Halton Hills"),
        ("we moved from Brampton to Milton, need food", "Milton"),
        ("mes enfants sont à Montréal et je suis seule", None),
        ("j'habite à Acton, je dois aller à Hamilton pour ma chimio", "Halton Hills"),
    ],
)
def test_the_place_is_where_the_person_is_now(text: str, municipality: str | None) -> None:
    assert read(text).facts.get("municipality") == municipality


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("I'm a woman of 30", "gender", "woman"),
        ("homme de 40 ans", "gender", "man"),
        ("two months behind on rent", "housing_status", "at-risk"),
        ("je suis sans abri", "housing_status", "homeless"),
        ("I was a crown ward", "care_experience", "left-care"),
        ("I'm in foster care", "care_experience", "in-care"),
        ("my aunt lives alone", "lives_alone", True),
        ("je prends soin de ma mère", "caregiver", True),
        ("my dad has Alzheimer's", "dementia", True),
        ("notre fils est autiste", "developmental_disability", True),
        ("I'm in grade 11", "student", "high-school"),
        ("I am a refugee", "newcomer", True),
        ("je suis autochtone", "indigenous", True),
        ("I'm a veteran", "veteran", True),
        ("je suis francophone", "francophone", True),
        ("I'm Black and 20", "black", True),
        ("my son is gay", "lgbtq", True),
        ("we have a low income", "low_income", True),
        ("I'm on ODSP", "receives_social_assistance", True),
        ("I don't have OHIP", "has_ohip", False),
        ("je n'ai pas de médecin de famille", "has_family_doctor", False),
        ("my husband hits me", "experiencing_violence", True),
        ("je suis enceinte", "pregnant_or_parenting", True),
        ("my social worker told me to text", "works_with_professional", True),
        ("me and my two kids", "household", "family"),
    ],
)
def test_a_stated_fact_is_found(text: str, fact: str, value: object) -> None:
    assert read(text).facts.get(fact) == value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("my mother needs rides", "gender"),
        ("looking for an LGBTQ group", "lgbtq"),
        ("black mould in my apartment", "black"),
        ("how do I apply for ODSP", "receives_social_assistance"),
        ("J'ai besoin de nourriture", "francophone"),
        ("my husband is not violent, we need food", "experiencing_violence"),
        ("I was homeless years ago, I need a dentist", "housing_status"),
        ("the homeless shelter number please", "housing_status"),
        ("je parle pas anglais", "newcomer"),
        ("I don't speak English", "newcomer"),
        ("a therapist who speaks French", "francophone"),
        ("my resume is blank", "black"),
        ("bus trips to Niagara", "municipality"),
        ("my doctor appointment is in Mississauga, no car", "municipality"),
        ("we are 3 payments behind", "age"),
        ("boots size 11", "age"),
        ("a friend is here 24/7", "age"),
    ],
)
def test_what_is_not_stated_of_the_person_is_not_taken(text: str, fact: str) -> None:
    assert fact not in read(text).facts


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("my mother in Acton, I live in Oakville, she needs meals", "Halton Hills"),
        ("I live in Guelph, my dentist is in Georgetown", "elsewhere"),
        ("mon père à Milton a besoin de repas, moi j'habite à Ottawa", "Milton"),
    ],
)
def test_the_place_is_that_of_the_person_the_help_is_for(text: str, municipality: str) -> None:
    assert read(text).facts.get("municipality") == municipality
