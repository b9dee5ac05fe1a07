"""The interview in a real browser: back, Enter, focus, narrow screens, and nothing in axe's way."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.live import serving
from tests.makers import make_app, make_container

OUTSIDE_MAIN = {"region"}
"""What axe says of the frame is looked at with the frame, in test_every_page."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    container = make_container(tmp_path_factory.mktemp("browser"))
    with serving(make_app(container)) as at:
        yield at
    container.database.close()


def begin(page: Page, address: str, words: str, language: str = "en") -> None:
    """Say what is needed."""
    page.goto(f"{address}/find?lang={language}")
    page.fill("#words", words)
    page.locator("main button[value=next]").first.click()


def test_the_back_button_of_the_browser_goes_back_question_by_question(
    page: Page, address: str
) -> None:
    begin(page, address, "I need counselling")
    first = page.locator("h1").inner_text()
    page.locator("label[for=c3]").click()
    page.locator("main button[value=next]").click()
    second = page.locator("h1").inner_text()
    assert second != first
    page.fill("#value", "34")
    page.press("#value", "Enter")
    page.locator("h1").wait_for()
    assert page.locator("h1").inner_text() not in {first, second}
    page.go_back()
    assert page.locator("h1").inner_text() == second
    page.go_back()
    assert page.locator("h1").inner_text() == first
    page.go_forward()
    assert page.locator("h1").inner_text() == second


def test_the_enter_key_answers_and_keeps_the_language(page: Page, address: str) -> None:
    begin(page, address, "I need counselling in Milton")
    page.fill("#value", "34")
    page.press("#value", "Enter")
    page.locator("input[name='a.age'][value='34']").first.wait_for(state="attached")
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_error_takes_the_focus_without_a_script(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    begin(page, address, "")
    box = page.locator(".find-problems")
    assert box.is_visible()
    page.locator(".find-problems:focus").wait_for()
    box.get_by_role("link").first.click()
    assert page.url.endswith("#words")
    context.close()


WORDS = {
    "en": "I'm 17 in Milton and couch surfing",
    "fr": "j'ai 17 ans, je suis à Milton et je dors chez des amis",
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [320, 1200])
def test_every_page_around_the_list_bars_nobody_and_fits(
    page: Page, address: str, language: str, width: int
) -> None:
    # 320 px is also what a screen of 1280 px shows at 400 % zoom (WCAG 2.2, 1.4.10).
    page.set_viewport_size({"width": width, "height": 640})
    begin(page, address, WORDS[language], language)
    page.locator("main button[value=list]").click()
    look(page)
    page.locator("main button[value=print]").click()
    look(page)
    page.locator("main button[value=list]").click()
    page.locator("main button[formaction='/find/text']").click()
    look(page)
    page.locator("main button[value=send]").click()
    look(page)
    page.locator("main button[value=list]").click()
    page.locator("main button[formaction='/find/code/new']").click()
    look(page)
    page.locator("main button[value=yes]").click()
    look(page)
    page.goto(f"{address}/find/code")
    look(page)
    page.goto(f"{address}/services/bridging-the-gap/rules")
    page.locator("main button[value=try]").click()
    look(page)


def look(page: Page) -> None:
    """Examine a page: axe, and nothing that makes it scroll sideways."""
    violations = Axe().run(page).response["violations"]
    found = [(broken["id"], broken["nodes"][0]["html"][:120]) for broken in violations]
    assert [(rule, where) for rule, where in found if rule not in OUTSIDE_MAIN] == []
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0, page.url


@pytest.fixture
def watched(page: Page) -> Page:
    """Give a page whose quick exit leads to a weather page of this machine."""
    page.route("**/leave", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    return page


def is_left(page: Page) -> bool:
    page.wait_for_url("**/leave")
    return page.locator("h1").inner_text() == "Weather"


def talk_for_two_questions(page: Page, address: str) -> None:
    begin(page, address, "I need counselling")
    page.locator("main button[value=skip]").first.wait_for()
    for _ in range(2):
        asked = page.locator("h1").inner_text()
        page.locator("main button[value=skip]").first.click()
        page.wait_for_function(
            "asked => document.querySelector('h1')?.innerText !== asked", arg=asked
        )
    page.wait_for_load_state()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_after_leaving_no_step_back_or_forward_shows_what_was_said(
    watched: Page, address: str, way: str
) -> None:
    talk_for_two_questions(watched, address)
    if way == "button":
        watched.click("#quick-exit")
    else:
        for _ in range(3):
            watched.keyboard.press("Escape")
    assert is_left(watched)
    for _ in range(3):  # the two questions before, and the first page
        watched.go_back(wait_until="commit")
        assert is_left(watched)
    watched.go_forward(wait_until="commit")
    assert is_left(watched)


def test_after_leaving_whoever_opens_our_address_anew_starts_anew(
    watched: Page, address: str
) -> None:
    talk_for_two_questions(watched, address)
    watched.click("#quick-exit")
    assert is_left(watched)
    watched.goto(f"{address}/find")
    assert watched.locator("#words").input_value() == ""
    talk_for_two_questions(watched, address)
    last = watched.locator("h1").inner_text()
    watched.go_back()
    watched.wait_for_function("last => document.querySelector('h1')?.innerText !== last", arg=last)
    assert watched.url == f"{address}/find", "Back works again"
