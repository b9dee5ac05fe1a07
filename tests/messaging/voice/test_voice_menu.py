"""The call: crisis numbers first, a navigator in open hours, 211 otherwise; the XML is read."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask.testing import FlaskClient

from directory_data.region import load_region
from navigator.container import Container
from navigator.domain.desk_schedule import DeskSchedule
from navigator.messaging.voice import voice_menu
from navigator.storage import audit_log
from sms import signature
from tests.makers import CALENDAR, MONDAY_NOON, TOKEN, make_container

DESK = DeskSchedule(CALENDAR, phone="+12895550111")
POLICY = load_region().policy
NIGHT = MONDAY_NOON - timedelta(hours=12)
PATHS = ("/sms/voice", "/sms/voice/key", "/sms/voice/ended")


@pytest.fixture
def container(tmp_path: Path) -> Container:
    return make_container(tmp_path)


def call(client: FlaskClient, path: str, **more: str) -> Element:
    params = {"CallSid": "CA1", "From": "+14165550101", "To": "+12895550100", **more}
    url = f"https://texts.example.org{path}"
    signed = signature.sign(url=url, params=list(params.items()), token=TOKEN)
    answer = client.post(path, data=params, headers={signature.HEADER: signed})
    assert answer.status_code == 200
    assert answer.content_type == "text/xml; charset=utf-8"
    return fromstring(answer.data)


def said(heard: Element) -> dict[str, str]:
    """Give what is read to the caller, by language."""
    spoken: dict[str, str] = {}
    for verb in heard.iter("Say"):
        language = verb.get("language", "")
        spoken[language] = f"{spoken.get(language, '')} {verb.text}".strip()
    return spoken


def dialled(heard: bytes | Element) -> str | None:
    tree = fromstring(heard) if isinstance(heard, bytes) else heard
    return tree.findtext("Dial/Number")


def test_a_caller_hears_the_crisis_numbers_first_in_both_languages(client: FlaskClient) -> None:
    heard = call(client, "/sms/voice")
    assert set(said(heard)) == {"en-CA", "fr-CA"}
    for words in said(heard).values():
        assert words.index("9 1 1") < words.index("9 8 8") < words.index("2 1 1")
    # Both languages of the crisis numbers come before any word on keys.
    first, second, *others = [verb.text or "" for verb in heard.iter("Say")]
    assert "9 8 8" in first
    assert "9 8 8" in second
    assert not any("9 8 8" in words for words in others)


def test_a_key_is_waited_for_while_the_words_are_read(client: FlaskClient) -> None:
    heard = call(client, "/sms/voice")
    gather = heard.find("Gather")
    assert gather is not None
    assert (gather.get("input"), gather.get("numDigits")) == ("dtmf", "1")
    assert (gather.get("action"), gather.get("method")) == ("/sms/voice/key", "POST")
    assert [verb.tag for verb in heard][-1] == "Hangup"
    after_silence = [verb.text for verb in heard.findall("Say")]
    assert all("2 1 1" in (words or "") for words in after_silence)
    assert len(after_silence) == 2


@pytest.mark.parametrize("key", ["1", "2"])
def test_a_key_brings_211_where_nobody_is_there(client: FlaskClient, key: str) -> None:
    assert dialled(call(client, "/sms/voice/key", Digits=key)) == "211"


@pytest.mark.parametrize(
    ("moment", "key", "number"),
    [
        (MONDAY_NOON, "1", DESK.phone),
        (MONDAY_NOON, "2", "211"),
        (NIGHT, "1", "211"),
        (NIGHT, "2", "211"),
        (MONDAY_NOON + timedelta(days=5), "1", "211"),
    ],
)
def test_one_brings_a_navigator_in_open_hours_only(
    container: Container, moment: datetime, key: str, number: str
) -> None:
    put = voice_menu.handle_key(key, DESK, moment, container.zone, policy=POLICY, action="/x")
    assert dialled(put) == number


@pytest.mark.parametrize(("moment", "keys"), [(MONDAY_NOON, {"1", "2"}), (NIGHT, {"1"})])
def test_the_keys_that_are_told_are_the_keys_that_there_are(
    container: Container, moment: datetime, keys: set[str]
) -> None:
    words = said(
        fromstring(
            voice_menu.greet_caller(DESK, moment, container.zone, policy=POLICY, action="/x")
        )
    )
    told = set(re.findall(r"(?:press|faites le) ([0-9])", " ".join(words.values())))
    assert told == keys
    assert ("navigator, press 1" in words["en-CA"]) is (len(keys) > 1)


def test_a_navigator_is_rung_for_less_than_a_minute_and_then_asked_after(
    container: Container,
) -> None:
    put = fromstring(
        voice_menu.handle_key(
            "1", DESK, MONDAY_NOON, container.zone, policy=POLICY, action="/sms/voice/ended"
        )
    )
    dial = put.find("Dial")
    assert dial is not None
    assert 10 <= int(dial.get("timeout", "0")) < 60
    assert (dial.get("action"), dial.get("method")) == ("/sms/voice/ended", "POST")


@pytest.mark.parametrize("status", sorted(voice_menu.NOT_PICKED_UP))
def test_a_caller_whom_no_navigator_answers_hears_who_else_does(
    client: FlaskClient, container: Container, status: str
) -> None:
    heard = call(client, "/sms/voice/ended", DialCallStatus=status)
    assert set(said(heard)) == {"en-CA", "fr-CA"}
    assert all("2 1 1" in words for words in said(heard).values())
    with container.database.unit_of_work() as uow:
        (noted,) = [entry for entry in audit_log.list_entries(uow) if entry.actor == "caller"]
    assert noted.act == f"call-{status}"
    assert "555" not in noted.subject


def test_after_a_call_with_a_navigator_nothing_more_is_read(
    client: FlaskClient, container: Container
) -> None:
    heard = call(client, "/sms/voice/ended", DialCallStatus="completed")
    assert [verb.tag for verb in heard] == ["Hangup"]
    with container.database.unit_of_work() as uow:
        assert not [entry for entry in audit_log.list_entries(uow) if entry.actor == "caller"]


@pytest.mark.parametrize("key", ["7", "0", "*", "#", "", "12"])
def test_any_other_key_hears_the_crisis_numbers_again(client: FlaskClient, key: str) -> None:
    heard = call(client, "/sms/voice/key", Digits=key)
    assert dialled(heard) is None
    assert all("9 8 8" in words for words in said(heard).values())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("signed", [None, "", "bm90IHJpZ2h0", "\u00e9"])
def test_an_unsigned_call_is_refused(client: FlaskClient, path: str, signed: str | None) -> None:
    headers = {} if signed is None else {signature.HEADER: signed}
    assert client.post(path, data={"CallSid": "CA1"}, headers=headers).status_code == 403
