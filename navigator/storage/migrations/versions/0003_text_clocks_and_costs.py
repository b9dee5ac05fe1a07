"""Add the clocks and paces of talks, the cost of texts, redactions and signs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENTS = ("idle_at", "asked_at", "called_at", "person_at", "burst_at", "day_at")
COUNTS = ("idle_step", "burst", "day")


def upgrade() -> None:
    with op.batch_alter_table("conversation") as table:
        for name in MOMENTS:
            table.add_column(sa.Column(name, sa.DateTime(), nullable=True))
        for name in COUNTS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        table.create_index("ix_conversation_idle_at", ["idle_at"])
    with op.batch_alter_table("incoming") as table:
        table.add_column(sa.Column("segments", sa.Integer(), nullable=False, server_default="0"))
        table.create_index("ix_incoming_at", ["at"])
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("segments", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("carrier_sid", sa.String(length=200), nullable=True),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_redaction"),
    )
    op.create_index("ix_redaction_not_before", "redaction", ["not_before"])
    op.create_table(
        "sign",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sign"),
    )


def downgrade() -> None:
    op.drop_table("sign")
    op.drop_index("ix_redaction_not_before", table_name="redaction")
    op.drop_table("redaction")
    with op.batch_alter_table("letter") as table:
        table.drop_column("segments")
    with op.batch_alter_table("incoming") as table:
        table.drop_index("ix_incoming_at")
        table.drop_column("segments")
    with op.batch_alter_table("conversation") as table:
        table.drop_index("ix_conversation_idle_at")
        for name in (*COUNTS, *MOMENTS):
            table.drop_column(name)
