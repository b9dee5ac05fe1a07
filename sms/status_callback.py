"""One status report (callback) about a message that was sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sms.inbound_message import UnreadableMessage, clean_text

_LONGEST_FIELD = 64  # characters; a sid has 34, the longest status ("partially_delivered") 19


@dataclass(frozen=True, slots=True)
class StatusCallback:
    """What the carrier reports; `status` is kept as it came, for new words may be added.

    The pair (sid, status) is the key of a report: the same sid is reported on several times.
    """

    sid: str
    status: str
    error_code: int | None


def read_status_callback(params: Sequence[tuple[str, str]]) -> StatusCallback:
    """Read a report from posted fields; raises UnreadableMessage without a sid or a status."""
    fields: dict[str, str] = {}
    for name, value in params:
        fields.setdefault(name, clean_text(value).strip()[:_LONGEST_FIELD])
    sid = fields.get("MessageSid") or fields.get("SmsSid") or ""
    status = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").lower()
    if not sid or not status:
        raise UnreadableMessage("a report without a sid or a status")
    code = fields.get("ErrorCode", "")
    return StatusCallback(
        sid, status, int(code) if re.fullmatch(r"[1-9][0-9]{0,6}", code) else None
    )
