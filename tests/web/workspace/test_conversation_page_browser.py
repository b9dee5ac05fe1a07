"""A talk on the desk's screen: new texts appear by themselves, and by reload without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from tests.live import serving
from tests.makers import PASSWORD, make_app, make_container, make_staff, text

WITHIN_MS = 10_000


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    container = make_container(tmp_path)
    make_staff(container)
    return make_app(container).test_client()


@pytest.fixture
def address(client: FlaskClient) -> Iterator[str]:
    with serving(client.application) as at:
        yield at


def open_talk(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("input[name=name]", "Robin")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit], main form button").first.click()
    page.goto(f"{address}/workspace/talks/1")


def test_a_new_text_appears_without_reloading(
    chromium: Browser, client: FlaskClient, address: str
) -> None:
    text(client, "I need food")
    text(client, "9")
    page = chromium.new_page()
    open_talk(page, address)
    page.fill("#text", "half an answer")
    text(client, "are you there?")
    expect(page.get_by_text("are you there?")).to_be_visible(timeout=WITHIN_MS)
    assert page.input_value("#text") == "half an answer"
    page.close()


def test_without_a_script_a_new_text_appears_by_reload(
    chromium: Browser, client: FlaskClient, address: str
) -> None:
    text(client, "9")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    open_talk(page, address)
    for words in ("are you there?", "hello?", "anybody?"):
        text(client, words)
        assert page.get_by_text(words).count() == 0
        page.get_by_text("Look for new texts").click()
        expect(page.get_by_text(words)).to_be_visible(timeout=WITHIN_MS)
    page.fill("#text", "Yes, I am Robin.")
    page.locator("button[value=write]").click()
    expect(page.locator("#talk").get_by_text("Yes, I am Robin.")).to_be_visible(timeout=WITHIN_MS)
    context.close()
