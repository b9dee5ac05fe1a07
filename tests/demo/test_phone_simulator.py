"""The phone twin: real signed requests, and every fault on demand."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from navigator.container import Container
from navigator.demo_plugin import with_demo_carrier
from navigator.messaging.outbox import sender
from navigator.worker import take_in_missed_messages
from tests.makers import Clock, make_app, make_container
from tests.web.html import page_of


@pytest.fixture
def phone(container: Container) -> FlaskClient:
    client = make_app(container).test_client()
    client.get("/phone")
    return client


def type_(phone: FlaskClient, body: str) -> None:
    assert phone.post("/phone", data={"do": "send", "body": body}).status_code == 302


def faults(phone: FlaskClient, *names: str) -> None:
    phone.post("/phone", data={"do": "faults", "fault": list(names)})


def bubbles(phone: FlaskClient, who: str = "person") -> list[str]:
    shown = page_of(phone.get("/phone"))
    return [bubble.text for bubble in shown.parts(f".bubble.{who} > p:first-child")]


def test_the_phone_shows_what_a_text_costs(phone: FlaskClient) -> None:
    type_(phone, "I need food")
    shown = page_of(phone.get("/phone")).text
    assert "live or stay" in shown
    assert "1 segment · gsm-7" in shown
    assert "1 segment so far" in shown


def test_a_doubled_text_has_one_effect(phone: FlaskClient) -> None:
    faults(phone, "doubled")
    type_(phone, "I need food")
    assert bubbles(phone) == ["I need food"]


def test_a_late_text_arrives_with_the_next_look(phone: FlaskClient, container: Container) -> None:
    faults(phone, "late")
    type_(phone, "I need food")
    assert bubbles(phone) == ["I need food"]


def test_a_reordered_text_arrives_after_the_next_one(phone: FlaskClient) -> None:
    faults(phone, "reordered")
    type_(phone, "I need food")
    assert bubbles(phone) == []
    type_(phone, "Milton")
    assert bubbles(phone) == ["Milton", "I need food"]


def test_a_lost_text_is_found_by_the_worker(
    phone: FlaskClient, container: Container, clock: Clock
) -> None:
    faults(phone, "lost")
    type_(phone, "I need food")
    assert bubbles(phone) == []
    faults(phone)
    here = with_demo_carrier(container)
    take_in_missed_messages(here)
    clock.forward(seconds=5)
    sender.send_due(here)
    assert bubbles(phone) == ["I need food"]
    assert any("live or stay" in said for said in bubbles(phone, "us"))
    assert "arrived" in page_of(phone.get("/phone")).text


@pytest.mark.parametrize(
    ("fault", "fate"),
    [
        ("down", "waits to be sent"),
        ("opted_out", "not wanted any more"),
        ("unsure", "may have been sent"),
    ],
)
def test_the_phone_shows_what_became_of_a_letter(
    phone: FlaskClient, container: Container, clock: Clock, fault: str, fate: str
) -> None:
    faults(phone, fault)
    type_(phone, "I am 16 and going to kill myself")
    clock.forward(seconds=5)
    sender.send_due(with_demo_carrier(container))
    assert fate in page_of(phone.get("/phone")).text


def test_there_is_no_phone_in_production(tmp_path: Path) -> None:
    production = make_container(tmp_path, NAVIGATOR_MODE="production")
    assert with_demo_carrier(production) is production
    assert make_app(production).test_client().get("/phone").status_code == 404
