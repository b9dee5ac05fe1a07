"""Opening hours as weekly windows, and whether a service is open at a moment."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from directory_data.base_model import FrozenModel
from directory_data.bilingual import Bilingual

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def _clock(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", text):
        raise ValueError("must be a time of day such as 08:30")
    return text


Clock = Annotated[str, AfterValidator(_clock)]


def _in_order(window: tuple[str, str]) -> tuple[str, str]:
    if window[0] >= window[1]:
        raise ValueError("a window must end after it begins; split it at midnight")
    return window


Window = Annotated[tuple[Clock, Clock], AfterValidator(_in_order)]


class OpeningHours(FrozenModel):
    """When a service answers: always, in weekly windows (local time), or only in words."""

    always: bool = False
    weekly: Mapping[Day, Annotated[tuple[Window, ...], Field(min_length=1)]] = {}
    words: Bilingual | None = None

    def open_at(self, moment: datetime) -> bool | None:
        """Say whether it is open at a local moment; None where the windows are not known.

        Public holidays are not known here, so a weekday window counts on them too.
        """
        if self.always:
            return True
        if not self.weekly:
            return None
        now = moment.strftime("%H:%M")
        today: Day = DAYS[moment.weekday()]  # type: ignore[assignment]
        return any(start <= now < end for start, end in self.weekly.get(today, ()))

    def next_opening(self, moment: datetime) -> tuple[int, time] | None:
        """Give the next opening: days from today (0 to 7) and the local time; None if not known."""
        now = moment.strftime("%H:%M")
        for ahead in range(8):
            day: Day = DAYS[(moment.weekday() + ahead) % 7]  # type: ignore[assignment]
            for start, _ in self.weekly.get(day, ()):
                if ahead > 0 or start > now:
                    return ahead, time.fromisoformat(start)
        return None
