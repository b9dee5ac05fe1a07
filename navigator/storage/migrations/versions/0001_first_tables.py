"""Make the first tables; history and audit can only be added to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SQLITE_ONLY_ADDED = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
"""

POSTGRES_FUNCTION = """
CREATE FUNCTION only_added() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'this table is only ever added to'; END $$ LANGUAGE plpgsql
"""

POSTGRES_ONLY_ADDED = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW
EXECUTE FUNCTION only_added()
"""

ONLY_ADDED = ("audit", "referral_event")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])

    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_hash", sa.String(length=200), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("state_sealed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=200), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("number_hash", name="uq_conversation_number_hash"),
    )
    op.create_index("ix_conversation_mode", "conversation", ["mode"])

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("carrier_sid", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("error_code", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("carrier_sid", "status", name="uq_delivery_carrier_sid_status"),
    )
    op.create_index("ix_delivery_carrier_sid", "delivery", ["carrier_sid"])

    op.create_table(
        "edition",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_edition"),
        sa.UniqueConstraint("digest", name="uq_edition_digest"),
    )
    op.create_table(
        "miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("age_band", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_miss"),
    )
    op.create_index("ix_miss_at", "miss", ["at"])

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_hash", sa.String(length=200), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("safe_contact", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_number_hash", "person", ["number_hash"])

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name_key", name="uq_staff_name_key"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("words_sealed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_consent_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_person_id", "consent", ["person_id"])

    op.create_table(
        "incoming",
        sa.Column("sid", sa.String(length=200), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("reply_sealed", sa.Text(), nullable=False),
        sa.Column("danger", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_incoming_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sid", name="pk_incoming"),
    )
    op.create_index("ix_incoming_conversation_id", "incoming", ["conversation_id"])

    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_sign_in_staff_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_staff_id", "sign_in", ["staff_id"])

    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=200), nullable=False),
        sa.Column("service_id", sa.String(length=200), nullable=False),
        sa.Column("service_name", sa.String(length=200), nullable=False),
        sa.Column("door_id", sa.String(length=200), nullable=True),
        sa.Column("door_name", sa.String(length=200), nullable=True),
        sa.Column("handoff_mode", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("next_owner", sa.String(length=200), nullable=False),
        sa.Column("next_action", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("overdue_at", sa.DateTime(), nullable=True),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("story_sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name="fk_referral_assignee_id"),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name="fk_referral_consent_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_referral_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint("code", name="uq_referral_code"),
    )
    op.create_index("ix_referral_assignee_id", "referral", ["assignee_id"])
    op.create_index("ix_referral_due_at", "referral", ["due_at"])
    op.create_index("ix_referral_person_id", "referral", ["person_id"])
    op.create_index("ix_referral_status", "referral", ["status"])

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number_hash", sa.String(length=200), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("carrier_sid", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_letter_referral_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_carrier_sid", "letter", ["carrier_sid"])
    op.create_index("ix_letter_number_hash", "letter", ["number_hash"])
    op.create_index("ix_letter_referral_id", "letter", ["referral_id"])
    op.create_index("ix_letter_state", "letter", ["state"])

    op.create_table(
        "referral_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("move", sa.String(length=200), nullable=False),
        sa.Column("from_status", sa.String(length=200), nullable=True),
        sa.Column("to_status", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name="fk_referral_event_referral_id"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_referral_event_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_event"),
    )
    op.create_index("ix_referral_event_referral_id", "referral_event", ["referral_id"])
    op.create_table(
        "referral_note",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["referral_event.id"], name="fk_referral_note_event_id"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_referral_note"),
    )

    _keep_history()


def _keep_history() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(POSTGRES_FUNCTION)
    words = SQLITE_ONLY_ADDED if sqlite else POSTGRES_ONLY_ADDED
    for table in ONLY_ADDED:
        for verb in ("UPDATE", "DELETE"):
            op.execute(words.format(table=table, verb=verb))


def downgrade() -> None:
    op.drop_table("referral_note")
    op.drop_index("ix_referral_event_referral_id", table_name="referral_event")
    op.drop_table("referral_event")
    op.drop_index("ix_letter_state", table_name="letter")
    op.drop_index("ix_letter_referral_id", table_name="letter")
    op.drop_index("ix_letter_number_hash", table_name="letter")
    op.drop_index("ix_letter_carrier_sid", table_name="letter")
    op.drop_table("letter")
    op.drop_index("ix_referral_status", table_name="referral")
    op.drop_index("ix_referral_person_id", table_name="referral")
    op.drop_index("ix_referral_due_at", table_name="referral")
    op.drop_index("ix_referral_assignee_id", table_name="referral")
    op.drop_table("referral")
    op.drop_index("ix_sign_in_staff_id", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index("ix_incoming_conversation_id", table_name="incoming")
    op.drop_table("incoming")
    op.drop_index("ix_consent_person_id", table_name="consent")
    op.drop_table("consent")
    op.drop_table("staff")
    op.drop_index("ix_person_number_hash", table_name="person")
    op.drop_table("person")
    op.drop_index("ix_miss_at", table_name="miss")
    op.drop_table("miss")
    op.drop_table("edition")
    op.drop_index("ix_delivery_carrier_sid", table_name="delivery")
    op.drop_table("delivery")
    op.drop_index("ix_conversation_mode", table_name="conversation")
    op.drop_table("conversation")
    op.drop_index("ix_audit_at", table_name="audit")
    op.drop_table("audit")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION only_added()")
