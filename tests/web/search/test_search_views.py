"""The search page: forgiving, explained, narrowed and shared, with and without scripts."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from navigator.storage import outbox
from navigator.storage.tables import UnmetNeedRow

PAIR = "one-link,halton-cas"
DAY_PROGRAM = "acclaim-adult-day-program-oakville"


def shown(answer):
    return re.findall(r'<article class="card service result" id="r-([^"]+)"', answer.text)


def link(answer, id_):
    found = re.search(rf'<a[^>]* id="{id_}"[^>]* href="([^"]+)"', answer.text)
    found = found or re.search(rf'<a[^>]*href="([^"]+)"[^>]* id="{id_}"', answer.text)
    assert found, f"no link {id_}"
    return unescape(found[1])


def count(answer):
    return int(re.search(r'data-status="(\d+) ', answer.text)[1])


def test_before_a_search_the_page_says_how_to(client):
    assert "Misspelling is fine." in client.get("/search").text


def test_a_misspelling_shows_what_was_searched_instead_and_how_to_mean_it(client):
    answer = client.get("/search?q=shleter")
    assert "<strong>shelter</strong>" in answer.text
    exactly = client.get(link(answer, "exactly"))
    assert shown(answer)
    assert not shown(exactly)
    assert "Let us correct the spelling" in exactly.text


def test_what_was_understood_can_be_taken_back_and_put_back_by_links(client):
    first = client.get("/search?q=counselling+16+milton")
    assert "age 16" in first.text
    without = client.get(link(first, "chip-fact-age"))
    assert "age 16" not in without.text
    again = client.get(link(without, "chip-not-age"))
    assert "age 16" in again.text
    assert 'id="chip-place"' not in client.get(link(first, "chip-place")).text


def test_a_result_says_why_it_is_there_and_what_stands_against_it(client):
    answer = client.get("/search?q=food+burlington")
    assert "serves Burlington" in answer.text
    assert "helps with: Food" in answer.text


def card_of(answer, id_):
    """Give the part of the page that shows one service."""
    return answer.text.split(f'id="r-{id_}"', 1)[1].split("</article>", 1)[0]


def test_a_card_shows_the_door_of_the_place_that_was_said(client):
    oakville = card_of(client.get("/search?q=adult+day+program+oakville"), DAY_PROGRAM)
    burlington = card_of(client.get("/search?q=adult+day+program+burlington"), DAY_PROGRAM)
    assert "/services/central-registry" in oakville
    assert "/services/ontario-health-athome" in burlington
    assert "/services/central-registry" not in burlington


def test_a_card_shows_the_door_of_the_age_that_was_said(client):
    grown = card_of(client.get("/search?q=one+link+40+years+old"), "one-link")
    child = card_of(client.get("/search?q=one+link+12+years+old"), "one-link")
    assert "The way in is through" not in grown
    assert "/services/rock-access-line" in child


def test_a_facet_narrows_and_its_count_holds(client):
    every = client.get("/search?q=food")
    said = int(re.search(r'for="f-free">Free \((\d+)\)', every.text)[1])
    narrowed = client.get("/search?q=food&free=yes&n=60")
    assert narrowed.text.count("Not known: Free") == len(shown(narrowed)) - said
    assert count(narrowed) <= count(every)


def test_every_service_of_a_need_can_be_listed_without_words(client):
    answer = client.get("/search?need=dental&n=60")
    assert count(answer) == len(shown(answer)) > 0


def test_more_results_come_by_a_link(client):
    answer = client.get("/search?q=housing")
    assert len(shown(client.get(link(answer, "more")))) > len(shown(answer))


def test_nothing_found_is_never_the_end(client):
    answer = client.get("/search?q=zzzqqx")
    for way_on in ("211 Ontario", "Access Halton (311)", "Tell us what was missing"):
        assert way_on in answer.text


def test_a_place_that_nothing_found_serves_is_said_and_a_wider_one_is_offered(client):
    answer = client.get("/search?q=foodshare&place=toronto")
    assert "None of these is for people in Toronto" in answer.text
    assert "place=" not in link(answer, "wider")


def test_what_was_missing_is_kept_without_words_or_identity(container, client):
    answer = client.post(
        "/search/missing", data={"need": "dental", "place": "acton", "q": "secret"}
    )
    assert "told=1" in answer.headers["Location"]
    with container.database.unit_of_work() as uow:
        (row,) = uow.session.scalars(select(UnmetNeedRow))
        kept = {one.name: getattr(row, one.name) for one in UnmetNeedRow.__table__.columns}
    assert (kept["needs"], kept["place"], kept["channel"]) == ("dental", "acton", "search")
    assert "secret" not in str(kept)


def test_danger_in_the_words_shows_the_reviewed_card_for_it_above_the_results(client):
    answer = client.get("/search?q=i+want+to+kill+myself")
    assert answer.text.index('class="danger-card') < answer.text.index('class="results"')
    assert 'class="btn btn-danger" href="tel:988"' in answer.text
    emergency = client.get("/search?q=he+is+beating+me+right+now")
    assert 'class="btn btn-danger" href="tel:911"' in emergency.text
    assert 'class="danger-card' not in client.get("/search?q=food+bank").text


def test_the_lines_of_the_danger_card_are_those_for_the_danger_and_the_age(client):
    def lines(words):
        return client.get("/search", query_string={"q": words}).text.partition("danger-lines")[2]

    hurt = lines("my husband hits me").partition("</ul>")[0]
    child = lines("my dad hits me im 12").partition("</ul>")[0]
    assert "Women" in hurt
    assert "Kids Help Phone" in child


def test_the_fragment_holds_the_results_and_nothing_of_the_page_around(client):
    answer = client.get("/search/results?q=food+ban&typing=1")
    assert shown(answer)
    assert "<html" not in answer.text


def test_suggestions_are_needs_services_and_organizations_in_both_languages(client):
    offered = client.get("/search/suggestions?q=banque").json
    assert {"text", "kind", "also"} == set(offered[0])
    kinds = {
        one["kind"]
        for typed in ("food", "halton", "shel")
        for one in client.get(f"/search/suggestions?q={typed}").json
    }
    assert kinds == {"need", "service", "organization"}


def test_the_shortlist_lives_in_the_address_and_holds_only_ids(client):
    answer = client.get("/search?q=food+bank")
    first = shown(answer)[0]
    added = client.get(link(answer, f"list-{first}"))
    assert "Shortlist</h2>" in added.text or "Shortlist (1)" in added.text
    assert "Take off the shortlist" in added.text
    assert first not in link(added, f"drop-{first}")


def test_a_shortlist_shows_the_way_in_of_each_and_its_link(client):
    answer = client.get(f"/shortlist?ids={PAIR},no-such-service")
    assert "one-Link" in answer.text
    assert f"https://texts.example.org/shortlist?ids={PAIR}" in unescape(answer.text)


def test_two_services_are_compared_side_by_side_and_one_alone_is_not(client):
    answer = client.get(f"/shortlist/compare?ids={PAIR}")
    assert len(re.findall(r'<th scope="col">', answer.text)) == 2
    assert client.get("/shortlist/compare?ids=one-link").status_code == 404


def letters(container, number="+14165550142"):
    with container.database.unit_of_work() as uow:
        return outbox.list_to_number(uow, number)


def test_only_staff_can_text_a_list(container, client):
    data = {"ids": PAIR, "number": "416-555-0142"}
    assert "/sign-in" in client.post("/shortlist/text", data=data).headers["Location"]
    assert letters(container) == []


def test_a_worker_texts_a_list_in_the_language_of_the_person(container, worker):
    data = {"ids": PAIR, "number": "(416) 555-0142", "spoken": "fr"}
    assert "sent=1" in worker.post("/shortlist/text", data=data).headers["Location"]
    (letter,) = letters(container)
    assert letter.body.startswith("Navigateur communautaire. Services vus avec vous :\n- one-Link")
    assert "905-338-4123" in letter.body


def test_a_number_that_is_none_is_not_texted(container, worker):
    answer = worker.post("/shortlist/text", data={"ids": PAIR, "number": "12345"})
    assert answer.status_code == 400
    assert "ten digits" in answer.text


def test_a_list_that_is_too_long_for_a_text_says_how_many_fit(container, worker):
    ids = ",".join(shown(worker.get("/search?q=halton&n=60"))[:12])
    answer = worker.post("/shortlist/text", data={"ids": ids, "number": "416-555-0142"})
    assert answer.status_code == 400
    assert re.search(r"Up to [1-9] of these fit", answer.text)
    assert letters(container) == []


def test_nobody_gets_list_after_list(container, worker):
    data = {"ids": PAIR, "number": "416-555-0142"}
    codes = [worker.post("/shortlist/text", data=data).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    assert len(letters(container)) == 3


def test_the_same_search_speaks_french(client):
    answer = client.get("/search?q=shleter+acton&lang=fr")
    assert "Au lieu de" in answer.text
    assert "Numéro vu" in answer.text


@pytest.mark.parametrize("odd", ["n=99999", "n=x", "not=nonsense", "place=mars", "free=maybe"])
def test_an_address_with_nonsense_in_it_is_read_as_far_as_it_makes_sense(client, odd):
    assert client.get(f"/search?q=food&{odd}").status_code == 200
