"""The search page in a browser: the keyboard alone is enough, and nothing bars anybody."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from navigator.domain.roles import Role
from tests.live import serving
from tests.makers import PASSWORD, Clock, make_app, make_container, make_staff


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    container = make_container(tmp_path, now=Clock())
    make_staff(container, "Robin", Role.WORKER)
    app = make_app(container)
    app.config["COMPRESS_STREAMS"] = False  # flask-compress leaves the files of static/ open
    with serving(app) as address:
        yield address


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def type_words(page: Page, words: str) -> None:
    """Type, and wait until the results are those of the words."""
    page.keyboard.type(words, delay=20)
    page.wait_for_url(f"**/search?q={words.replace(' ', '+')}*")


def focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.closest('.result')?.id || document.activeElement.id"
    )


def test_the_keyboard_alone_finds_reads_copies_and_lists_a_service(
    wide: Page, address: str
) -> None:
    wide.goto(f"{address}/search")
    wide.keyboard.press("/")
    type_words(wide, "shleter")
    expect(wide.locator("#search-status")).to_contain_text("services")
    wide.keyboard.press("Escape")
    wide.keyboard.press("ArrowDown")
    first = focused(wide)
    assert first.startswith("r-")
    expect(wide.locator("#search-detail h2").first).to_be_visible()
    wide.keyboard.press("c")
    expect(wide.locator("#search-status")).to_have_text("Copied")
    name = wide.locator(f"#{first} a.open").inner_text()
    assert wide.evaluate("navigator.clipboard.readText()").startswith(name)
    wide.keyboard.press("s")
    expect(wide.locator("#shortlist-title")).to_have_text("Shortlist (1)")
    assert first.removeprefix("r-") in wide.url
    wide.keyboard.press("ArrowDown")
    assert focused(wide) != first
    wide.keyboard.press("ArrowUp")
    assert focused(wide) == first
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/services/*")


def test_the_focus_stays_on_what_was_used_while_the_list_changes(wide: Page, address: str) -> None:
    wide.goto(f"{address}/search?q=food")
    wide.locator("#f-free").focus()
    wide.keyboard.press("Space")
    wide.wait_for_url("**free=yes*")
    expect(wide.locator("#f-free")).to_be_focused()
    expect(wide.locator("#f-free")).to_be_checked()


def test_suggestions_are_chosen_with_the_arrows(wide: Page, address: str) -> None:
    wide.goto(f"{address}/search")
    wide.locator("#q").focus()
    wide.keyboard.type("foo")
    expect(wide.locator("#suggestions")).to_be_visible()
    wide.keyboard.press("ArrowDown")
    chosen = wide.locator("#suggestions [aria-selected=true]")
    expect(wide.locator("#q")).to_have_attribute(
        "aria-activedescendant", chosen.get_attribute("id")
    )
    text = chosen.get_attribute("data-text")
    wide.keyboard.press("Enter")
    expect(wide.locator("#q")).to_have_value(text)
    expect(wide.locator("#suggestions")).to_be_hidden()
    expect(wide.locator(".result").first).to_be_visible()


def test_an_answer_that_comes_late_is_dropped(wide: Page, address: str) -> None:
    wide.goto(f"{address}/search")

    def hold(route) -> None:
        if "q=dental&" in route.request.url:
            wide.wait_for_timeout(900)
        route.continue_()

    wide.route("**/search/results*", hold)
    wide.locator("#q").fill("dental")
    wide.wait_for_timeout(250)
    wide.locator("#q").fill("food bank")
    wide.wait_for_timeout(1500)
    assert "q=food" in wide.url
    expect(wide.locator(".result h3").first).to_contain_text("ood")


def test_last_searches_are_kept_for_staff_and_forgotten_for_everybody_else(
    wide: Page, address: str
) -> None:
    kept = "localStorage.getItem('searches')"
    wide.goto(f"{address}/search?q=shelter")
    assert wide.evaluate(kept) is None
    wide.goto(f"{address}/sign-in")
    wide.get_by_label("Name").fill("Robin")
    wide.get_by_label("Password").fill(PASSWORD)
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/workspace*")
    wide.goto(f"{address}/search?q=shelter")
    assert "shelter" in wide.evaluate(kept)
    wide.context.clear_cookies()
    wide.goto(f"{address}/search")
    assert wide.evaluate(kept) is None


PAGES = (
    "/search",
    "/search?q=shleter+acton+16&list=one-link,halton-cas",
    "/search?q=food&free=yes",
    "/search?q=zzzqqx",
    "/shortlist?ids=one-link,halton-cas",
    "/shortlist/compare?ids=one-link,halton-cas",
)


@pytest.mark.parametrize(("lang", "width"), [("fr", 320), ("en", 1280)])
def test_pages_bar_nobody_and_fit_the_screen(
    chromium: Browser, address: str, lang: str, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert troubles == []
    context.close()


def test_without_scripts_everything_works_by_links_and_buttons(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/search")
    page.locator("#q").fill("shleter")
    page.locator("#search-form button").click()
    page.locator("a", has_text="Put on the shortlist").first.click()
    page.locator("#narrow-down summary").click()
    page.locator("#f-free").check()
    page.get_by_role("button", name="Apply").click()
    assert "free=yes" in page.url
    assert "list=" in page.url
    page.get_by_role("link", name="Print, send or text").click()
    expect(page.locator("h1")).to_have_text("Shortlist")
    context.close()
