"""The box for a phone number: what was typed as a number that we may reach, or why it is none."""

from navigator.container import Container
from navigator.web.base.request_context import gettext as _
from sms.destinations import is_destination
from sms.phone_numbers import to_e164


class BadNumber(Exception):
    """No number that we may reach; the text says what to do, in the language of the page."""


def read_phone_number(typed: str, here: Container) -> str:
    """Give a number as E.164; raise BadNumber."""
    number = to_e164(typed)
    if number is None:
        raise BadNumber(_("Please write a phone number with area code, such as 905-555-0100."))
    if not is_destination(number, here.settings.text_countries):
        raise BadNumber(
            _(
                "We can't reach that kind of number. Please write another, or call %(helpline)s.",
                helpline=here.region.policy.helpline,
            )
        )
    return number
