"""What can go wrong at the carrier, in the few kinds that call for different deeds."""

from collections.abc import Mapping
from enum import StrEnum


class CarrierError(Exception):
    """Any trouble at the carrier; its text holds a code, never a number or a message."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__(f"carrier code {code}" if code else "no carrier code")
        self.code = code


class OptedOut(CarrierError):
    """The person has opted out at the carrier: send nothing more."""


class UnreachableByText(CarrierError):
    """The number can't receive texts: offer a call."""


class TryLater(CarrierError):
    """Nothing was sent for sure; the same request may be made again later."""


class Uncertain(CarrierError):
    """The message may or may not have been taken: look it up before sending again."""


class Misconfigured(CarrierError):
    """Nothing was sent and nothing will be until somebody mends it: ring the alarm."""


class CarrierOutcome(StrEnum):
    """What a carrier's code means for the letter that it is about."""

    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    TRY_LATER = "try_later"
    UNCERTAIN = "uncertain"
    MISCONFIGURED = "misconfigured"
    UNKNOWN = "unknown"


# https://www.twilio.com/docs/api/errors
_CODES: Mapping[CarrierOutcome, tuple[int, ...]] = {
    CarrierOutcome.OPTED_OUT: (
        21610,  # the recipient has replied STOP
    ),
    CarrierOutcome.UNREACHABLE: (
        21211,  # invalid To
        21214,  # To can't be reached
        21217,  # To does not appear to be valid
        21614,  # To is not a mobile number
        21635,  # To is a landline
        30005,  # unknown handset
        30006,  # landline or unreachable carrier
    ),
    CarrierOutcome.TRY_LATER: (
        14107,  # loop guard: too many replies to one number within 30 seconds
        20009,  # a message that is still under way can't be redacted yet
        20429,  # too many requests: never processed
        21611,  # the queue of this sender is full
        30001,  # queue overflow
        30003,  # handset off or out of reach
        30008,  # unknown error on the way
        30017,  # congestion
        30022,  # rate limit of the sender
        30023,  # daily limit of the sender
        30036,  # validity period ended while it was queued
        30410,  # the provider timed out
        63038,  # daily limit of the account
    ),
    CarrierOutcome.UNCERTAIN: (
        20500,  # internal server error: may have been processed
        20503,  # unavailable
    ),
    CarrierOutcome.MISCONFIGURED: (
        20003,  # wrong account or token
        20005,  # account not active
        20404,  # no such account or resource
        21212,  # invalid From
        21408,  # no permission for this region
        21602,  # a body is missing
        21603,  # From is missing
        21606,  # From can't send texts to this number
        21612,  # no route from From to To
        21617,  # more than 1,600 characters
        21659,  # From is not ours
        21660,  # From belongs to another account
        21705,  # no such messaging service
        30002,  # account suspended
        30004,  # blocked
        30007,  # filtered by a carrier
        30024,  # sender not provisioned
        30032,  # toll-free number not verified
        30034,  # unregistered sender
        63016,  # outside the window of another channel
    ),
}
_OUTCOMES: Mapping[int, CarrierOutcome] = {
    code: outcome for outcome, codes in _CODES.items() for code in codes
}
_ERRORS: Mapping[CarrierOutcome, type[CarrierError]] = {
    CarrierOutcome.OPTED_OUT: OptedOut,
    CarrierOutcome.UNREACHABLE: UnreachableByText,
    CarrierOutcome.TRY_LATER: TryLater,
    CarrierOutcome.UNCERTAIN: Uncertain,
    CarrierOutcome.MISCONFIGURED: Misconfigured,
    # The carrier refused for a reason that is new to us: somebody has to look.
    CarrierOutcome.UNKNOWN: Misconfigured,
}
# Temporary, but a sign that too much is being sent: somebody has to know.
_ALSO_RINGS = frozenset({14107, 21611, 30001, 30023, 63038})


def outcome_of_code(code: int) -> CarrierOutcome:
    """Return what a code in a status report or a refusal means; UNKNOWN for a code new to us."""
    return _OUTCOMES.get(code, CarrierOutcome.UNKNOWN)


def raises_alarm(code: int) -> bool:
    """Say whether a code should ring the alarm of whoever runs the service."""
    return (
        outcome_of_code(code) in {CarrierOutcome.MISCONFIGURED, CarrierOutcome.UNKNOWN}
        or code in _ALSO_RINGS
    )


def error_for(*, http_status: int, code: int | None, writes: bool = True) -> CarrierError:
    """Return the trouble that an HTTP answer stands for.

    A server error after a write leaves open whether it was done; a read may just be repeated.
    """
    if http_status == 429:
        return TryLater(code)
    if http_status >= 500:
        return Uncertain(code) if writes else TryLater(code)
    found = _ERRORS[outcome_of_code(code or 0)](code)
    return found if writes or not isinstance(found, Uncertain) else TryLater(code)
