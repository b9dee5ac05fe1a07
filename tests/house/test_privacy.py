"""No phone number, name, message or answer reaches a log, an address or a page title."""

import logging
from pathlib import Path

import pytest

from navigator import logging_setup
from navigator.messaging.outbox import sender
from tests.makers import make_app, make_container, text
from tests.web.html import page_of

SECRETS = ("4165550101", "Zebulon", "couch surfing", "Milton")


def test_a_log_line_loses_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "call %s now", ("905-555-0101",), None)
    assert logging_setup.RedactingFilter().filter(record)
    assert record.getMessage() == "call [number] now"


def test_an_error_in_the_log_has_no_text_of_its_own() -> None:
    try:
        int("what Zebulon wrote")
    except ValueError as error:
        trouble = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "unexpected error", (), trouble)
    logging_setup.RedactingFilter().filter(record)
    line = logging.Formatter("%(message)s").format(record)
    assert "ValueError" in line
    assert "Zebulon" not in line


def test_a_whole_talk_leaves_nothing_in_the_logs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    container = make_container(tmp_path)
    client = make_app(container).test_client()
    first = "I'm 17 in Milton and couch surfing"
    for body in (first, "0", "0", "0", "1", "1", "Zebulon", "1", "1"):
        text(client, body)
    sender.send_due(container)
    client.post("/sms/messages", data={"From": "+14165550101", "Body": "couch surfing"})
    for secret in SECRETS:
        assert secret not in caplog.text


def test_no_page_of_the_interview_has_an_answer_in_its_address_or_title(tmp_path: Path) -> None:
    client = make_app(make_container(tmp_path)).test_client()
    form = {"first": "1", "words": "I'm 17 in Milton and couch surfing", "do": "next"}
    page = page_of(client.post("/find", data=form))
    assert page.status == 200, "no redirect to an address with answers"
    assert page.title
    assert not any(word in page.title for word in ("17", "Milton", "surfing"))
    assert {form.method for form in page.forms.values()} == {"post"}
