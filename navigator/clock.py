"""The one place that asks what time it is; below the faces, `now` is an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give this moment in UTC."""
    return datetime.now(UTC)
