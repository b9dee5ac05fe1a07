"""What reaches the webhook: every odd shape of a text and of its signature, and every outage."""

import base64
import hmac
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from navigator.container import Container
from navigator.storage import audit_log, conversations, inbound_messages
from navigator.storage.database import Database
from navigator.web.webhooks.carrier_webhooks import REJECTION
from sms import signature
from sms.console_carrier import new_sid
from tests.makers import TOKEN, Clock, make_app, make_container, twiml_messages

NUMBER = "+14165550101"
PUBLIC = "https://texts.example.org"
FORM = "application/x-www-form-urlencoded"

Pairs = Sequence[tuple[str, str]]


@pytest.fixture
def container(tmp_path: Path, clock: Clock) -> Container:
    return make_container(tmp_path, now=clock, TWILIO_AUTH_TOKEN=f"the-next-token, {TOKEN}")


def fields(body: str = "I need food", *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("MessageSid", new_sid()), ("From", NUMBER), ("To", "+12895550100"),
            ("Body", body), ("NumMedia", "0"), *more]  # fmt: skip


def signed(url: str, posted: bytes, token: str) -> str:
    """Sign as the carrier does, over the bytes, be they text or not."""
    container = (pair.replace(b"+", b" ").partition(b"=") for pair in posted.split(b"&"))
    pairs = {(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in container}
    content = url.encode() + b"".join(name + value for name, value in sorted(pairs))
    return base64.b64encode(hmac.new(token.encode(), content, "sha1").digest()).decode()


def post(
    client: FlaskClient, posted: bytes, *, path: str = "/sms/messages", token: str = TOKEN
) -> TestResponse:
    headers = {signature.HEADER: signed(PUBLIC + path, posted, token)}
    return client.post(path, data=posted, headers=headers, content_type=FORM)


def kept(container: Container) -> list[str]:
    with container.database.unit_of_work() as uow:
        talk = conversations.find_by_number(uow, NUMBER)
        return [
            exchange.body for exchange in inbound_messages.list_exchanges(uow, talk.id)
        ] if talk else []  # fmt: skip


@pytest.mark.parametrize("token", [TOKEN, "the-next-token"])
def test_while_tokens_are_changed_either_signs(client: FlaskClient, token: str) -> None:
    assert post(client, urlencode(fields()).encode(), token=token).status_code == 200
    wrong = post(client, urlencode(fields()).encode(), token="an-old-token")
    assert wrong.status_code == 403


def test_new_blank_and_repeated_fields_and_the_query_are_signed(
    client: FlaskClient, container: Container
) -> None:
    more = [("FromCity", ""), ("BrandNew", "x"), ("AddOn", "b"), ("AddOn", "a"), ("AddOn", "b")]
    posted = urlencode(fields("I need food", *more)).encode()
    assert post(client, posted, path="/sms/messages?rc=2&x=").status_code == 200
    assert kept(container) == ["I need food"]
    header = {signature.HEADER: signed(f"{PUBLIC}/sms/messages", posted, TOKEN)}
    for changed in (b"&BrandNew=y", b"&More=", posted.replace(b"FromCity=&", b"")):
        answer = client.post(
            "/sms/messages", data=changed if changed.startswith(b"Mess") else posted + changed,
            headers=header, content_type=FORM,
        )  # fmt: skip
        assert answer.status_code == 403


def test_refused_webhooks_are_counted_and_noted_once_a_minute(
    client: FlaskClient, container: Container, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        answer = client.post("/sms/messages", data=dict(fields("my secret")))
        assert answer.status_code == 403
        assert "Traceback" not in answer.text
    clock.forward(minutes=2)
    client.post("/sms/status", data={"MessageSid": "SM1", "MessageStatus": "sent"})
    with container.database.unit_of_work() as uow:
        noted = [entry.subject for entry in audit_log.list_entries(uow) if entry.act == REJECTION]
    assert noted == ["5 webhooks", "1 webhooks"]
    assert "secret" not in caplog.text
    assert "555" not in caplog.text


def test_a_refused_webhook_is_refused_without_a_database_too(container: Container) -> None:
    away = replace(
        container, database=Database("sqlite:////nowhere/at/all.db", container.encryption)
    )
    client = make_app(away).test_client()
    assert client.post("/sms/messages", data=dict(fields())).status_code == 403


def test_base64_parts_are_read_as_words(client: FlaskClient, container: Container) -> None:
    long = "I have nowhere to sleep tonight, je suis à Milton et j'ai très froid dehors."
    body = base64.b64encode(long.encode()).decode()
    answer = post(client, urlencode(fields(body)).encode())
    assert twiml_messages(answer.data)
    assert kept(container) == [long]


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"I need food\x00", "I need food"),
        (b"I need food caf\xe9", "I need food caf\ufffd"),
        (b"I need food \xf0\x9f", "I need food \ufffd"),
        (b"I need food \xed\xa0\xbd", "I need food \ufffd\ufffd\ufffd"),
    ],
)
def test_bytes_that_are_no_text_do_not_keep_a_text_out(
    client: FlaskClient, container: Container, raw: bytes, body: str
) -> None:
    """They are signed as they are; what can't be read is shown as such."""
    head = urlencode([("MessageSid", new_sid()), ("From", NUMBER), ("NumMedia", "0")])
    answer = post(client, f"{head}&Body={quote_from_bytes(raw)}".encode())
    assert answer.status_code == 200
    assert "food" in answer.text
    (found,) = kept(container)
    assert found.replace("\ufffd", "") == body.replace("\ufffd", "")


@pytest.mark.parametrize("body", ["x" * 1600, "😀" * 800, "I need food. " * 120])
def test_the_longest_text_is_answered(client: FlaskClient, container: Container, body: str) -> None:
    more = ("NumSegments", "11")
    assert twiml_messages(post(client, urlencode(fields(body, more)).encode()).data)
    assert kept(container) == [body.strip()]


@pytest.mark.parametrize("lacks", ["MessageSid", "From"])
def test_a_signed_post_that_is_no_text_is_taken_note_of_in_silence(
    client: FlaskClient, lacks: str
) -> None:
    posted = urlencode([(name, value) for name, value in fields() if name != lacks]).encode()
    answer = post(client, posted)
    assert answer.status_code == 200
    assert twiml_messages(answer.data) == []


def test_without_database_and_disk_the_carrier_is_told_to_call_the_other_address(
    container: Container, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "spool").write_text("no folder can be made here")
    away = replace(
        container, database=Database("sqlite:////nowhere/at/all.db", container.encryption)
    )
    app = make_app(away)
    app.config.update(TESTING=False)
    caplog.set_level(logging.DEBUG)
    answer = post(app.test_client(), urlencode(fields("my secret")).encode())
    assert answer.status_code == 500
    assert answer.mimetype != "text/xml", "the carrier must find nothing that it could send"
    assert "secret" not in answer.text + caplog.text
    assert "4165550101" not in answer.text + caplog.text


def test_a_report_without_a_database_may_come_again(container: Container) -> None:
    away = replace(
        container, database=Database("sqlite:////nowhere/at/all.db", container.encryption)
    )
    posted = urlencode([("MessageSid", "SM1"), ("MessageStatus", "sent")]).encode()
    client = make_app(away).test_client()
    assert post(client, posted, path="/sms/status").status_code == 503
    assert post(client, b"MessageSid=SM1", path="/sms/status").status_code == 204
