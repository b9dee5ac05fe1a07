"""The interview on the web: one question a page, nothing stored, nothing lost, no script needed."""

import gzip
from contextlib import closing

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from navigator.container import Container
from navigator.storage.tables import TableRow
from tests.makers import make_container
from tests.web.html import Page, page_of, press

WORDS = "I'm 17 in Milton and couch surfing"


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    return make_container(tmp_path_factory.mktemp("finder"))


def begin(client: FlaskClient, words: str = "", *needs: str, **more: str) -> Page:
    """Say what is needed on the first page."""
    first = page_of(client.get("/find"))
    return press(client, first, "do", "next", words=words, need=list(needs), **more)


def answered(client: FlaskClient, page: Page, value: str) -> Page:
    """Answer the question on the page."""
    return press(client, page, "do", "next", value=value)


def until_list(client: FlaskClient, page: Page) -> Page:
    """Skip questions until the list comes."""
    while page.fact:
        page = press(client, page, "do", "skip")
    return page


def test_what_was_understood_is_read_back_and_can_be_corrected(client: FlaskClient) -> None:
    page = begin(client, WORDS)
    assert "We understood: housing for young people" in page.text
    assert "age 17, Milton" in page.text
    again = press(client, page, "do", "needs")
    assert again.sent("words") == [WORDS]
    assert again.sent("need") == [], "new words may mean another need"
    corrected = press(client, again, "do", "next", words="I need food. I live in Oakville")
    assert corrected.sent("need") == ["food"]
    assert "17" not in corrected.sent("a.age"), "what other words told no longer counts"
    assert corrected.sent("a.municipality") == ["Oakville"]


def test_every_question_says_why_and_can_be_skipped(client: FlaskClient) -> None:
    page = begin(client, "", "food")
    while page.fact:
        assert "Why we ask:" in page.text
        page = press(client, page, "do", "skip")
    assert "What you told us" in page.text
    assert "not sure" in page.text


def test_the_first_list_comes_after_three_questions(client: FlaskClient) -> None:
    page = begin(client, "", "shelter")
    for _ in range(3):
        assert page.fact
        page = press(client, page, "do", "skip")
    assert page.fact is None
    assert press(client, page, "do", "more").fact


def test_going_back_keeps_every_answer(client: FlaskClient) -> None:
    first = begin(client, "", "counselling")
    second = answered(client, first, "Milton")
    third = answered(client, second, "34")
    back = press(client, press(client, third, "do", "back"), "do", "back")
    assert back.fact == first.fact == "municipality"
    assert back.sent("value") == ["Milton"]
    onward = press(client, back, "do", "next")
    assert onward.fact == "age"
    assert onward.sent("value") == ["34"], "an answer gone back over stays chosen"
    assert press(client, onward, "do", "next").fact == third.fact


def test_going_back_from_the_first_question_keeps_needs_and_words(client: FlaskClient) -> None:
    page = begin(client, "", "food", "money", for_other="yes")
    start = press(client, page, "do", "back")
    assert start.sent("need") == ["food", "money"]
    assert start.sent("for_other") == ["yes"]


def test_an_answer_of_the_summary_can_be_changed(client: FlaskClient) -> None:
    page = answered(client, begin(client, "", "shelter"), "Milton")
    listed = press(client, answered(client, page, "34"), "do", "list")
    question = press(client, listed, "change", "municipality")
    assert question.sent("value") == ["Milton"]
    kept = press(client, question, "do", "back")
    assert kept.sent("a.municipality") == ["Milton"], "looking is not changing"
    changed = press(client, question, "do", "next", value="Oakville")
    assert changed.fact is None, "after a change the list comes again"
    assert changed.sent("a.municipality") == ["Oakville"]
    assert changed.sent("asked") == ["municipality", "age"], "the order stays"


