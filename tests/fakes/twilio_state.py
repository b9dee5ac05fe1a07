"""What the fake carrier's server and its owner share: account, messages, and scripted faults."""

import threading
from collections import deque

from tests.fakes.twilio_messages import FakeTwilioMessageStore

REMEMBERED = 10_000
"""Requests kept; a fault run of hours makes more, and asks for the last only."""


class FakeTwilioState:
    """The state behind the fake carrier; threads may share it."""

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        number: str,
        messages: FakeTwilioMessageStore,
        slow_seconds: float,
    ) -> None:
        """Take the account that is played and how long a slow answer takes, in seconds."""
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.number = number
        self.messages = messages
        self.slow_seconds = slow_seconds
        self.requests: deque[str] = deque(maxlen=REMEMBERED)
        self._faults: deque[str] = deque()
        self._lock = threading.Lock()
        self._released = threading.Event()

    def script(self, *faults: str) -> None:
        """Append faults for the next messages that are sent."""
        with self._lock:
            self._faults.extend(faults)

    def next_fault(self) -> str:
        """Take the next fault of the script; without one all goes well."""
        with self._lock:
            return self._faults.popleft() if self._faults else "ok"

    def hold(self, seconds: float) -> None:
        """Keep a client waiting, until release() at the latest."""
        self._released.wait(seconds)

    @property
    def is_released(self) -> bool:
        """Say whether nobody is to be kept waiting any more."""
        return self._released.is_set()

    def release(self) -> None:
        """Let go of everybody who is kept waiting."""
        self._released.set()
