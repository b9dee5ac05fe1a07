"""Search: what is heard in the words, what comes first, what is narrowed, and why it says so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from directory_data.directory import Directory
from directory_data.records import OrganizationRecord
from directory_data.region import load_region
from navigator.domain.eligibility import Verdict
from navigator.services.dialogue.dialogue_turn import DialogueContext
from navigator.services.search.indexing import build_edition_index
from navigator.services.search.need_suggestions import nearest_needs
from navigator.services.search.query_parser import parse_query
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_request import SearchRequest
from search_index.index_searcher import Index
from tests.makers import models
from tests.services.search.small_records import WOMEN, service

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

    def search(services, words, language="en", **asked):
        organization = OrganizationRecord.model_validate(
            {
                "id": "agency",
                "name": {"en": "Agency", "fr": "Organisme"},
                "services": services,
            }
        )
        directory = Directory(edition=1, organizations=(organization,), region=load_region())
        folder = tmp_path / f"index-{len(list(tmp_path.iterdir()))}"
        build_edition_index(folder, directory)
        guide = DialogueContext(directory, models())
        return find_services(Index.open(folder), guide, SearchRequest(words, language, **asked))

    return search


def ids(results):
    return [one.service.id for one in results.results]


def heard(words, language="en", **asked):
    return parse_query(
        SearchRequest(words, language, **asked),
        load_region().vocabulary,
        models().needs_lexicon(),
    )


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
    why = {one.service.id: one.why for one in found(MARKETS, "food market acton").results}
    assert "serves Acton" in why["food-market-north"]
    assert "open to all of Ontario" in why["food-market-anywhere"]
    assert "not for people in Acton" in why["food-market-south"]


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
    (one,) = found([lunch], "seniors lunch L7J").results
    assert "about 14 km away" in one.why


def test_a_secret_address_gives_no_distance(found):
    refuge = service(
        "Safe house",
        "abuse-safety",
        confidential_location=True,
        places=[{"city": "Georgetown"}],
    )
    (one,) = found([refuge], "safe house acton").results
    assert not any("km" in reason or reason == "in Acton" for reason in one.why)


def test_an_age_in_the_words_puts_what_is_not_for_that_age_last_and_says_so(found):
    services = (
        service("Counselling for adults", "counselling", rules=[ADULTS]),
        service("Counselling for all", "counselling"),
    )
    results = found(services, "counselling 16")
    assert ids(results) == ["counselling-for-all", "counselling-for-adults"]
    last = results.results[-1]
    assert last.verdict is Verdict.DOES_NOT_FIT
    assert last.why[0] == "only for a person who is 18 or older"


def test_what_is_unknown_of_the_person_hides_nothing_and_fails_nothing(found):
    (one,) = found([service("Circle of women", "company", rules=[WOMEN])], "circle").results
    assert one.verdict is Verdict.MAY_FIT


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
def test_a_number_is_an_age_only_where_it_can_be_one(words, age):
    assert heard(words).facts.get("age") == age


def test_the_finest_place_in_the_words_counts():
    assert heard("food acton halton hills").place.id == "acton"
    assert heard("food l7g 4b1").place.id == "l7g"
    assert heard("food bank").place is None


def test_what_was_taken_back_is_not_heard():
    taken = frozenset({"place", "age"})
    assert heard("counselling 16 milton", without=taken).place is None
    assert "age" not in heard("counselling 16 milton", without=taken).facts


def test_a_place_that_was_chosen_counts_more_than_one_in_the_words():
    chosen = load_region().vocabulary.places["oakville"]
    assert heard("food bank acton", place=chosen).place is chosen


def test_text_speak_is_written_out_and_a_short_name_is_left():
    assert heard("smwhere 2 sleep 2nite").words == "somewhere 2 sleep tonight"
    assert heard("PSW").words == "PSW"


def test_a_need_that_was_taken_back_no_longer_leads(found):
    services = (
        service("Shelter beds", "shelter"),
        service("Shelter meals", "food"),
    )
    assert ids(found(services, "shelter"))[0] == "shelter-beds"
    without = frozenset({"shelter"})
    results = found(services, "shelter", without=without)
    assert ids(results)[0] == "shelter-meals"
    assert "shelter" not in results.needs


def test_a_misspelling_is_corrected_and_said_unless_it_is_meant_exactly(found):
    services = [service("Halton shelter", "shelter")]
    assert found(services, "shleter").corrected == "shelter"
    exactly = found(services, "shleter", exactly=True)
    assert (exactly.corrected, exactly.results) == (None, ())


FEES = (
    service("Food free", "food", fees={"free": True}),
    service("Food paid", "food", fees={"free": False}),
    service("Food maybe", "food"),
)


def test_narrowing_hides_what_surely_is_not_so_and_keeps_what_nobody_knows(found):
    results = found(FEES, "food", chosen={"free": "yes"})
    assert ids(results) == ["food-free", "food-maybe"]
    assert results.hidden == 1
    assert results.results[1].doubts == ("free",)


def test_a_facet_counts_what_it_would_surely_leave(found):
    services = (
        *FEES,
        service("Food day and night", "food", hours={"always": True}, fees={"free": True}),
    )
    facets = found(services, "food", moment=NOON).facets
    assert facets["free"].counts == {"yes": 2}
    assert facets["open_now"].counts == {"yes": 1}
    narrowed = found(services, "food", moment=NOON, chosen={"open_now": "yes"}).facets
    assert narrowed["free"].counts == {"yes": 2}, "unknown hours are kept, so they count"


def test_a_need_that_was_chosen_leaves_only_services_for_it(found):
    services = (*FEES, service("Food for thought", "education-training"))
    assert ids(found(services, "food", need="education-training")) == ["food-for-thought"]


def test_an_age_band_leaves_out_what_is_for_other_ages(found):
    services = (service("Talk adults", "counselling", rules=[ADULTS]), service("Talk all", "grief"))
    assert ids(found(services, "talk", chosen={"age_band": "13-17"})) == ["talk-all"]
    assert len(ids(found(services, "talk", chosen={"age_band": "18-24"}))) == 2


def test_open_now_is_a_reason_and_a_tie_breaker(found):
    services = (
        service("Line north", "crisis-line", hours={"weekly": {"sun": [["09:00", "17:00"]]}}),
        service("Line south", "crisis-line", hours={"always": True}),
    )
    results = found(services, "line", moment=NOON)
    assert ids(results) == ["line-south", "line-north"]
    assert "open now" in results.results[0].why


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
    (one, *_) = found(services, "bed program").results
    assert one.door is not None
    assert one.door.id == "intake"


def test_reasons_are_said_in_the_language_that_was_asked_for(found):
    results = found(MARKETS, "food market acton", language="fr")
    assert "dessert Acton" in results.results[0].why


def test_the_nearest_needs_of_misspelt_words_are_offered():
    nowhere = Directory(1, (), load_region())
    assert "food" in nearest_needs(nowhere, "fod bnk")
    assert nearest_needs(nowhere, "zzzqqx") == ()
