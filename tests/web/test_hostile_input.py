"""Every route and every field, with hostile input of the greatest admitted length and more."""

import inspect
import re
import sys
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from navigator.container import Container
from navigator.domain.referral import OPEN
from navigator.domain.roles import Role
from navigator.storage import referrals
from navigator.web.base.input_limits import (
    LONGEST_ADDRESS,
    LONGEST_FORM,
    LONGEST_VALUE,
    LONGEST_VALUES,
    MOST_FIELDS,
)
from navigator.web.interview import form_state
from navigator.web.search import search_url
from navigator.web.search.search_url import FACET_PARAMETERS
from sms import signature
from tests.makers import TOKEN, make_app, make_container, make_staff, sign_in, text
from tests.work import processor_seconds

MOST_SECONDS = 0.2
"""Of processor time, for one answer: with eight threads a flood of the worst leaves time for
others, and a person who texts waits for no more than one of them."""

PIECES = ("+ ", "17, ", "1-", "d'", "(", "a@", "é", "no ", "%00", "<", "\\", "fod bnak ")
"""What patterns, numbers, spelling and escapes stumble over when it is repeated."""

USUAL = {
    "at": "start",
    "do": "next",
    "words": "I need food",
    "need": "food",
    "service": "bridging-the-gap",
    "name": "Sam",
    "number": "905-555-0123",
    "safe_contact": "text",
    "a.age": "17",
    "code": "K7F-3PQ",
    "ids": "bridging-the-gap",
    "q": "food",
}
"""A form that is filled in rightly but for the field that is tried."""

_READ = re.compile(r"\b(?:args|form|sent)\.get(?:list)?\(\s*\"([\w.]+)\"")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Container]]:
    container = make_container(tmp_path_factory.mktemp("site"))
    make_staff(container, "Robin", Role.COORDINATOR)
    app = make_app(container)
    client = app.test_client()
    for body in ("I'm 17 in Milton and couch surfing", "0", "0", "0", "1", "1", "Sam", "1", "1"):
        text(client, body)
    yield app, container
    container.database.close()


@pytest.fixture
def staff(site: tuple[Flask, Container]) -> FlaskClient:
    client = site[0].test_client()
    sign_in(client)
    return client


def fields_of(app: Flask, rule: Rule) -> set[str]:
    """Find the names that the module of a view reads from an address or a form."""
    view = inspect.unwrap(app.view_functions[rule.endpoint])
    module = sys.modules[view.__module__]
    found = {"lang", *_READ.findall(inspect.getsource(module))}
    if hasattr(module, "read_form_state"):
        found |= {"a.age", "k.age", *_READ.findall(inspect.getsource(form_state))}
    if hasattr(module, "read_search_url"):
        found |= {*FACET_PARAMETERS.values(), *_READ.findall(inspect.getsource(search_url))}
    return found


def address_of(app: Flask, rule: Rule, code: str = "X") -> str:
    """Fill the variables of an address in with what is there."""
    given = {
        "service_id": "bridging-the-gap",
        "conversation_id": 1,
        "code": code,
        "noun": "base",
        "filename": "site.css",
    }
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Give every route that reads fields, with its method."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(("bootstrap", "static", "webhooks")):
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method


def send(client: FlaskClient, method: str, path: str, fields: dict[str, str]) -> TestResponse:
    if method == "POST":
        return client.post(path, data=fields)
    return client.get(path, query_string=fields)


def longest(field: str, piece: str, method: str) -> str:
    length = LONGEST_VALUES.get(field, LONGEST_VALUE)
    if method == "GET":
        length = min(length, 400)  # most of the pieces are three bytes each in an address
    return (piece * length)[:length]


@pytest.mark.parametrize("piece", PIECES)
def test_no_field_of_any_route_costs_much_or_breaks_anything(
    site: tuple[Flask, Container], staff: FlaskClient, piece: str
) -> None:
    app, container = site
    with container.database.unit_of_work() as uow:
        referral, *_ = referrals.list_by_status(uow, OPEN)
    wrong, tried = [], 0
    for rule, method in routes(app):
        path = address_of(app, rule, referral.code)
        for field in sorted(fields_of(app, rule)):
            fields = {**USUAL, field: longest(field, piece, method)}
            seconds, answer = processor_seconds(
                lambda path=path, method=method, fields=fields: send(staff, method, path, fields),
                enough=MOST_SECONDS,
            )
            tried += 1
            if seconds >= MOST_SECONDS or answer.status_code >= 500:
                wrong.append((method, path, field, answer.status_code, seconds))
        if rule.endpoint == "accounts.sign_out":
            sign_in(staff)
    assert tried > 100
    assert wrong == []


