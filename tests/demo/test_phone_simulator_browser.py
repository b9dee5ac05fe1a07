"""The phone twin in a real browser, in both languages: what it costs, what arrived, each fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from navigator.container import Container
from navigator.demo_plugin import with_demo_carrier
from navigator.messaging.outbox import sender
from navigator.messaging.simulated_phone_line import Fault
from tests.live import serving
from tests.makers import Clock, make_app, make_container

WITHIN_MS = 10_000
NEED = {"en": "I need food", "fr": "J'ai besoin de nourriture"}
IN_DOUBT = {"en": "may have been sent", "fr": "peut-être envoyé"}


@pytest.fixture
def container(tmp_path: Path, clock: Clock) -> Container:
    return make_container(tmp_path, now=clock, PUBLIC_BASE_URL="http://127.0.0.1")


@pytest.fixture
def address(container: Container) -> Iterator[str]:
    with serving(make_app(container)) as at:
        yield at


def switch(page: Page, *faults: Fault) -> None:
    """Switch these faults on with the boxes of the page, and the others off."""
    if page.locator("details.faults").get_attribute("open") is None:
        page.locator("details.faults summary").click()
    for fault in Fault:
        page.locator(f"#fault-{fault}").set_checked(fault in faults)
    page.locator("button[value=faults]").click()
    page.wait_for_load_state()


def send(page: Page, words: str) -> None:
    page.fill("#body", words)
    page.locator("button[value=send]").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_fault_can_be_tried_on_the_page(
    chromium: Browser, container: Container, address: str, clock: Clock, language: str
) -> None:
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{address}/phone?lang={language}")
    mine = page.locator(".bubble.person")
    ours = page.locator(".bubble.us")
    for fault in Fault:
        switch(page, fault)
        expect(page.locator(f"#fault-{fault}")).to_be_checked()
    switch(page, Fault.DOUBLED)
    send(page, NEED[language])
    expect(mine).to_have_count(1)
    expect(ours).to_have_count(1)
    expect(ours.first).to_contain_text("gsm-7")
    switch(page, Fault.LATE)
    send(page, "Milton")
    look = page.locator("form.quiet a")
    look.click()
    expect(mine).to_have_count(2, timeout=WITHIN_MS)
    switch(page, Fault.LOST)
    send(page, "40")
    look.click()
    look.click()
    expect(mine).to_have_count(2)
    switch(page, Fault.UNSURE)
    send(page, "I am 16 and going to kill myself")
    clock.forward(seconds=5)
    sender.send_due(with_demo_carrier(container))
    look.click()
    expect(ours.last).to_contain_text(IN_DOUBT[language], timeout=WITHIN_MS)
    context.close()
