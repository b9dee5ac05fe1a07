"""Make the tables of hand-off codes and of wrong codes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "handoff",
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("state_sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_handoff"),
    )
    op.create_index("ix_handoff_created_at", "handoff", ["created_at"])
    op.create_index("ix_handoff_expires_at", "handoff", ["expires_at"])

    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_code"),
    )
    op.create_index("ix_wrong_code_at", "wrong_code", ["at"])


def downgrade() -> None:
    op.drop_table("wrong_code")
    op.drop_table("handoff")
