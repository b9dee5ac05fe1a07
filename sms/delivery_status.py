"""What became of a sent message, derived from reports that come in any order and more than once."""

from collections.abc import Iterable
from enum import StrEnum


class DeliveryStatus(StrEnum):
    """How far a message got, from the least known to the most final."""

    UNKNOWN = "unknown"
    RECEIVING = "receiving"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CANCELED = "canceled"
    FAILED = "failed"
    UNDELIVERED = "undelivered"
    PARTIALLY_DELIVERED = "partially_delivered"
    DELIVERED = "delivered"
    READ = "read"
    RECEIVED = "received"


FINAL = frozenset(
    {
        DeliveryStatus.CANCELED,
        DeliveryStatus.FAILED,
        DeliveryStatus.UNDELIVERED,
        DeliveryStatus.PARTIALLY_DELIVERED,
        DeliveryStatus.DELIVERED,
        DeliveryStatus.READ,
        DeliveryStatus.RECEIVED,
    }
)
# The order of the members above: "furthest wins" gives one result whatever the order of reports.
# A proof of delivery stands above a report of failure, for only the former can't be a mistake.
_RANK = {status: rank for rank, status in enumerate(DeliveryStatus)}


def parse_status(raw: str) -> DeliveryStatus:
    """Return the status that a report names; UNKNOWN for a word that is new to us."""
    try:
        return DeliveryStatus(raw.strip().lower().replace("-", "_"))
    except ValueError:
        return DeliveryStatus.UNKNOWN


def derive_status(seen: Iterable[str]) -> DeliveryStatus:
    """Return the furthest status among all reports; it can only move forward as reports come."""
    return max(map(parse_status, seen), key=_RANK.__getitem__, default=DeliveryStatus.UNKNOWN)


def is_final(status: DeliveryStatus) -> bool:
    """Say whether nothing more is to be expected."""
    return status in FINAL
