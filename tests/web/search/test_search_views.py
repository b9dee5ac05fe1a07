"""The search page: forgiving, explained, narrowed and shared, with and without scripts."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from navigator.container import Container
from navigator.storage import outbox
from navigator.storage.outbox import OutboxMessage
from navigator.storage.tables import UnmetNeedRow
from tests.web.html import Page, Part, page_of, press_button

PAIR = "one-link,halton-cas"
DAY_PROGRAM = "acclaim-adult-day-program-oakville"
ROOM = "60"
"""So many results on a page that all are on the first."""


def search(client: FlaskClient, words: str, /, **more: str) -> Page:
    """Search as the form of the page does."""
    return page_of(client.get("/search", query_string={"q": words, **more}))


def shown(page: Page) -> list[str]:
    """Give the services that were found, the best first."""
    return [card.attribute("id").removeprefix("r-") for card in page.parts(".results article")]


def follow(client: FlaskClient, page: Page, link: str) -> Page:
    """Follow the link of this id."""
    return page_of(client.get(page.part(f"a#{link}").attribute("href")))


def count(page: Page) -> int:
    """Give how many services are said to be found."""
    return int(page.part("#search-status").text.split()[0])


def test_before_a_search_the_page_says_how_to(client: FlaskClient) -> None:
    assert "Misspelling is fine." in page_of(client.get("/search")).text


def test_a_misspelling_shows_what_was_searched_instead_and_how_to_mean_it(
    client: FlaskClient,
) -> None:
    page = search(client, "shleter")
    assert "Showing results for shelter. Instead: shleter" in page.text
    exactly = follow(client, page, "exactly")
    assert shown(page)
    assert not shown(exactly)
    assert "Let us correct the spelling" in exactly.text


def test_what_was_understood_can_be_taken_back_and_put_back_by_links(client: FlaskClient) -> None:
    first = search(client, "counselling 16 milton")
    assert "age 16" in first.text
    without = follow(client, first, "chip-fact-age")
    assert "age 16" not in without.text
    again = follow(client, without, "chip-not-age")
    assert "age 16" in again.text
    assert not follow(client, first, "chip-place").parts("#chip-place")


def test_a_result_says_why_it_is_there_and_what_stands_against_it(client: FlaskClient) -> None:
    page = search(client, "food burlington")
    assert "serves Burlington" in page.text
    assert "helps with: Food" in page.text


def card_of(client: FlaskClient, words: str, service_id: str) -> Part:
    """Search, and give the card of one service."""
    return search(client, words).cards[service_id]


def test_a_card_shows_the_door_of_the_place_that_was_said(client: FlaskClient) -> None:
    oakville = card_of(client, "adult day program oakville", DAY_PROGRAM)
    burlington = card_of(client, "adult day program burlington", DAY_PROGRAM)
    assert "/services/central-registry" in oakville.addresses
    assert "/services/ontario-health-athome" in burlington.addresses
    assert "/services/central-registry" not in burlington.addresses


def test_a_card_shows_the_door_of_the_age_that_was_said(client: FlaskClient) -> None:
    grown = card_of(client, "one link 40 years old", "one-link")
    child = card_of(client, "one link 12 years old", "one-link")
    assert "The way in is through" not in grown.text
    assert "/services/rock-access-line" in child.addresses


def test_a_facet_narrows_and_its_count_holds(client: FlaskClient) -> None:
    every = search(client, "food")
    free = every.part("label[for=f-free]").text
    said = int(free.partition("(")[2].partition(")")[0])
    narrowed = search(client, "food", free="yes", n=ROOM)
    assert narrowed.text.count("Not known: Free") == len(shown(narrowed)) - said
    assert count(narrowed) <= count(every)


def test_every_service_of_a_need_can_be_listed_without_words(client: FlaskClient) -> None:
    page = search(client, "", need="dental", n=ROOM)
    assert count(page) == len(shown(page)) > 0


def test_more_results_come_by_a_link(client: FlaskClient) -> None:
    page = search(client, "housing")
    assert len(shown(follow(client, page, "more"))) > len(shown(page))


def test_nothing_found_is_never_the_end(client: FlaskClient) -> None:
    page = search(client, "zzzqqx")
    for way_on in ("211 Ontario", "Access Halton (311)", "Tell us what was missing"):
        assert way_on in page.text


def test_a_place_that_nothing_found_serves_is_said_and_a_wider_one_is_offered(
    client: FlaskClient,
) -> None:
    page = search(client, "foodshare", place="toronto")
    assert "None of these is for people in Toronto" in page.text
    assert "place=" not in page.part("a#wider").attribute("href")


def test_what_was_missing_is_kept_without_words_or_identity(
    container: Container, client: FlaskClient
) -> None:
    told = {"need": "dental", "place": "acton", "q": "secret"}
    answer = client.post("/search/missing", data=told)
    assert "told=1" in answer.headers["Location"]
    with container.database.unit_of_work() as uow:
        (row,) = uow.session.scalars(select(UnmetNeedRow))
        kept = {column.name: getattr(row, column.name) for column in UnmetNeedRow.__table__.columns}
    assert (kept["needs"], kept["place"], kept["channel"]) == ("dental", "acton", "search")
    assert "secret" not in str(kept)


def test_danger_in_the_words_shows_the_reviewed_card_for_it_above_the_results(
    client: FlaskClient,
) -> None:
    crisis = search(client, "i want to kill myself")
    # Both are named in one selector, so they come in the order of the page.
    first, *_ = crisis.parts(".danger-card, .results")
    assert "Call 9-8-8" in first.text
    assert crisis.part(".danger-card .btn-danger[href^=tel]").attribute("href") == "tel:988"
    emergency = search(client, "he is beating me right now")
    assert emergency.part(".danger-card .btn-danger").attribute("href") == "tel:911"
    assert not search(client, "food bank").parts(".danger-card")


def test_the_lines_of_the_danger_card_are_those_for_the_danger_and_the_age(
    client: FlaskClient,
) -> None:
    hurt = search(client, "my husband hits me").part(".danger-lines")
    child = search(client, "my dad hits me im 12").part(".danger-lines")
    assert "Women" in hurt.text
    assert "Kids Help Phone" in child.text


def test_the_fragment_holds_the_results_and_nothing_of_the_page_around(client: FlaskClient) -> None:
    fragment = page_of(client.get("/search/results?q=food+ban&typing=1"))
    assert shown(fragment)
    assert not fragment.parts("html, header, main")


def test_suggestions_are_needs_services_and_organizations_in_both_languages(
    client: FlaskClient,
) -> None:
    offered = client.get("/search/suggestions?q=banque").json
    assert {"text", "kind", "also"} == set(offered[0])
    kinds = {
        suggestion["kind"]
        for typed in ("food", "halton", "shel")
        for suggestion in client.get(f"/search/suggestions?q={typed}").json
    }
    assert kinds == {"need", "service", "organization"}


def test_the_shortlist_lives_in_the_address_and_holds_only_ids(client: FlaskClient) -> None:
    page = search(client, "food bank")
    first = shown(page)[0]
    added = follow(client, page, f"list-{first}")
    assert "Shortlist (1)" in added.headings
    assert "Take off the shortlist" in added.cards[first].text
    assert first not in added.part(f"a#drop-{first}").attribute("href")


def test_a_shortlist_shows_the_way_in_of_each_and_its_link(client: FlaskClient) -> None:
    page = page_of(client.get(f"/shortlist?ids={PAIR},no-such-service"))
    assert "one-Link" in page.text
    link = page.part("input#link").attribute("value")
    assert link == f"https://texts.example.org/shortlist?ids={PAIR}"


def test_two_services_are_compared_side_by_side_and_one_alone_is_not(client: FlaskClient) -> None:
    shortlist = page_of(client.get(f"/shortlist?ids={PAIR}"))
    (compare,) = [button for button in shortlist.buttons if button.words == "Compare"]
    page = press_button(client, shortlist, compare)
    assert len(page.parts("thead th")) == 2
    assert client.get("/shortlist/compare?ids=one-link").status_code == 404


def letters(container: Container, number: str = "+14165550142") -> list[OutboxMessage]:
    """Give what waits for a number."""
    with container.database.unit_of_work() as uow:
        return outbox.list_to_number(uow, number)


def test_only_staff_can_text_a_list(container: Container, client: FlaskClient) -> None:
    data = {"ids": PAIR, "number": "416-555-0142"}
    assert "/sign-in" in client.post("/shortlist/text", data=data).headers["Location"]
    assert letters(container) == []


def test_a_worker_texts_a_list_in_the_language_of_the_person(
    container: Container, worker: FlaskClient
) -> None:
    data = {"ids": PAIR, "number": "(416) 555-0142", "spoken": "fr"}
    assert "sent=1" in worker.post("/shortlist/text", data=data).headers["Location"]
    (letter,) = letters(container)
    assert letter.body.startswith("Navigateur communautaire. Services vus avec vous :\n- one-Link")
    assert "905-338-4123" in letter.body


def test_a_number_that_is_none_is_not_texted(worker: FlaskClient) -> None:
    page = page_of(worker.post("/shortlist/text", data={"ids": PAIR, "number": "12345"}))
    assert page.status == 400
    assert "area code" in page.part("[role=alert]").text


@pytest.mark.parametrize("number", ["1-900-555-1234", "876-555-1234", "1-800-555-1234"])
def test_a_number_that_costs_us_or_is_nobodys_is_not_texted(
    container: Container, worker: FlaskClient, number: str
) -> None:
    page = page_of(worker.post("/shortlist/text", data={"ids": PAIR, "number": number}))
    assert page.status == 400
    assert "can't reach that kind of number" in page.part("[role=alert]").text


def test_a_list_that_is_too_long_for_a_text_says_how_many_fit(
    container: Container, worker: FlaskClient
) -> None:
    ids = ",".join(shown(search(worker, "halton", n=ROOM))[:12])
    page = page_of(worker.post("/shortlist/text", data={"ids": ids, "number": "416-555-0142"}))
    assert page.status == 400
    told = page.part("[role=alert]").text
    assert any(f"Up to {most} of these fit." in told for most in range(1, 10)), told
    assert letters(container) == []


def test_nobody_gets_list_after_list(container: Container, worker: FlaskClient) -> None:
    data = {"ids": PAIR, "number": "416-555-0142"}
    codes = [worker.post("/shortlist/text", data=data).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    assert len(letters(container)) == 3


def test_the_same_search_speaks_french(client: FlaskClient) -> None:
    page = search(client, "shleter acton", lang="fr")
    assert "Au lieu de" in page.text
    assert "Numéro vu" in page.text


@pytest.mark.parametrize("odd", ["n=99999", "n=x", "not=nonsense", "place=mars", "free=maybe"])
def test_an_address_with_nonsense_in_it_is_read_as_far_as_it_makes_sense(
    client: FlaskClient, odd: str
) -> None:
    assert client.get(f"/search?q=food&{odd}").status_code == 200
