"""The messages that the fake carrier holds, shaped as the real one shows them."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from sms.segments import measure

_WITH_ERROR = frozenset({"failed", "undelivered"})
_BEFORE_SENDING = frozenset({"accepted", "scheduled", "queued", "sending"})


@dataclass(frozen=True, slots=True)
class FakeTwilioMessage:
    """One message at the fake carrier."""

    sid: str
    account_sid: str
    to: str
    sender: str
    body: str
    direction: str
    status: str
    created_at: datetime
    sent_at: datetime | None
    status_callback: str | None = None
    media_count: int = 0
    error_code: int | None = None

    def shown(self) -> dict[str, Any]:
        """Return the message as the REST interface shows it."""
        return {
            "sid": self.sid,
            "account_sid": self.account_sid,
            "to": self.to,
            "from": self.sender,
            "body": self.body,
            "direction": self.direction,
            "status": self.status,
            "date_created": _rfc2822(self.created_at),
            "date_updated": _rfc2822(self.created_at),
            "date_sent": _rfc2822(self.sent_at) if self.sent_at else None,
            "num_segments": str(max(measure(self.body).segments, 1)),
            "num_media": str(self.media_count),
            "error_code": self.error_code,
            "error_message": None,
            "messaging_service_sid": None,
            "price": None,
            "price_unit": "USD",
            "api_version": "2010-04-01",
            "uri": f"/2010-04-01/Accounts/{self.account_sid}/Messages/{self.sid}.json",
            "subresource_uris": {},
        }

    def webhook_fields(self) -> list[tuple[str, str]]:
        """Return what the real carrier posts for an incoming message, the blank ones too."""
        return [
            ("ToCountry", "CA"),
            ("ToState", "ON"),
            ("SmsMessageSid", self.sid),
            ("NumMedia", str(self.media_count)),
            ("ToCity", ""),
            ("FromZip", ""),
            ("SmsSid", self.sid),
            ("FromState", "ON"),
            ("SmsStatus", "received"),
            ("FromCity", "ALLOCATED CITY"),
            ("Body", self.body),
            ("FromCountry", "CA"),
            ("To", self.to),
            ("ToZip", ""),
            ("NumSegments", str(max(measure(self.body).segments, 1))),
            ("MessageSid", self.sid),
            ("AccountSid", self.account_sid),
            ("From", self.sender),
            ("ApiVersion", "2010-04-01"),
        ]

    def report_fields(self, status: str) -> list[tuple[str, str]]:
        """Return what the real carrier posts to report a status."""
        fields = [
            ("MessageSid", self.sid),
            ("SmsSid", self.sid),
            ("MessageStatus", status),
            ("SmsStatus", status),
            ("To", self.to),
            ("From", self.sender),
            ("AccountSid", self.account_sid),
            ("ApiVersion", "2010-04-01"),
        ]
        if self.error_code is not None and status in _WITH_ERROR:
            fields.append(("ErrorCode", str(self.error_code)))
        return fields


class FakeTwilioMessageStore:
    """A store of messages that threads may share."""

    def __init__(self, account_sid: str, clock: Callable[[], datetime]) -> None:
        """Take the account that the messages belong to, and a clock."""
        self.opted_out: set[str] = set()
        self._account_sid = account_sid
        self._clock = clock
        self._lock = threading.Lock()
        self._messages: dict[str, FakeTwilioMessage] = {}
        self._accepted: list[str] = []
        self._deleted: dict[str, FakeTwilioMessage] = {}

    def add(
        self,
        *,
        to: str,
        sender: str,
        body: str,
        direction: str,
        status_callback: str | None = None,
        media_count: int = 0,
    ) -> FakeTwilioMessage:
        """Take a message: an outgoing one is queued and has no date of sending yet."""
        is_inbound = direction == "inbound"
        now = self._clock().astimezone(UTC)
        message = FakeTwilioMessage(
            sid=("MM" if media_count else "SM") + secrets.token_hex(16),
            account_sid=self._account_sid,
            to=to,
            sender=sender,
            body=body,
            direction=direction,
            status="received" if is_inbound else "queued",
            created_at=now,
            sent_at=now if is_inbound else None,
            status_callback=status_callback,
            media_count=media_count,
        )
        with self._lock:
            self._messages[message.sid] = message
            if not is_inbound:
                self._accepted.append(message.sid)
        return message

    def get(self, sid: str) -> FakeTwilioMessage | None:
        """Return a message, None where it was deleted or never was."""
        with self._lock:
            return self._messages.get(sid)

    def outbound(self) -> list[FakeTwilioMessage]:
        """Return every outgoing message that was ever taken, in order."""
        with self._lock:
            return [self._messages.get(sid) or self._deleted[sid] for sid in self._accepted]

    def newest(self, wanted: Callable[[FakeTwilioMessage], bool]) -> list[FakeTwilioMessage]:
        """Return the messages that are wanted, newest first."""
        with self._lock:
            return [message for message in reversed(self._messages.values()) if wanted(message)]

    def report(self, sid: str, status: str, error_code: int | None) -> FakeTwilioMessage:
        """Give a message a status; once it is on its way it has a date of sending."""
        with self._lock:
            message = self._messages[sid]
            sent_at = message.sent_at
            if sent_at is None and status not in _BEFORE_SENDING:
                sent_at = self._clock().astimezone(UTC)
            code = error_code if status in _WITH_ERROR else message.error_code
            changed = replace(message, status=status, sent_at=sent_at, error_code=code)
            self._messages[sid] = changed
            return changed

    def redact(self, sid: str) -> FakeTwilioMessage | None:
        """Empty the body of a message."""
        with self._lock:
            message = self._messages.get(sid)
            if message is not None:
                message = self._messages[sid] = replace(message, body="")
            return message

    def delete(self, sid: str) -> bool:
        """Delete a message; that it was taken is still known to outbound(), without its words."""
        with self._lock:
            message = self._messages.pop(sid, None)
            if message is None:
                return False
            self._deleted[sid] = replace(message, body="", media_count=0)
            return True


def matching_messages(query: Mapping[str, str]) -> Callable[[FakeTwilioMessage], bool]:
    """Return the filter that a list request asks for; a date excludes what was not sent yet."""
    day, earliest, latest = (query.get(f"DateSent{sign}") for sign in ("", ">", "<"))

    def is_wanted(message: FakeTwilioMessage) -> bool:
        if query.get("To", message.to) != message.to:
            return False
        if query.get("From", message.sender) != message.sender:
            return False
        if not (day or earliest or latest):
            return True
        if message.sent_at is None:
            return False
        at = message.sent_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            at.startswith((day or "")[:10])
            and (not earliest or at >= earliest)
            and (not latest or at[: len(latest)] <= latest)
        )

    return is_wanted


def _rfc2822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))
