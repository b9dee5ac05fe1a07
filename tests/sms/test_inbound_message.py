"""Reading what was posted: everything is made harmless, nothing breaks."""

import base64
import dataclasses
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.inbound_message import InboundMessage, OptOutType, UnreadableMessage, read_inbound_message
from sms.signature import parse_form
from sms.tapbacks import is_reaction

SID = "SM" + "0" * 32
BASE = {"MessageSid": SID, "From": "+15550100100", "To": "+15550100000", "Body": "hello"}


def reading(**change):
    return read_inbound_message(list({**BASE, **change}.items()))


def test_a_message_is_read_and_the_guessed_place_left_behind():
    found = reading(FromCity="ALLOCATED CITY", FromZip="L9T", NumMedia="2", NumSegments="3")
    assert found == InboundMessage(SID, "+15550100100", "+15550100000", "hello", 2, None, 3)
    assert "ALLOCATED" not in repr(found)
    assert "L9T" not in repr(found)


def test_a_message_cannot_be_changed_once_read():
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading().body = "other"


@pytest.mark.parametrize("name", ["SmsMessageSid", "SmsSid"])
def test_older_names_of_the_sid_are_known(name):
    params = [(name, SID), ("From", "+15550100100")]
    assert read_inbound_message(params).sid == SID


@pytest.mark.parametrize("change", [{"MessageSid": ""}, {"MessageSid": "\0"}, {"From": " "}])
def test_without_sid_or_sender_it_is_unreadable_and_says_nothing_personal(change):
    with pytest.raises(UnreadableMessage) as caught:
        reading(Body="my secret", **change)
    assert "secret" not in str(caught.value)
    assert "555" not in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("a\0b", "ab"),
        ("  hi \r\n there ", "hi \n there"),
        ("\ud83d\ude42", "🙂"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("e\u0301", "é"),
        ("\u202eevil\u202c", "evil"),
        ("", ""),
        ("👩\u200d👧", "👩\u200d👧"),
        ("x" * 2000, "x" * 1600),
    ],
)
def test_a_body_is_cleaned(raw, body):
    assert reading(Body=raw).body == body


def test_broken_utf8_is_shown_as_such():
    params = parse_form(b"MessageSid=SM1&From=%2B15550100100&Body=caf%E9+ok%00")
    assert read_inbound_message(params).body == "caf\ufffd ok"


def test_a_base64_part_is_decoded():
    long = "I need a place to sleep tonight, j'ai très froid. " * 3
    assert reading(Body=base64.b64encode(long.encode()).decode()).body == long.strip()


def test_base64_parts_that_were_padded_each_for_itself_are_decoded_together():
    parts = ["The first part of a long message, cut anywhere é"[:48], " and the second part of it."]
    encoded = "".join(base64.b64encode(part.encode()).decode() for part in parts)
    assert reading(Body=encoded).body == "".join(parts)


@pytest.mark.parametrize(
    "body",
    [
        "helpmehelpmehelpmehelpmehelpmehelpmehelpmehelpmehelpmehelpme",
        "a" * 64,
        "HELP" * 20,
        "1" * 60,
        "I need help and this is a normal sentence with more than sixty letters",
        "aGVsbG8=",
    ],
)
def test_an_odd_message_is_not_taken_for_base64(body):
    assert reading(Body=body).body == body


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("STOP", OptOutType.STOP),
        ("start", OptOutType.START),
        ("HELP", OptOutType.HELP),
        ("", None),
        ("NEWTYPE", None),
    ],
)
def test_the_carriers_own_finding_is_read(raw, kind):
    assert reading(OptOutType=raw).opt_out_type is kind


@pytest.mark.parametrize("raw", ["", "-1", "x", "1e9", "99999999", "²"])
def test_a_broken_count_counts_as_little_as_can_be(raw):
    found = reading(NumMedia=raw, NumSegments=raw)
    assert (found.media_count, found.segments) == (0, 1)


@pytest.mark.parametrize("sender", ["211", "12345", "ROGERS", "whatsapp:+15550100100"])
def test_a_sender_that_is_no_phone_is_kept_as_it_is(sender):
    assert reading(From=sender).sender == sender


def test_the_first_of_a_repeated_field_counts():
    params = [*BASE.items(), ("From", "+15550109999"), ("Body", "other")]
    assert read_inbound_message(params).sender == "+15550100100"
    assert read_inbound_message(params).body == "hello"


@given(st.binary(max_size=300))
def test_any_bytes_at_all_become_a_body_that_can_be_stored(raw):
    found = read_inbound_message(
        parse_form(b"MessageSid=SM1&From=x&Body=" + quote_from_bytes(raw).encode())
    )
    found.body.encode("utf-8")
    assert "\0" not in found.body


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_text_at_all_becomes_a_body_that_can_be_stored(raw):
    reading(Body=raw).body.encode("utf-8")


@pytest.mark.parametrize(
    "body",
    [
        "Liked “Reply 1 for yes”",
        'Loved "Which town?"',
        "Laughed at “1 = yes”",
        "Emphasized an image",
        "Reacted 👍 to “1 = yes”",
        "A aimé « 1 = oui »",
    ],
)
def test_a_tapped_heart_is_a_reaction(body):
    assert is_reaction(body)


@pytest.mark.parametrize("body", ["liked it", "I loved my home", "loved ones died", "a aimé", ""])
def test_a_sentence_about_liking_is_no_reaction(body):
    assert not is_reaction(body)
