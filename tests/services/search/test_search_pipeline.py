"""Search: what the words mean, what comes first, what is narrowed, and why it says so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory_data.directory import Directory
from directory_data.region import load_region
from navigator.domain.eligibility import Verdict
from navigator.services.search.audience_terms import AGE_GROUPS
from navigator.services.search.query_understanding import parse_query
from navigator.services.search.search_pipeline import find_services, similar_needs
from navigator.services.search.search_request import SearchRequest
from navigator.wording.content import search_texts
from search_index.index_schema import FIELDS
from tests.services.search.small_records import WOMEN, search_context, service

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("America/Toronto"))
ADULTS = {
    "strength": "requires",
    "fact": "age",
    "op": "between",
    "value": [18, None],
    "words": {"en": "is 18 or older", "fr": "a 18 ans ou plus"},
    "source": None,
}


def in_town(*towns):
    return {
        "strength": "requires",
        "fact": "municipality",
        "op": "in",
        "value": list(towns),
        "words": {"en": f"lives in {towns[0]}", "fr": f"habite à {towns[0]}"},
        "source": None,
    }


def places(city, postal_code):
    return [{"street": "1 Main Street", "city": city, "postal_code": postal_code}]


@pytest.fixture
def found(tmp_path):
    """Give a function that searches a directory of the given services."""

    def search(services, words, language="en", moment=None, **asked):
        folder = tmp_path / f"index-{len(list(tmp_path.iterdir()))}"
        context = search_context(folder, services, language, moment)
        return find_services(SearchRequest(words, **asked), context)

    return search


@pytest.fixture(scope="module")
def parsed(tmp_path_factory):
    """Give a function that reads a query."""
    context = search_context(tmp_path_factory.mktemp("parsed") / "edition", MARKETS)
    return lambda words, **asked: parse_query(SearchRequest(words, **asked), context)


def ids(results):
    return [result.service.id for result in results.results]


MARKETS = (
    service("Food market north", "food", rules=[in_town("Halton Hills")]),
    service("Food market south", "food", rules=[in_town("Burlington")]),
    service("Food market anywhere", "food"),
)


def test_a_service_of_the_place_comes_before_one_of_another_place_and_neither_is_hidden(found):
    assert ids(found(MARKETS, "food market acton")) == [
        "food-market-north",
        "food-market-anywhere",
        "food-market-south",
    ]


def test_each_result_says_how_it_stands_to_the_place(found):
    reasons = {
        result.service.id: result.reasons for result in found(MARKETS, "food market acton").results
    }
    assert "serves Acton" in reasons["food-market-north"]
    assert "open to all of Ontario" in reasons["food-market-anywhere"]
    assert "not for people in Acton" in reasons["food-market-south"]


def test_of_two_that_serve_the_town_the_one_that_lies_there_comes_first(found):
    rules = [in_town("Halton Hills")]
    services = (
        service("Seniors lunch one", "company", rules=rules, places=places("Acton", "L7J 1A1")),
        service(
            "Seniors lunch two", "company", rules=rules, places=places("Georgetown", "L7G 1A1")
        ),
    )
    for town, first in (("acton", "one"), ("georgetown", "two"), ("L7G", "two")):
        results = found(services, f"seniors lunch {town}")
        assert ids(results)[0] == f"seniors-lunch-{first}", town


def test_the_distance_is_said_where_the_postal_areas_are_known(found):
    lunch = service("Seniors lunch", "company", places=places("Georgetown", "L7G 1A1"))
    (result,) = found([lunch], "seniors lunch L7J").results
    assert "about 14 km away" in result.reasons


def test_a_secret_address_gives_no_distance(found):
    refuge = service(
        "Safe house",
        "abuse-safety",
        confidential_location=True,
        places=[{"city": "Georgetown"}],
    )
    (result,) = found([refuge], "safe house acton").results
    assert not any("km" in reason or reason == "in Acton" for reason in result.reasons)


def test_an_age_in_the_words_puts_what_is_not_for_that_age_last_and_says_so(found):
    services = (
        service("Counselling for adults", "counselling", rules=[ADULTS]),
        service("Counselling for all", "counselling"),
    )
    results = found(services, "counselling 16")
    assert ids(results) == ["counselling-for-all", "counselling-for-adults"]
    last = results.results[-1]
    assert last.verdict is Verdict.DOES_NOT_FIT
    assert last.reasons[0] == "only for a person who is 18 or older"


def test_what_is_unknown_of_the_person_hides_nothing_and_fails_nothing(found):
    (result,) = found([service("Circle of women", "company", rules=[WOMEN])], "circle").results
    assert result.verdict is Verdict.MAY_FIT


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("counselling 16 milton", 16),
        ("food for a 84 year old", 84),
        ("one stop talk 24/7", None),
        ("open 24 hours", None),
        ("9-8-8", None),
        ("211", None),
        ("3 months behind on rent", None),
    ],
)
def test_a_number_is_an_age_only_where_it_can_be_one(parsed, words, age):
    assert parsed(words).person.facts.get("age") == age


def test_the_finest_place_in_the_words_counts(parsed):
    assert parsed("food acton halton hills").place.id == "acton"
    assert parsed("food l7g 4b1").place.id == "l7g"
    assert parsed("food bank").place is None


def test_what_was_taken_back_is_not_understood(parsed):
    taken = ("place", "age")
    assert parsed("counselling 16 milton", excluded=taken).place is None
    assert "age" not in parsed("counselling 16 milton", excluded=taken).person.facts


def test_a_place_that_was_chosen_counts_more_than_one_in_the_words(parsed):
    chosen = load_region().vocabulary.places["oakville"]
    assert parsed("food bank acton", place=chosen).place is chosen


def test_text_speak_is_written_out_and_a_short_name_is_left(parsed):
    assert parsed("smwhere 2 sleep 2nite").text == "somewhere 2 sleep tonight"
    assert parsed("PSW").text == "PSW"


def test_a_need_that_was_taken_back_no_longer_leads(found):
    services = (
        service("Shelter beds", "shelter"),
        service("Shelter meals", "food"),
    )
    assert ids(found(services, "shelter"))[0] == "shelter-beds"
    results = found(services, "shelter", excluded=("shelter",))
    assert ids(results)[0] == "shelter-meals"
    assert "shelter" not in results.query.needs.ids


def test_a_misspelling_is_corrected_and_said_unless_it_is_meant_exactly(found):
    services = [service("Halton shelter", "shelter")]
    assert found(services, "shleter").corrected == "shelter"
    verbatim = found(services, "shleter", verbatim=True)
    assert (verbatim.corrected, verbatim.results) == (None, ())


FEES = (
    service("Food free", "food", fees={"free": True}),
    service("Food paid", "food", fees={"free": False}),
    service("Food maybe", "food"),
)


def test_narrowing_hides_what_surely_is_not_so_and_keeps_what_nobody_knows(found):
    results = found(FEES, "food", facets={"free": "yes"})
    assert ids(results) == ["food-free", "food-maybe"]
    assert results.hidden == 1
    assert results.results[1].unknown_facets == ("free",)


def test_a_facet_counts_what_it_would_surely_leave(found):
    services = (
        *FEES,
        service("Food day and night", "food", hours={"always": True}, fees={"free": True}),
    )
    facets = found(services, "food", moment=NOON).facets
    assert facets["free"].counts == {"yes": 2}
    assert facets["open_now"].counts == {"yes": 1}
    narrowed = found(services, "food", moment=NOON, facets={"open_now": "yes"}).facets
    assert narrowed["free"].counts == {"yes": 2}, "unknown hours are kept, so they count"


def test_a_need_that_was_chosen_leaves_only_services_for_it(found):
    services = (*FEES, service("Food for thought", "education-training"))
    assert ids(found(services, "food", need="education-training")) == ["food-for-thought"]


def test_an_age_band_leaves_out_what_is_for_other_ages(found):
    services = (service("Talk adults", "counselling", rules=[ADULTS]), service("Talk all", "grief"))
    assert ids(found(services, "talk", facets={"age_band": "13-17"})) == ["talk-all"]
    assert len(ids(found(services, "talk", facets={"age_band": "18-24"}))) == 2


def test_open_now_is_a_reason_and_a_tie_breaker(found):
    services = (
        service("Line north", "crisis-line", hours={"weekly": {"sun": [["09:00", "17:00"]]}}),
        service("Line south", "crisis-line", hours={"always": True}),
    )
    results = found(services, "line", moment=NOON)
    assert ids(results) == ["line-south", "line-north"]
    assert "open now" in results.results[0].reasons


def test_a_gated_service_shows_its_door(found):
    services = (
        service("Intake", "navigation"),
        service(
            "Bed program",
            "shelter",
            access={
                "how": {"en": "Call intake.", "fr": "Appelez."},
                "self_referral": None,
                "professional_referral": None,
                "through": "intake",
            },
        ),
    )
    (result, *_) = found(services, "bed program").results
    assert result.access_point is not None
    assert result.access_point.id == "intake"


def test_reasons_are_said_in_the_language_that_was_asked_for(found):
    results = found(MARKETS, "food market acton", language="fr")
    assert "dessert Acton" in results.results[0].reasons


def test_the_similar_needs_of_misspelt_words_are_offered():
    nowhere = Directory(1, (), load_region())
    assert "food" in similar_needs(nowhere, "fod bnk")
    assert similar_needs(nowhere, "zzzqqx") == ()


def test_every_reason_and_every_age_group_has_its_words():
    fields = {f"field-{field.name}" for field in FIELDS} - {"field-needs"}
    groups = {f"audience-{group.id}" for group in AGE_GROUPS}
    assert fields | groups <= set(search_texts())