def test_what_is_longer_than_any_form_is_refused_with_a_page(
    site: tuple[Flask, Container], staff: FlaskClient
) -> None:
    app, _ = site
    for rule, method in routes(app):
        path = address_of(app, rule)
        refused = {
            "a long value": lambda path=path, method=method: send(
                staff, method, path, {**USUAL, "words": "a" * (LONGEST_VALUE + 1)}
            ),
            "a null": lambda path=path, method=method: send(
                staff, method, path, {**USUAL, "name": "Sam\x00"}
            ),
            "many fields": lambda path=path, method=method: send(
                staff, method, path, {f"f{n}": "" for n in range(MOST_FIELDS + 1)}
            ),
            "a long address": lambda path=path: staff.get(path, query_string="a" * 5000),
            "a long form": lambda path=path: staff.post(path, data={"words": "a" * LONGEST_FORM}),
        }
        for what, act in refused.items():
            seconds, answer = processor_seconds(act)
            assert answer.status_code in {400, 405, 413}, (what, method, path, answer.status)
            assert BeautifulSoup(answer.text, "html.parser").h1 is not None, (what, path)
            assert seconds < MOST_SECONDS


@pytest.mark.parametrize("form", ["a" * (LONGEST_FORM + 1), "&".join(["words=a"] * 20_000)])
def test_an_oversized_form_is_refused_in_the_language_of_the_page(
    site: tuple[Flask, Container], form: str
) -> None:
    client = site[0].test_client()
    client.get("/?lang=fr")
    answer = client.post("/find", data=form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert BeautifulSoup(answer.text, "html.parser").html["lang"] == "fr"


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 100, "1" * 3000, "-1", "x"])
def test_an_id_that_no_row_can_have_is_no_page(staff: FlaskClient, number: str) -> None:
    assert staff.get(f"/workspace/talks/{number}").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "/\t/evil.example", "/\\evil.example", "/a\nb", "https://evil.example", "x"],
)
def test_a_sign_in_leads_nowhere_else(site: tuple[Flask, Container], elsewhere: str) -> None:
    client = site[0].test_client()
    data = {"name": "Robin", "password": "correct-horse-battery", "then": elsewhere}
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/workspace"


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("field", ["Body", "From", "To", "MessageSid", "OptOutType", "NumMedia"])
def test_no_signed_text_costs_much(site: tuple[Flask, Container], field: str, piece: str) -> None:
    client = site[0].test_client()
    usual = {"MessageSid": f"SM{abs(hash((field, piece)))}", "From": "+14165550144", "Body": "hi"}
    size = 10_000  # characters: six bytes each, at most, in a form of 64 KiB
    params = [*{**usual, "To": "+12895550100", field: (piece * size)[:size]}.items()]
    signed = signature.sign(
        url="https://texts.example.org/sms/messages", params=params, token=TOKEN
    )
    headers = {signature.HEADER: signed}
    seconds, answer = processor_seconds(
        lambda: client.post("/sms/messages", data=dict(params), headers=headers)
    )
    assert answer.status_code == 200
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize("path", ["messages", "status", "voice", "voice/key", "voice/ended"])
@pytest.mark.parametrize("body", ["a=b&" * 16_000, "a" * 65_000, "a" * 70_000, "%ff" * 20_000])
def test_no_unsigned_webhook_costs_much(
    site: tuple[Flask, Container], path: str, body: str
) -> None:
    client = site[0].test_client()
    kind = "application/x-www-form-urlencoded"
    seconds, answer = processor_seconds(
        lambda: client.post(f"/sms/{path}", data=body, content_type=kind)
    )
    assert answer.status_code in {403, 413}
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Accept-Language", "fr;q=0.1," * 800),
        ("Accept-Language", "a-" * 4000),
        ("Cookie", "lang=" + "f" * 8000),
        ("Cookie", "staff=" + "x" * 8000),
        ("Cookie", "; ".join(f"c{n}=1" for n in range(800))),
        ("X-Forwarded-For", "1," * 4000),
        ("If-None-Match", '"a",' * 2000),
    ],
)
def test_no_header_costs_much(site: tuple[Flask, Container], header: str, value: str) -> None:
    client = site[0].test_client(use_cookies=False)
    seconds, answer = processor_seconds(lambda: client.get("/search", headers={header: value}))
    assert answer.status_code == 200
    assert seconds < MOST_SECONDS


def test_the_bounds_hold_what_our_own_forms_send(site: tuple[Flask, Container]) -> None:
    app, container = site
    words = "é’" * 800
    answered = {f"{kind}{fact}": "17" for fact in container.vocabulary.facts for kind in "ak"}
    client = app.test_client()
    answer = client.post("/find", data={**USUAL, **answered, "words": words, "at": "list"})
    assert answer.status_code == 200
    assert len(answered) + len(USUAL) < MOST_FIELDS
    assert client.get("/search", query_string={"q": "a" * 200}).status_code == 200
    assert LONGEST_ADDRESS >= 3 * 200 + 12 * 61
