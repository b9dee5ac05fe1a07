"""Weighing texts: alphabets, parts and the wording that keeps them few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.segments import (
    CANADA_SINGLE,
    Encoding,
    MessageSize,
    fits_segments,
    is_gsm7,
    measure,
    to_gsm7,
)


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "gsm-7", 0, 0),
        ("a", "gsm-7", 1, 1),
        ("a" * 160, "gsm-7", 160, 1),
        ("a" * 161, "gsm-7", 161, 2),
        ("a" * 306, "gsm-7", 306, 2),
        ("a" * 307, "gsm-7", 307, 3),
        ("é à è ù ì ò Ç É", "gsm-7", 15, 1),
        ("[ok] {1} €5 ~ ^ | \\", "gsm-7", 28, 1),
        ("€" * 80, "gsm-7", 160, 1),
        ("a" * 152 + "€" + "a" * 10, "gsm-7", 164, 2),
        ("ê", "ucs-2", 1, 1),
        ("’" + "a" * 69, "ucs-2", 70, 1),
        ("’" + "a" * 70, "ucs-2", 71, 2),
        ("ê" * 134, "ucs-2", 134, 2),
        ("ê" * 135, "ucs-2", 135, 3),
        ("🙂", "ucs-2", 2, 1),
        ("🙂" * 35, "ucs-2", 70, 1),
        ("🙂" * 36, "ucs-2", 72, 2),
    ],
)
def test_a_text_weighs_what_the_carrier_bills(text, encoding, units, segments):
    assert measure(text) == MessageSize(Encoding(encoding), units, segments)


def test_an_escaped_character_is_never_split_between_two_parts():
    # 152 + an escape pair would end at 154: the pair moves on, and the parts are 152, 153, 3.
    assert measure("a" * 152 + "€" + "a" * 151 + "abc").segments == 3
    assert measure("a" * 153 + "€" + "a" * 151).segments == 2


def test_an_emoji_is_never_split_between_two_parts():
    assert measure("a" * 66 + "🙂" * 34).segments == 3


def test_one_segment_is_the_shorter_one_of_canada():
    assert fits_segments("a" * CANADA_SINGLE, segments=1)
    assert not fits_segments("a" * (CANADA_SINGLE + 1), segments=1)
    assert fits_segments("a" * 306, segments=2)
    assert not fits_segments("a" * 307, segments=2)
    assert fits_segments("ê" * 70, segments=1)
    assert not fits_segments("ê" * 71, segments=1)
    assert fits_segments("", segments=1)


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("You’re not alone — call “9-8-8”…", 'You\'re not alone - call "9-8-8"...'),
        ("« Où êtes-vous ? »", '"Où etes-vous ?"'),
        ("Votre sœur et le cœur", "Votre soeur et le coeur"),
        ("C\u2019est \u00e7a\u202f! For\u00eat, No\u00ebl, \u00eele, h\u00f4tel, s\u00fbr", None),
        ("e\u0301te\u0301", "été"),
        ("À Québec, ça va", "A Québec, ca va"),
        ("ÊTRE PRÊT, ÇA VA, NOËL", "ETRE PRET, ÇA VA, NOEL"),
        ("a\u00a0b\u2009c\u200bd", "a b cd"),
        ("① 1½ – 2", "1 11/2 - 2"),
        ("plain text stays", "plain text stays"),
    ],
)
def test_a_text_is_worded_in_the_small_alphabet(text, worded):
    assert to_gsm7(text) == (worded or "C'est ca ! Foret, Noel, ile, hotel, sur")
    assert is_gsm7(to_gsm7(text))


def test_what_has_no_look_alike_stays():
    assert to_gsm7("ok 🙂 “да”") == 'ok 🙂 "да"'


@given(st.text(max_size=400))
def test_plain_wording_never_weighs_more_parts_where_it_succeeds(text):
    worded = to_gsm7(text)
    assert to_gsm7(worded) == worded
    if is_gsm7(text):
        assert worded == text


@given(st.text(max_size=700))
def test_units_always_fit_into_the_parts_counted(text):
    size = measure(text)
    single, part = (160, 153) if size.encoding is Encoding.GSM7 else (70, 67)
    if size.units <= single:
        assert size.segments == bool(text)
    else:
        assert size.segments >= -(-size.units // part)
        assert size.segments <= -(-size.units // (part - 1))
