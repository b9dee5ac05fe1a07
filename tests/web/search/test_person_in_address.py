"""The door is the person's everywhere: on the card, beside the list, on paper and in a text."""

import re
from html import unescape

import pytest

from navigator.storage import outbox

DAY_PROGRAM = "acclaim-adult-day-program-oakville"
HERS, THEIRS = "/services/ontario-health-athome", "/services/central-registry"
BURLINGTON = {"place": "burlington", "age": "70"}


def opened(client, words):
    """Follow the first result of a search to its own page, as the pane beside the list does."""
    answer = client.get("/search", query_string={"q": words})
    link = re.search(rf'id="open-{DAY_PROGRAM}" href="([^"]+)"', answer.text)
    return client.get(unescape(link[1]))


def test_the_page_of_a_service_has_the_door_of_the_card_it_was_opened_from(client):
    assert HERS in opened(client, "adult day program burlington 70 years old").text
    assert THEIRS in opened(client, "adult day program oakville 70 years old").text


def test_the_page_says_for_whom_it_is_shown_and_how_to_see_it_for_anybody(client):
    answer = client.get(f"/services/{DAY_PROGRAM}", query_string=BURLINGTON)
    assert "The way in is shown for: Burlington, age 70" in answer.text
    anybody = client.get(f"/services/{DAY_PROGRAM}")
    assert "The way in is shown for" not in anybody.text
    assert THEIRS in anybody.text


def test_the_shortlist_and_the_comparison_have_the_same_door(client):
    ids = f"{DAY_PROGRAM},one-link"
    listed = client.get("/shortlist", query_string={"ids": ids, **BURLINGTON})
    compared = client.get("/shortlist/compare", query_string={"ids": ids, **BURLINGTON})
    for answer in (listed, compared):
        assert "Ontario Health atHome" in answer.text
        assert "Central Registry intake" not in answer.text


def test_the_search_hands_the_person_on_to_the_shortlist_and_says_so(client):
    asked = {"q": "adult day program burlington 70 years old", "list": f"{DAY_PROGRAM},one-link"}
    answer = client.get("/search", query_string=asked)
    links = [unescape(one) for one in re.findall(r'href="(/shortlist[^"]+)"', answer.text)]
    assert len(links) == 2
    assert all("place=burlington" in one and "age=70" in one for one in links)
    listed = client.get(links[0])
    assert "It holds which services are on it, and: Burlington, age 70." in listed.text


def test_the_text_of_a_list_tells_the_same_door(container, worker):
    def told(number, person):
        form = {"ids": DAY_PROGRAM, "number": number, "spoken": "en", **person}
        assert worker.post("/shortlist/text", data=form).status_code == 302
        with container.database.unit_of_work() as uow:
            (letter,) = outbox.list_to_number(uow, number)
        return letter.body

    assert "310-2222" in told("+14165550101", BURLINGTON)
    assert "310-2222" not in told("+14165550102", {})


@pytest.mark.parametrize(
    "odd", ["place=nowhere", "age=9999", "age=-1", "age=%C2%B2", "place=&age="]
)
def test_a_person_that_cannot_be_is_nobody(client, odd):
    assert "The way in is shown for" not in client.get(f"/services/{DAY_PROGRAM}?{odd}").text


def test_open_now_and_the_others_say_how_many_are_not_known_and_stay(client):
    every = client.get("/search?q=food&n=60")
    label = re.search(r'for="f-open">Open now \((\d+)\)<span class="unknown">(\d+) not', every.text)
    narrowed = client.get("/search?q=food&open=yes&n=60")
    assert len(re.findall(r'id="r-', narrowed.text)) == int(label[1]) + int(label[2])
    assert narrowed.text.count("Not known: Open now") == int(label[2])
    assert "as with many opening hours" in every.text


def test_a_word_that_nothing_is_found_for_is_said_and_the_rest_is_searched(client):
    answer = client.get("/search?q=stride+food+bank")
    assert "Nothing was found for the word <strong>stride</strong>" in answer.text
    assert "burlington-food-bank" in answer.text
    assert "Showing results for" not in answer.text


def test_what_was_heard_of_the_person_and_the_language_can_be_taken_back(client):
    answer = client.get("/search?q=french+speaking+std+test+teen")
    for chip, gone in (("need-sexual-health", "sexual-health"), ("spoken", "spoken"),
                       ("fact-age", "age")):  # fmt: skip
        link = unescape(re.search(rf'id="chip-{chip}" href="([^"]+)"', answer.text)[1])
        back = client.get(link)
        assert f"not={gone}" in link
        assert f'id="chip-{chip}"' not in back.text
        assert f'id="chip-not-{gone}"' in back.text


def test_what_is_asked_for_is_completed_while_it_is_typed(client):
    offered = client.get("/search/suggestions?q=chlam").get_json()
    assert {"text": "chlamydia", "kind": "need", "also": "Sexual health, tests"} in offered


def test_the_start_page_of_a_worker_finds_organizations_and_says_what_may_be_meant(worker):
    answer = worker.get("/workspace?organization=acclame")
    assert "Nothing is called so. Did you mean:" in answer.text
    assert "Acclaim Health" in answer.text
    assert 'action="/search"' in answer.text
