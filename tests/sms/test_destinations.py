"""Where texts may go."""

import pytest

from sms.destinations import is_destination

COUNTRIES = frozenset({"CA", "US"})


@pytest.mark.parametrize(
    "number", ["+14165550101", "+19055550123", "+12895550100", "+13682345678", "+12125550100"]
)
def test_a_persons_number_in_canada_or_the_states_is_reached(number: str) -> None:
    assert is_destination(number, COUNTRIES)


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("+18765551234", "Jamaica"),
        ("+12425551234", "the Bahamas"),
        ("+17872345678", "Puerto Rico"),
        ("+19005551234", "premium"),
        ("+18005551234", "toll-free"),
        ("+18885551234", "toll-free"),
        ("+15551234567", "no area at all"),
        ("+252612345678", "Somalia"),
        ("+882161234567", "a satellite"),
        ("+447400123456", "the United Kingdom"),
        ("14165550101", "no E.164"),
        ("HELP", "a name"),
        ("", "nothing"),
    ],
)
def test_no_other_number_is(number: str, what: str) -> None:
    assert not is_destination(number, COUNTRIES), what


def test_another_country_is_reached_where_it_is_listed() -> None:
    assert is_destination("+447400123456", {"GB"})
