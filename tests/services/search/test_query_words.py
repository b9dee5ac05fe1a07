"""Search words: what is mended, what is left out, and what they say of a person and a language."""

from functools import partial

import pytest

from navigator.services.search.audience_terms import OLDER, TEEN, age_group_in, gender_in
from navigator.services.search.correction_policy import is_plausible, leave_out_doubtful_words
from navigator.services.search.language_preference import spoken_language_in
from navigator.services.search.query_understanding import parse_query
from navigator.services.search.search_pipeline import find_services
from navigator.services.search.search_request import SearchRequest
from search_index.analyzer import tokens
from tests.makers import models
from tests.services.search import small_records
from tests.services.search.small_records import WOMEN, search_context

service = partial(small_records.service, languages=["en"])

YOUNG = {
    "strength": "requires",
    "fact": "age",
    "op": "between",
    "value": [None, 17],
    "words": {"en": "is 17 or younger", "fr": "a 17 ans ou moins"},
    "source": None,
}


@pytest.fixture
def found(tmp_path):
    """Give a function that searches a directory of the given services."""

    def search(services, words, language="en", **asked):
        folder = tmp_path / f"index-{len(list(tmp_path.iterdir()))}"
        context = search_context(folder, services, language)
        return find_services(SearchRequest(words, **asked), context)

    return search


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    services = [service("House food drugs stroke stade order hard record shelter", "food")]
    return search_context(tmp_path_factory.mktemp("words") / "edition", services)


@pytest.fixture(scope="module")
def index(context):
    return context.index


def ids(results):
    return [result.service.id for result in results.results]


def doubts(index, words, **more):
    real_words = [speller.known for speller in models().needs_lexicon().spell_correctors.values()]
    found = leave_out_doubtful_words(index, words, real_words, **more)
    return [unmatched.word for unmatched in found.unmatched]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shleter", "shelter"),
        ("evicton", "eviction"),
        ("depresion", "depression"),
        ("sykologist", "psychologist"),
        ("alzhiemers", "alzheimers"),
        ("vist", "visits"),
        ("beureavment", "bereavement"),
    ],
)
def test_a_slip_in_a_word_is_believed(typed, meant):
    assert is_plausible(typed, meant)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("hoarding", "hard"),
        ("stride", "stade"),
        ("mourir", "memoire"),
        ("bugs", "bag"),
        ("locks", "looking"),
        ("seizures", "soir"),
        ("museum", "muslim"),
    ],
)
def test_another_word_that_is_merely_near_is_not_believed(typed, other):
    assert not is_plausible(typed, other)


def test_a_real_word_is_never_mended_into_another_one(index):
    assert doubts(index, "horse") == ["horse"]
    assert doubts(index, "drums and flood") == ["drums", "flood"]


def test_what_is_doubted_is_left_out_and_the_rest_is_found(found):
    kept = service("Order of friends", "company"), service("Food bank", "food")
    results = found(kept, "gorder food")
    assert ids(results)[0] == "order-of-friends" or results.corrected
    results = found(kept, "holder food")
    assert "order-of-friends" not in ids(results)[:1]
    assert ids(results)[0] == "food-bank"


def test_a_word_that_is_still_being_typed_is_not_doubted_while_it_may_become_a_known_one(index):
    assert doubts(index, "shel", unfinished=True) == []
    assert doubts(index, "shleter", unfinished=True) == []
    assert doubts(index, "locks", unfinished=True) == doubts(index, "locks")


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("homeless man", "man"),
        ("man abused by wife", "man"),
        ("shelter for women", "woman"),
        ("refuge pour femmes", "woman"),
        ("a man follows me", None),
        ("raped by a man", None),
        ("ma femme me frappe", None),
        ("men and women", None),
        ("food bank", None),
    ],
)
def test_a_gender_is_the_persons_only_where_a_worker_would_note_it_so(words, gender):
    assert gender_in(tokens(words)) == gender


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("lgbtq teen", TEEN),
        ("ado en crise", TEEN),
        ("lunch for seniors", OLDER),
        ("aide pour aînée", OLDER),
        ("seniors and teens", None),
        ("my children", None),
    ],
)
def test_people_of_about_one_age_are_found_in_the_words(words, group):
    assert age_group_in(tokens(words)) is group