def test_what_a_service_depends_on_can_be_answered_from_the_list(client: FlaskClient) -> None:
    listed = press(client, begin(client, "", "shelter"), "do", "list")
    assert "These may fit: it depends" in listed.text
    assert "depends on: age" in listed.text
    question = press(client, listed, "change", "age")
    assert question.fact == "age"
    after = press(client, question, "do", "next", value="30")
    assert after.sent("a.age") == ["30"]
    assert "depends on: age" not in after.text


def test_an_answer_that_was_chosen_counts_when_the_list_is_asked_for(client: FlaskClient) -> None:
    page = begin(client, "", "food")
    assert press(client, page, "do", "list", value="Milton").sent("a.municipality") == ["Milton"]
    assert press(client, page, "do", "list").sent("a.municipality") == []


def test_the_language_button_keeps_what_was_typed(client: FlaskClient) -> None:
    start = page_of(client.get("/find"))
    french = press(client, start, "lang", "fr", words="J'ai faim", need=["food"], for_other="yes")
    assert french.sent("words") == ["J'ai faim"]
    assert french.sent("need") == ["food"]
    assert french.sent("for_other") == ["yes"]
    assert french.language == "fr"
    question = begin(client, "", "counselling")
    question = press(client, answered(client, question, "Milton"), "lang", "en", value="3")
    assert question.fact == "age"
    assert question.sent("value") == ["3"]
    listed = press(client, question, "do", "list", value="30")
    listed_in_french = press(client, listed, "lang", "fr")
    printed_in_english = press(client, press(client, listed, "do", "print"), "lang", "en")
    assert listed_in_french.sent("at") == ["list"]
    assert printed_in_english.sent("at") == ["print"]
    assert printed_in_english.sent("a.age") == ["30"]


def test_an_error_keeps_what_was_typed_and_is_heard(client: FlaskClient) -> None:
    question = answered(client, begin(client, "", "counselling"), "Milton")
    wrong = press(client, question, "do", "next", value="old")
    assert wrong.status == 400
    assert wrong.title.startswith("Problem: ")
    assert wrong.sent("value") == ["old"]
    (problems,) = wrong.parts("[role=alert][tabindex='-1'][autofocus]")
    assert problems.addresses == ("#value",)
    box = wrong.part("#value")
    assert box.attribute("aria-invalid") == "true"
    assert box.attribute("aria-describedby") == "why value-problem"
    assert begin(client, "").status == 400
    assert begin(client, "blorf").sent("words") == ["blorf"]


def test_the_enter_key_goes_on_and_does_not_change_the_language(client: FlaskClient) -> None:
    for page in (page_of(client.get("/find")), begin(client, "", "food")):
        first = next(button for button in page.buttons if button.form == "find")
        assert (first.name, first.value) == ("do", "next")


def test_no_title_and_no_address_says_what_was_answered(client: FlaskClient) -> None:
    page = begin(client, "I am 17 and my dad beats me", "abuse-safety")
    titles = {page.title}
    for step in ("next", "skip", "skip", "skip"):
        if any(button.value == step for button in page.buttons):
            page = press(client, page, "do", step)
            titles.add(page.title)
    told = ("17", "dad", "abuse", "Milton", "danger", "right now")
    assert not [title for title in titles for word in told if word in title]
    from_an_address = page_of(client.get("/find?words=food&need=food&a.age=17"))
    assert from_an_address.sent("need") == from_an_address.sent("a.age") == []
    assert from_an_address.sent("words") == [""]


def test_the_browser_may_show_a_page_again_when_going_back(client: FlaskClient) -> None:
    answer = client.post("/find", data={"need": "food"})
    assert "no-store" not in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_state_from_outside_is_not_believed(client: FlaskClient) -> None:
    page = page_of(
        client.post(
            "/find",
            data={"need": ["food", "gold"], "a.age": "999", "a.shoe": "9", "asked": ["age", "x"]},
        )
    )
    assert page.sent("need") == ["food"]
    assert page.sent("a.age") == page.sent("a.shoe") == page.sent("asked") == []


