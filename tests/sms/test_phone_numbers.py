"""Telephone numbers, short codes and names in the place of a sender."""

import pytest

from sms.phone_numbers import NumberKind, format_number, number_kind, to_e164


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("905-333-4441", "+19053334441"),
        ("(905) 333-4441", "+19053334441"),
        ("(905) 333 4441 x12", "+19053334441"),
        ("905.333.4441 ext. 12", "+19053334441"),
        ("905 333 4441, poste 12", "+19053334441"),
        ("1-905-333-4441", "+19053334441"),
        ("+1 905 333 4441", "+19053334441"),
        ("+15550100100", "+15550100100"),
        ("00442079460000", "+442079460000"),
        ("+442079460000", "+442079460000"),
        ("905\u2011333\u20114441", "+19053334441"),
        ("211", None),
        ("9-8-8", None),
        ("686868", None),
        ("ROGERS", None),
        ("whatsapp:+15550100100", None),
        ("333-4441", None),
        ("105-333-4441", None),
        ("+1905333444", None),
        ("+266696687", None),
        ("٩٠٥٣٣٣٤٤٤١", None),
        ("", None),
        ("no number", None),
        # A Mexican mobile as some carriers still write it; its hash is made from this.
        ("+5215512345678", "+5215512345678"),
        ("+1 1 905 333 4441", None),
        ("+999123456789", None),
        ("+18005550100;ext=1", None),
    ],
)
def test_a_number_is_written_as_the_carrier_writes_it(raw, number):
    assert to_e164(raw) == number


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("+15550100100", "phone"),
        ("211", "short_code"),
        ("686868", "short_code"),
        ("ROGERS", "alphanumeric"),
        ("Bell 5G", "alphanumeric"),
        ("+266696687", "unknown"),
        ("whatsapp:+15550100100", "unknown"),
        ("", "unknown"),
        ("1234567", "unknown"),
    ],
)
def test_the_kind_of_a_sender_is_told(raw, expected):
    assert number_kind(raw) is NumberKind(expected)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+15550100100", "555-010-0100"),
        ("+442079460000", "+442079460000"),
        ("211", "211"),
        ("19053334441", "19053334441"),
    ],
)
def test_a_number_is_shown_as_people_write_it(number, shown):
    assert format_number(number) == shown
