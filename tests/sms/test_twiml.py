"""What the webhooks answer, for texts and for calls."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.twiml import (
    CONTENT_TYPE,
    SpokenText,
    empty_response,
    message_response,
    voice_dial,
    voice_menu,
    voice_say,
)

WORDS = (SpokenText("Call 9-1-1.", "en-CA"), SpokenText("Composez le 9-1-1 & attendez.", "fr-CA"))


def test_one_message_is_sent_back_in_utf8():
    answer = message_response('Ça va < 5 & "mieux" 🙂')
    assert answer.startswith(b"<?xml")
    assert "Ça va".encode() in answer
    assert fromstring(answer).findtext("Message") == 'Ça va < 5 & "mieux" 🙂'
    assert CONTENT_TYPE.startswith("text/xml")


def test_an_empty_answer_says_nothing():
    assert [*fromstring(empty_response())] == []


@given(st.text(alphabet=st.characters(), max_size=100))
def test_any_text_gives_an_answer_that_can_be_read(text):
    fromstring(message_response(text))


def test_a_text_over_the_carriers_limit_is_our_mistake():
    with pytest.raises(ValueError, match="1601 characters"):
        message_response("x" * 1601)


def test_a_call_is_read_to_in_both_languages():
    said = fromstring(voice_say(WORDS)).findall("Say")
    assert [words.get("language") for words in said] == ["en-CA", "fr-CA"]
    assert said[1].text == "Composez le 9-1-1 & attendez."


def test_a_caller_may_press_one_key_while_words_are_read():
    answer = fromstring(voice_menu(WORDS, action="/sms/voice/key", otherwise=WORDS[:1]))
    gather = answer.find("Gather")
    assert gather is not None
    assert (gather.get("numDigits"), gather.get("action")) == ("1", "/sms/voice/key")
    assert len(gather.findall("Say")) == 2
    assert [child.tag for child in answer] == ["Gather", "Say", "Hangup"]


def test_a_caller_is_connected_and_told_where_nobody_answers():
    answer = fromstring(voice_dial("+15550100123", otherwise=WORDS, seconds=20))
    assert answer.findtext("Dial/Number") == "+15550100123"
    assert [child.tag for child in answer] == ["Dial", "Say", "Say", "Hangup"]
    dial = answer.find("Dial")
    assert dial is not None
    assert dial.attrib == {"timeout": "20"}


def test_what_became_of_a_call_is_posted_where_somebody_wants_to_know():
    dial = fromstring(voice_dial("+15550100123", action="/sms/voice/ended")).find("Dial")
    assert dial is not None
    assert (dial.get("action"), dial.get("method")) == ("/sms/voice/ended", "POST")
