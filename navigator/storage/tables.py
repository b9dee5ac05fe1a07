"""Tables of the database. Rows are named XRow and stay in storage; texts of people are sealed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import DateTime, TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; given and taken with its zone on both databases."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Keep the moment in UTC, without a zone."""
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        return value.replace(tzinfo=UTC) if value is not None else None


class TableRow(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, str: String(200), dict[str, Any]: JSON}  # noqa: RUF012


class EditionRow(TableRow):
    """An edition of the directory: all records as one document."""

    __tablename__ = "edition"
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]


class ConversationRow(TableRow):
    """A talk by text, under the keyed hash of a number."""

    __tablename__ = "conversation"
    id: Mapped[int] = mapped_column(primary_key=True)
    number_hash: Mapped[str] = mapped_column(unique=True)
    number_sealed: Mapped[str] = mapped_column(Text)
    state_sealed: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    mode: Mapped[str] = mapped_column(index=True)
    opted_out_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    heard_at: Mapped[datetime]
    idle_at: Mapped[datetime | None] = mapped_column(index=True)
    idle_step: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    person_at: Mapped[datetime | None]
    burst_at: Mapped[datetime | None]
    burst: Mapped[int] = mapped_column(default=0)
    day_at: Mapped[datetime | None]
    day: Mapped[int] = mapped_column(default=0)


class InboundMessageRow(TableRow):
    """A text that came in and what was answered; its carrier id has exactly one effect."""

    __tablename__ = "incoming"
    sid: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    body_sealed: Mapped[str] = mapped_column(Text)
    reply_sealed: Mapped[str] = mapped_column(Text)
    danger: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    segments: Mapped[int] = mapped_column(default=0)


class OutboxMessageRow(TableRow):
    """A text to be sent: the outbox."""

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    number_hash: Mapped[str] = mapped_column(index=True)
    number_sealed: Mapped[str] = mapped_column(Text)
    body_sealed: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    carrier_sid: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[str | None]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    segments: Mapped[int] = mapped_column(default=0)


class DeliveryReportRow(TableRow):
    """What the carrier told of a text; each word of it once, in whatever order it came."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("carrier_sid", "status"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    carrier_sid: Mapped[str] = mapped_column(index=True)
    status: Mapped[str]
    error_code: Mapped[str | None]
    at: Mapped[datetime]


class PersonRow(TableRow):
    """Somebody who asked to be contacted."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    number_hash: Mapped[str] = mapped_column(index=True)
    number_sealed: Mapped[str] = mapped_column(Text)
    name_sealed: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    safe_contact: Mapped[str]
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class ConsentRow(TableRow):
    """A consent as it was given: the words, the language, the answer, the time and the end."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    service_id: Mapped[str]
    recipient: Mapped[str]
    purpose: Mapped[str]
    fields: Mapped[dict[str, Any]]
    words_sealed: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    answer: Mapped[str]
    channel: Mapped[str]
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class ReferralRow(TableRow):
    """One attempt at one service for one need."""

    __tablename__ = "referral"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    need: Mapped[str]
    service_id: Mapped[str]
    service_name: Mapped[str]
    door_id: Mapped[str | None]
    door_name: Mapped[str | None]
    handoff_mode: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    next_owner: Mapped[str]
    next_action: Mapped[str]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    overdue_at: Mapped[datetime | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    story_sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]


class ReferralEventRow(TableRow):
    """A move of a referral; rows are only ever added."""

    __tablename__ = "referral_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    move: Mapped[str]
    from_status: Mapped[str | None]
    to_status: Mapped[str]
    reason: Mapped[str | None]


class ReferralNoteRow(TableRow):
    """What was noted at a move; apart from the history, so that it can be erased."""

    __tablename__ = "referral_note"
    event_id: Mapped[int] = mapped_column(ForeignKey("referral_event.id"), primary_key=True)
    note_sealed: Mapped[str] = mapped_column(Text)


class StaffRow(TableRow):
    """Somebody who works here."""

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignInRow(TableRow):
    """An open sign-in, under the hash of its cookie."""

    __tablename__ = "sign_in"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class AuditRow(TableRow):
    """Who did or read what, and when; only ever added to."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]


class UnmetNeedRow(TableRow):
    """A search or interview that found nothing that fits, without identity."""

    __tablename__ = "miss"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str]
    language: Mapped[str]
    needs: Mapped[str]
    place: Mapped[str | None]
    age_band: Mapped[str | None]


class HandoffRow(TableRow):
    """An interview left for another device or a worker, under the keyed hash of its code."""

    __tablename__ = "handoff"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    state_sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class WrongCodeRow(TableRow):
    """A hand-off code that opened nothing: when, not by whom, so that guessing can be slowed."""

    __tablename__ = "wrong_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class RedactionRow(TableRow):
    """Words that the carrier still holds after ERASE, to be removed there; gone once it is done."""

    __tablename__ = "redaction"
    id: Mapped[int] = mapped_column(primary_key=True)
    carrier_sid: Mapped[str | None]
    number_sealed: Mapped[str] = mapped_column(Text)
    body_sealed: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    attempts: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(index=True)


class SharedFlagRow(TableRow):
    """What one process tells the others, such as a brake on texts; the newest word counts."""

    __tablename__ = "sign"
    name: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    at: Mapped[datetime]
