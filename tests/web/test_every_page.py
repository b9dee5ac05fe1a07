"""Every page, in both languages: no axe violation, no overflow at 320 px, no third party, light."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from navigator.container import Container
from tests.live import serving
from tests.makers import PASSWORD, make_app, make_container, make_staff, text
from tests.web.html import page_of

WORDS = {
    "en": "I'm 17 in Milton and couch surfing",
    "fr": "j'ai 17 ans, je suis à Milton et je dors chez des amis",
}
SEEN = ("/", "/find", "/search", "/search?q=shleter&place=milton", "/search?q=zzqqxx")
SEEN += ("/services/bridging-the-gap", "/privacy", "/sign-in", "/phone", "/nothing-here")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Container]]:
    container = make_container(tmp_path_factory.mktemp("site"))
    make_staff(container)
    app = make_app(container)
    client = app.test_client()
    for body in (WORDS["en"], "0", "0", "0", "1", "1", "Sam", "1", "1"):
        text(client, body)
    text(client, "9", sender="+14165550199")
    with serving(app) as address:
        yield address, container
    container.database.close()


def look(page: Page, address: str) -> None:
    """Examine a page as it stands: axe, width, language, title, what it loaded."""
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    assert [(broken["id"], broken["nodes"][0]["html"][:120]) for broken in violations] == []
    page.set_viewport_size({"width": 320, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"{page.url} is {wide} px wide at 320"
    page.set_viewport_size({"width": 1200, "height": 900})
    assert page.title().strip()
    assert page.locator("h1").count() == 1
    loaded = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert [url for url in loaded if not url.startswith(address)] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_open_page(site: tuple[str, Container], page: Page, language: str) -> None:
    address, _ = site
    page.goto(f"{address}/?lang={language}")
    for path in SEEN:
        page.goto(address + path)
        assert page.locator("html").get_attribute("lang") == language
        look(page, address)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_interview(
    site: tuple[str, Container], page: Page, language: str
) -> None:
    address, _ = site
    page.goto(f"{address}/find?lang={language}")
    page.fill("#words", WORDS[language])
    page.locator("main .btn-primary[value=next]").first.click()
    for _ in range(4):
        look(page, address)
        if page.locator("input[name=fact]").count() == 0:
            break
        page.locator("main .btn[value=skip]").first.click()
    page.locator("button[name=service]").first.click()
    look(page, address)
    page.locator("main .btn-primary[value=send]").first.click()
    look(page, address)
    assert page.locator(".problem").count() >= 2
    page.goto(f"{address}/find")
    page.fill("#words", {"en": "I want to die", "fr": "je veux mourir"}[language])
    page.locator("main .btn-primary[value=next]").first.click()
    assert "9-8-8" in page.locator("main").inner_text()
    look(page, address)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_the_desk(site: tuple[str, Container], page: Page, language: str) -> None:
    address, _ = site
    page.goto(f"{address}/sign-in?lang={language}")
    page.fill("#name", "Robin")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    look(page, address)
    page.locator("a.code").first.click()
    look(page, address)
    page.goto(f"{address}/workspace")
    page.locator("a[href*='/workspace/talks/']").first.click()
    look(page, address)


def test_a_first_page_is_light(tmp_path: Path) -> None:
    client = make_app(make_container(tmp_path)).test_client()
    for path in ("/", "/find"):
        first = page_of(client.get(path))
        assert any("bootstrap" in address for address in first.loaded)
        bodies = [first.html.encode(), *(client.get(loaded).data for loaded in set(first.loaded))]
        assert sum(len(gzip.compress(body)) for body in bodies) < 60_000


def test_pages_are_sent_compressed_and_forbid_what_they_do_not_need(tmp_path: Path) -> None:
    client = make_app(make_container(tmp_path)).test_client()
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
