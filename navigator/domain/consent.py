"""Consent: express, for one recipient and one purpose, with an end, withdrawn by one word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(days=90)
"""How long a consent to one referral counts (reference: default 90 days, at most 12 months)."""

PURPOSE = "referral"

FIELDS = ("first_name", "number", "need", "safe_contact")
"""The least that a referral passes on: nothing else leaves."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as it was given."""

    service_id: str
    recipient: str
    words: str
    language: str
    answer: str
    channel: str
    given_at: datetime

    @property
    def expires_at(self) -> datetime:
        """Give the moment from which it no longer counts."""
        return self.given_at + LASTS
