"""The door is the person's everywhere: on the card, beside the list, on paper and in a text."""

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.storage import outbox
from tests.web.html import Page, page_of

DAY_PROGRAM = "acclaim-adult-day-program-oakville"
HERS, THEIRS = "/services/ontario-health-athome", "/services/central-registry"
BURLINGTON = {"place": "burlington", "age": "70"}


def seen(client: FlaskClient, path: str, /, **query: str) -> Page:
    """Open a page."""
    return page_of(client.get(path, query_string=query))


def opened(client: FlaskClient, words: str) -> Page:
    """Follow the result of a search to its own page, as the pane beside the list does."""
    card = seen(client, "/search", q=words).cards[DAY_PROGRAM]
    return page_of(client.get(card.part("h3").addresses[0]))


def test_the_page_of_a_service_has_the_door_of_the_card_it_was_opened_from(
    client: FlaskClient,
) -> None:
    assert HERS in opened(client, "adult day program burlington 70 years old").addresses
    assert THEIRS in opened(client, "adult day program oakville 70 years old").addresses


def test_the_page_says_for_whom_it_is_shown_and_how_to_see_it_for_anybody(
    client: FlaskClient,
) -> None:
    hers = seen(client, f"/services/{DAY_PROGRAM}", **BURLINGTON)
    assert "The way in is shown for: Burlington, age 70" in hers.text
    anybody = page_of(client.get(hers.link("Show it for anybody")))
    assert "The way in is shown for" not in anybody.text
    assert THEIRS in anybody.addresses


def test_the_shortlist_and_the_comparison_have_the_same_door(client: FlaskClient) -> None:
    ids = f"{DAY_PROGRAM},one-link"
    listed = seen(client, "/shortlist", ids=ids, **BURLINGTON)
    compared = seen(client, "/shortlist/compare", ids=ids, **BURLINGTON)
    for page in (listed, compared):
        assert "Ontario Health atHome" in page.text
        assert "Central Registry intake" not in page.text


def test_the_search_hands_the_person_on_to_the_shortlist_and_says_so(client: FlaskClient) -> None:
    listed = f"{DAY_PROGRAM},one-link"
    page = seen(client, "/search", q="adult day program burlington 70 years old", list=listed)
    bar = page.part(".shortlist-bar")
    for words in ("Print, send or text", "Compare two"):
        assert "place=burlington" in bar.link(words)
        assert "age=70" in bar.link(words)
    shortlist = page_of(client.get(bar.link("Print, send or text")))
    assert "It holds which services are on it, and: Burlington, age 70." in shortlist.text


def test_the_text_of_a_list_tells_the_same_door(container: Container, worker: FlaskClient) -> None:
    def told(number: str, person: dict[str, str]) -> str:
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
def test_a_person_that_cannot_be_is_nobody(client: FlaskClient, odd: str) -> None:
    page = page_of(client.get(f"/services/{DAY_PROGRAM}?{odd}"))
    assert "The way in is shown for" not in page.text


def test_open_now_and_the_others_say_how_many_are_not_known_and_stay(client: FlaskClient) -> None:
    every = seen(client, "/search", q="food", n="60")
    label = every.part("label[for=f-open]")
    unknown = int(label.part(".unknown").text.split()[0])
    known = int(label.text.partition("(")[2].partition(")")[0])
    narrowed = seen(client, "/search", q="food", open="yes", n="60")
    assert len(narrowed.cards) == known + unknown
    assert narrowed.text.count("Not known: Open now") == unknown
    assert "as with many opening hours" in every.text


def test_a_word_that_nothing_is_found_for_is_said_and_the_rest_is_searched(
    client: FlaskClient,
) -> None:
    page = seen(client, "/search", q="stride food bank")
    assert "Nothing was found for the word stride." in page.text
    assert "burlington-food-bank" in page.cards
    assert "Showing results for" not in page.text


def test_what_was_heard_of_the_person_and_the_language_can_be_taken_back(
    client: FlaskClient,
) -> None:
    page = seen(client, "/search", q="french speaking std test teen")
    for chip, gone in (("need-sexual-health", "sexual-health"), ("spoken", "spoken"),
                       ("fact-age", "age")):  # fmt: skip
        link = page.part(f"a#chip-{chip}").attribute("href")
        assert f"not={gone}" in link
        back = page_of(client.get(link))
        assert not back.parts(f"#chip-{chip}")
        assert back.part(f"a#chip-not-{gone}").text.endswith("put back")


def test_what_is_asked_for_is_completed_while_it_is_typed(client: FlaskClient) -> None:
    offered = client.get("/search/suggestions?q=chlam").get_json()
    assert {"text": "chlamydia", "kind": "need", "also": "Sexual health, tests"} in offered


def test_the_start_page_of_a_worker_finds_organizations_and_says_what_may_be_meant(
    worker: FlaskClient,
) -> None:
    page = seen(worker, "/workspace", organization="acclame")
    assert "Nothing is called so. Did you mean:" in page.text
    assert "Acclaim Health" in page.text
    assert "/search" in {form.action for form in page.forms.values()}
