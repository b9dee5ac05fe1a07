"""The signature matrix: what the carrier may sign, and what nobody else may get in with."""

import base64
import hashlib
import hmac
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from sms.signature import TooManyFields, is_signed, parse_form, public_url, sign

URL = "https://help.example.org/sms/messages"
TOKEN = "12345"
PARAMS = (
    ("MessageSid", "SM" + "a" * 32),
    ("From", "+15550100100"),
    ("To", "+15550100000"),
    ("Body", "Besoin d’aide à Milton 🙂"),
    ("FromZip", ""),
    ("NumMedia", "0"),
)


def the_carrier_signs(url=URL, params=PARAMS, token=TOKEN):
    """The signature by the carrier's own library; a field is taken as often as it differs."""
    return RequestValidator(token).compute_signature(url, dict(params))


def check(signature, *, url=URL, params=PARAMS, tokens=(TOKEN,)):
    return is_signed(url=url, params=params, signature=signature, tokens=tokens)


def test_a_request_of_the_carrier_is_let_in_with_accents_and_emoji():
    assert check(the_carrier_signs())


def test_the_carrier_may_sign_the_url_with_its_usual_port():
    assert check(the_carrier_signs("https://help.example.org:443/sms/messages"))
    assert check(the_carrier_signs(), url="https://help.example.org:443/sms/messages")


def test_a_new_unknown_field_is_signed_like_the_others():
    params = (*PARAMS, ("BrandNewField", "x"))
    assert check(the_carrier_signs(params=params), params=params)
    assert not check(the_carrier_signs(params=params), params=PARAMS)


@pytest.mark.parametrize(
    "url",
    [
        "http://help.example.org/sms/messages",
        "https://10.0.0.5:8000/sms/messages",
        "https://help.example.org/sms/messages/",
        "https://help.example.org/sms/message",
        "https://help.example.org/sms/messages?page=1",
        "https://evil.example.org/sms/messages",
    ],
)
def test_another_url_than_the_signed_one_is_kept_out(url):
    assert not check(the_carrier_signs(), url=url)


def test_a_lost_query_is_kept_out_and_a_kept_one_let_in():
    signature = the_carrier_signs(URL + "?ref=42&x=%20")
    assert not check(signature)
    assert check(signature, url=URL + "?ref=42&x=%20")


def test_blank_fields_are_part_of_what_is_signed():
    without = tuple((name, value) for name, value in PARAMS if value)
    assert not check(the_carrier_signs(params=(*without, ("Blank", ""))), params=without)
    assert check(the_carrier_signs(), params=parse_form(urlencode(PARAMS).encode()))


def test_choosing_fields_before_checking_keeps_the_carrier_out():
    assert not check(the_carrier_signs(), params=PARAMS[:4])


@pytest.mark.parametrize("signature", [None, "", " ", "nonsense", "é", "\udcff", "a" * 10_000])
def test_a_missing_or_wrong_signature_is_refused_without_a_traceback(signature):
    assert not check(signature)


def test_during_a_rotation_either_token_opens():
    old, new = "old-token", "new-token"
    assert check(the_carrier_signs(token=old), tokens=(new, old))
    assert check(the_carrier_signs(token=new), tokens=(new, old))
    assert not check(the_carrier_signs(token="third"), tokens=(new, old))


def test_without_a_token_nobody_gets_in():
    assert not check(the_carrier_signs(token="x"), tokens=())
    empty = RequestValidator("").compute_signature(URL, dict(PARAMS))
    assert not check(empty, tokens=("",))


def test_a_changed_body_is_kept_out():
    changed = tuple((name, "1" if name == "Body" else value) for name, value in PARAMS)
    assert not check(the_carrier_signs(), params=changed)