def test_what_is_for_others_comes_after_what_is_for_the_person(found):
    both = service("Refuge one", "shelter", rules=[WOMEN]), service("Refuge two", "shelter")
    assert ids(found(both, "refuge man"))[0] == "refuge-two"
    assert ids(found(both, "refuge man", excluded=("gender",)))[0] == "refuge-two"
    young = service("Talk line one", "counselling", rules=[YOUNG])
    grown = service("Talk line two", "counselling")
    assert ids(found((young, grown), "talk line teen"))[0] == "talk-line-one"
    last = found((young, grown), "talk line senior").results[-1]
    assert last.service.id == "talk-line-one"
    assert any("17" in reason for reason in last.reasons)


@pytest.mark.parametrize(
    ("words", "code", "left"),
    [
        ("french speaking counsellor", "fr", "counsellor"),
        ("counsellor in French", "fr", "counsellor in"),
        ("conseillère francophone", "fr", "conseillère"),
        ("Punjabi lawyer", "pa", "lawyer"),
        ("ESL english classes", None, "ESL english classes"),
        ("learn french", None, "learn french"),
        ("cours de français", None, "cours de français"),
        ("english speaking doctor", "en", "doctor"),
        ("english food", None, "english food"),
    ],
)
def test_a_language_that_is_asked_for_is_found_and_one_to_be_learnt_is_not(words, code, left):
    spoken, rest = spoken_language_in(words)
    assert (spoken.code if spoken else None) == code
    assert rest == left


def test_a_service_that_speaks_the_language_comes_first_and_says_so(found):
    lines = (
        service("Talk line one", "counselling"),
        service("Talk line two", "counselling", languages=["en", "fr"]),
    )
    results = found(lines, "french speaking talk line")
    assert ids(results) == ["talk-line-two", "talk-line-one"]
    assert "in French" in results.results[0].reasons
    assert results.query.person.language.label.en == "French"
    assert found(lines, "french talk line", excluded=("spoken",)).query.person.language is None


CLINICS = (
    service("Hearing test clinic", "health-care"),
    service("Family test clinic", "health-care"),
    service("Mobile sexual health clinic", "health-care"),
)


def test_who_has_the_very_thing_comes_first_and_the_others_stay(found):
    results = found(CLINICS, "std test")
    assert ids(results)[0] == "mobile-sexual-health-clinic"
    assert len(ids(results)) == 3
    assert results.query.needs.topics == ("sexual-health",)
    assert "helps with: Sexual health, tests" in results.results[0].reasons


def test_a_thing_that_was_not_meant_no_longer_leads(found):
    results = found(CLINICS, "std test", excluded=("sexual-health",))
    assert results.query.needs.topics == ()
    assert ids(results)[0] != "mobile-sexual-health-clinic"


def test_a_word_that_no_record_says_is_found_by_its_thing(found):
    assert ids(found(CLINICS, "chlamydia"))[0] == "mobile-sexual-health-clinic"
    assert ids(found(CLINICS, "clamydia"))[0] == "mobile-sexual-health-clinic"


def test_who_does_one_thing_only_stays_behind_where_something_else_is_asked(found):
    clinics = CLINICS[2], service("Walk in clinic", "health-care")
    assert ids(found(clinics, "clinic doctor"))[0] == "walk-in-clinic"
    assert ids(found(clinics, "clinic sti"))[0] == "mobile-sexual-health-clinic"


def test_who_is_called_so_comes_before_who_has_the_thing(found):
    named = service("Chlamydia and friends", "company"), CLINICS[2]
    assert ids(found(named, "chlamydia friends"))[0] == "chlamydia-and-friends"


def test_words_that_are_doubted_one_by_one_are_believed_as_a_name(found):
    named = service("Links of kitchen", "company"), service("Food bank", "food")
    results = found(named, "limks of kitxhhen")
    assert ids(results)[0] == "links-of-kitchen"
    assert results.query.unmatched == ()


@pytest.mark.parametrize(
    ("words", "place"),
    [("food oakvile", "oakville"), ("food burlingtn", "burlington"), ("action plan", None)],
)
def test_a_long_name_of_a_place_may_hold_a_slip(context, words, place):
    query = parse_query(SearchRequest(words), context)
    assert (query.place.id if query.place else None) == place


def test_the_words_of_an_age_are_not_looked_for(context):
    query = parse_query(SearchRequest("exercise class for 60 year old"), context)
    assert query.person.facts["age"] == 60
    assert "old" not in query.text
