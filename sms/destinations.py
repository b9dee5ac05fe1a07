"""Where texts may go: countries, and only numbers that a person may have."""

from collections.abc import Collection

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

NOT_OF_A_PERSON = frozenset(
    {
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.UAN,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
    }
)
"""Kinds of numbers that are a business of somebody, some of them at the sender's cost: +1 900."""


def known_countries() -> frozenset[str]:
    """Give the two-letter codes of all countries that have numbers (ISO 3166)."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def is_destination(number: str, countries: Collection[str]) -> bool:
    """Say whether an E.164 number lies in one of the countries and may be a person's.

    Countries are two-letter codes. Those that share +1 are told apart by the area code: Jamaica
    (876) is no Canada, and costs ten times as much.
    """
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return False
    country = phonenumbers.region_code_for_number(parsed)
    return country in countries and phonenumbers.number_type(parsed) not in NOT_OF_A_PERSON
