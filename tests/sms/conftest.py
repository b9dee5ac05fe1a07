"""A fake carrier, the real client connected to it, and an application that it posts to."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from sms.signature import HEADER, is_signed, parse_form
from sms.twilio_carrier import TwilioCarrier
from tests.fakes.twilio_server import FakeTwilio

CALLBACK = "https://help.example.org/sms/status"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class TickingClock:
    """A clock that moves a second each time it is read, or by hand."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


class WebhookReceiver:
    """What the carrier posts to: checks signatures as ours does and keeps what came."""

    def __init__(self, token="fake-token"):
        self.token = token
        self.received = []

    def __call__(self, url, body, headers):
        params = parse_form(body)
        signed = is_signed(
            url=url, params=params, signature=headers.get(HEADER), tokens=[self.token]
        )
        if not signed:
            return 403
        self.received.append((url, params))
        return 204


@pytest.fixture
def make_application():
    return WebhookReceiver


@pytest.fixture
def make_clock():
    return TickingClock


@pytest.fixture
def application():
    return WebhookReceiver()


@pytest.fixture
def fake(application):
    with FakeTwilio(clock=TickingClock(), deliver=application) as running:
        yield running


@contextmanager
def connect(fake, **change):
    settings = {
        "account_sid": fake.account_sid,
        "auth_token": fake.auth_token,
        "sender": fake.number,
        "status_callback": CALLBACK,
        "timeout": 0.4,
        "base_url": fake.base_url,
        **change,
    }
    carrier = TwilioCarrier(**settings)
    try:
        yield carrier
    finally:
        carrier.close()


@pytest.fixture
def carrier(fake):
    with connect(fake) as client:
        yield client


@pytest.fixture
def connected():
    """Make further clients of a fake carrier, with other settings."""
    return connect