def test_a_repeated_field_is_signed_by_its_different_values_in_order():
    # The carrier's library sorts the values of a field and takes each once; its server does too:
    # https://github.com/twilio/twilio-python/pull/617
    params = (("Digits", "2"), ("Digits", "1"), ("Digits", "2"), ("A", "x"))
    once = RequestValidator(TOKEN).compute_signature(URL + "AxDigits1Digits2", {})
    assert sign(url=URL, params=params, token=TOKEN) == once
    assert check(once, params=params)
    last_only = RequestValidator(TOKEN).compute_signature(URL, {"Digits": "2", "A": "x"})
    assert not check(last_only, params=params)


@pytest.mark.parametrize(
    ("signed", "configured"),
    [
        ("https://user:pw@help.example.org/sms", "https://user:pw@help.example.org:8443/sms"),
        ("https://user:pw@help.example.org:8443/sms", "https://user:pw@help.example.org:8443/sms"),
        ("https://[2001:db8::1]/sms?", "https://[2001:db8::1]:443/sms?"),
        ("http://help.example.org:80/", "http://help.example.org/"),
    ],
)
def test_only_the_port_may_differ_between_the_signed_and_the_configured_url(signed, configured):
    assert check(the_carrier_signs(signed), url=configured)


@pytest.mark.parametrize("url", ["", "not a url", "https://host:port/", "https://[bad/", "//x:1"])
def test_a_broken_url_opens_nothing_and_breaks_nothing(url):
    assert not check("nonsense", url=url)


def test_bytes_that_are_no_text_can_be_signed_as_they_are_or_as_they_are_shown():
    params = parse_form(b"Body=caf%E9%00&From=%2B15550100100")
    shown = {"Body": "caf\ufffd\0", "From": "+15550100100"}
    assert check(RequestValidator(TOKEN).compute_signature(URL, shown), params=params)
    assert check(sign_bytes(b"Bodycaf\xe9\0From+15550100100"), params=params)
    assert not check("nonsense", params=params)
    assert not check("nonsense", params=[("Body", "\ud83d")])


def sign_bytes(data):
    mac = hmac.new(TOKEN.encode(), URL.encode() + data, hashlib.sha1)
    return base64.b64encode(mac.digest()).decode()


@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=8),
    st.text(alphabet="abc/?=&%", max_size=12),
)
def test_our_signature_is_the_one_of_the_carriers_library(fields, path):
    url = "https://help.example.org/" + path
    ours = sign(url=url, params=list(fields.items()), token=TOKEN)
    assert ours == RequestValidator(TOKEN).compute_signature(url, fields)
    assert check(ours, url=url, params=list(fields.items()))


@given(st.binary(max_size=200), st.text(max_size=40))
def test_nothing_that_is_posted_makes_the_check_fail_with_an_error(body, signature):
    assert not check(signature, params=parse_form(body))


def test_a_form_keeps_blank_repeated_and_odd_fields_in_order():
    assert parse_form(b"b=&a=1&a=2&c=%F0%9F%99%82+x") == (
        ("b", ""),
        ("a", "1"),
        ("a", "2"),
        ("c", "🙂 x"),
    )


def test_a_form_with_more_fields_than_any_carrier_sends_is_refused_without_its_words():
    with pytest.raises(TooManyFields) as caught:
        parse_form(b"secret=1&" * 1000)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("base", "path", "query", "url"),
    [
        ("https://help.example.org", "/sms/messages", "", URL),
        ("https://help.example.org/", "/sms/messages", "", URL),
        ("https://help.example.org", "/sms/messages", "a=1", URL + "?a=1"),
        ("https://example.org/help", "/sms", "", "https://example.org/help/sms"),
    ],
)
def test_the_public_url_is_built_from_the_configured_base(base, path, query, url):
    assert public_url(base, path, query) == url


def test_checking_signatures_does_not_load_the_slow_client():
    code = (
        "import sys, sms.signature, sms.inbound_message, sms.keywords, sms.reply_matcher;"
        "import sms.twiml, sms.status_callback, sms.delivery_status, sms.segments;"
        "print(any(name.startswith(('twilio.rest', 'requests')) for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
