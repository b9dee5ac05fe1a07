"""What a caller hears: the crisis numbers first, then a navigator in open hours, and 211."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from directory_data.region_policy import RegionPolicy
from navigator.domain.desk_schedule import DeskSchedule
from navigator.wording.content import region_message, text_message
from sms import twiml
from sms.twiml import SpokenText

LANGUAGES: Sequence[tuple[str, Literal["en-CA", "fr-CA"]]] = (("en", "en-CA"), ("fr", "fr-CA"))
NAVIGATOR_KEY = "1"
HELPLINE_KEY = "2"

PICKED_UP = frozenset({"completed", "answered"})
NOT_PICKED_UP = frozenset({"busy", "no-answer", "failed", "canceled"})
"""What the carrier says of a call that was put through: https://www.twilio.com/docs/voice/twiml/dial"""


def greet_caller(
    desk: DeskSchedule, now: datetime, zone: ZoneInfo, *, policy: RegionPolicy, action: str
) -> bytes:
    """Read the crisis numbers, then say which keys there are; without a key, say 211 and end."""
    there = _is_there(desk, now, zone)
    keys = "call_keys_open" if there else "call_keys_closed"
    return twiml.voice_menu(
        [*_crisis(policy), *_both(keys)], action=action, otherwise=_both("call_end")
    )


def handle_key(
    key: str,
    desk: DeskSchedule,
    now: datetime,
    zone: ZoneInfo,
    *,
    policy: RegionPolicy,
    action: str,
) -> bytes:
    """Put a caller through: 1 to a navigator in open hours, 2 (and 1 at other hours) to 211.

    What becomes of a call to a navigator is posted to `action`.
    """
    if key.strip() == NAVIGATOR_KEY and _is_there(desk, now, zone):
        return twiml.voice_dial(desk.phone, otherwise=_both("call_nobody"), action=action)
    if key.strip() in {NAVIGATOR_KEY, HELPLINE_KEY}:
        return twiml.voice_dial(policy.helpline, otherwise=_both("call_end"))
    return twiml.voice_say([*_crisis(policy), *_both("call_end")])


def end_call(status: str) -> bytes:
    """End a call that was put through; where no navigator picked up, say who else answers."""
    return twiml.voice_say([] if status in PICKED_UP else _both("call_nobody"))


def _is_there(desk: DeskSchedule, now: datetime, zone: ZoneInfo) -> bool:
    return bool(desk.phone) and desk.is_open(now, zone)


def _crisis(policy: RegionPolicy) -> list[SpokenText]:
    return [
        SpokenText(region_message("call_crisis", language, policy), spoken)
        for language, spoken in LANGUAGES
    ]


def _both(key: str) -> list[SpokenText]:
    return [SpokenText(text_message(key, language), spoken) for language, spoken in LANGUAGES]