def test_danger_comes_first_and_the_need_is_kept(client: FlaskClient) -> None:
    page = begin(client, "I lost my home and I want to kill myself")
    assert "Get help right now" in page.text
    assert "tel:988" in page.part(".danger-card").addresses
    french = press(client, page, "lang", "fr")
    assert "tel:988" in french.part(".danger-card").addresses
    assert french.sent("level") == page.sent("level")
    onward = press(client, french, "do", "next")
    assert onward.fact or onward.sent("at") == ["list"] or onward.sent("at") == ["start"]


def test_a_worker_who_writes_of_a_client_gets_numbers_and_is_not_stopped(
    client: FlaskClient,
) -> None:
    page = begin(client, "my client wants to kill herself and has no home in Oakville", "shelter")
    assert page.fact
    assert "These lines answer now" in page.text


@pytest.mark.parametrize("box", ["name", "number"])
def test_danger_is_heard_in_every_box(client: FlaskClient, box: str) -> None:
    listed = until_list(client, begin(client, WORDS))
    contact = press(client, listed, "service", listed_services(listed)[0])
    boxes = {"name": "Sam", "number": "4165550101", box: "I want to die"}
    assert "Get help right now" in press(client, contact, "do", "send", **boxes).text


def listed_services(page: Page) -> list[str]:
    """Give the services that a list offers to contact."""
    return [button.value for button in page.buttons if button.name == "service"]


def test_an_interview_stores_nothing_about_anybody(
    container: Container, client: FlaskClient
) -> None:
    before = rows(container)
    listed = until_list(client, begin(client, WORDS))
    press(client, listed, "do", "print")
    assert rows(container) == before
    assert not client.get_cookie("session") or WORDS not in str(client.get_cookie("session"))


def rows(container: Container) -> dict[str, int]:
    """Count the rows of every table."""
    with container.database.unit_of_work() as uow:
        return {
            name: uow.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in TableRow.metadata.tables.items()
        }


def test_the_printed_list_holds_every_number_in_full(client: FlaskClient) -> None:
    listed = until_list(client, begin(client, WORDS))
    printed = press(client, listed, "do", "print")
    assert "Bridging the Gap" in printed.text
    assert "905-" in printed.text
    assert press(client, printed, "do", "list").sent("at") == ["list"]


def test_the_door_of_the_list_is_the_one_that_works_for_the_person(client: FlaskClient) -> None:
    page = begin(client, "", "caregiver-support")
    page = answered(client, page, "Burlington")
    listed = press(client, page, "do", "list", value="70")
    assert "Ontario Health atHome" in listed.text


def test_consent_names_who_gets_the_number(container: Container, client: FlaskClient) -> None:
    listed = until_list(client, begin(client, WORDS))
    contact = press(client, listed, "service", "bridging-the-gap")
    assert "They give Halton Children's Aid Society" in contact.text
    empty = press(client, contact, "do", "send")
    assert empty.status == 400
    assert empty.part("[role=alert]").addresses == ("#name", "#number", "#safe-any")
    typed = {"name": "Sam", "number": "416-555-0133", "safe_contact": "text"}
    french = press(client, contact, "lang", "fr", **typed)
    assert [french.sent(box) for box in typed] == [[text] for text in typed.values()]
    assert press(client, contact, "do", "list").sent("at") == ["list"]
    sent = press(client, contact, "do", "send", **typed)
    assert "Votre code" in sent.text


def test_a_first_page_is_light(client: FlaskClient) -> None:
    loaded = page_of(client.get("/find")).loaded
    assert len(loaded) >= 3
    weights = {path: weight(client, path) for path in {"/find", *loaded}}
    assert sum(weights.values()) < 60_000, weights


def weight(client: FlaskClient, path: str) -> int:
    """Give the bytes that a path weighs with gzip, which every browser takes."""
    with closing(client.get(path)) as answer:
        return len(gzip.compress(answer.data, 6))
